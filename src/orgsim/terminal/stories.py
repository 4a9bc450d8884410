"""The story of a case, for a terminal: a timeline for each design, on the same scale."""

from rich.console import Console
from rich.text import Text

from orgsim.answers.story import Episode, Story
from orgsim.scenario import Scenario
from orgsim.terminal.console import plain_table
from orgsim.terminal.speaking import number, say, spoken

_WIDE, _BROAD, _NARROW = 100, 30, 16
_MARKS = {
    "is worked on": ("█", "blue"),
    "waits": ("░", "dim"),
    "is handed over": ("→", "dark_orange"),
    "awaits a decision": ("?", "magenta"),
    "rests": ("·", "dim"),
}
_DETOUR = ("▓", "red")


def print_stories(console: Console, settings: Scenario, stories: list[Story]) -> None:
    """One timeline below the other, and what they sum to."""
    width = _BROAD if console.width >= _WIDE else _NARROW
    longest = max((story.hours for story in stories), default=0.0) or 1.0
    for story in stories:
        label = settings.designs[story.design].label or story.design
        kind = settings.case_types[story.case_type].label or story.case_type
        title = say(
            "{label}: {kind}, {outcome} after {hours:,.1f} h",
            label=say(label), kind=say(kind), outcome=say(story.outcome).lower(), hours=story.hours,
        )  # fmt: skip
        table = plain_table(title, *map(say, ("from h", "hours", "", "what", "where", "who")))
        for column in table.columns[2:]:
            column.justify = "left"
        table.columns[0].justify, table.columns[2].min_width = "right", width
        places = {(episode.unit, episode.function) for episode in story.episodes}
        divided = len(places) > len({unit for unit, _ in places})
        for episode in story.episodes:
            who = _whom(episode)
            if episode.person is not None:
                who = say("person {number}", number=episode.person + 1)
            unit = spoken().unit(episode.unit)
            where = f"{unit}, {_function(settings, episode.function)}" if divided else unit
            times = (number(hours, 1) for hours in (episode.start, episode.hours))
            table.add_row(*times, _bar(episode, longest, width), say(episode.what), Text(where), who)
        console.print(table)
        waits = story.total("waits") + story.total("is handed over") + story.total("awaits a decision")
        share = 100 * waits / story.hours if story.hours else 0.0
        told = say(
            "{persons} people had it in hand; {waits:,.1f} h of {hours:,.1f} h ({share:.0f} %) it waited: in "
            "queues, on the way, for decisions.",
            persons=story.persons, waits=waits, hours=story.hours, share=share,
        )  # fmt: skip
        console.print(Text(f"{told}\n", style="bold"))


def _function(settings: Scenario, key: str) -> str:
    known = settings.company.functions.get(key)
    return say((known and known.label) or key)


def _whom(episode: Episode) -> str:
    if episode.level is None:
        return ""
    if episode.level == 0:
        return say("of the head of the group")
    return say("of a manager {levels} above", levels=episode.level)


def _bar(episode: Episode, longest: float, width: int) -> Text:
    mark, style = _MARKS.get(episode.what, _DETOUR)
    first = round(width * episode.start / longest)
    length = max(1, round(width * episode.end / longest) - first)
    return Text(" " * first + mark * length, style=style)
