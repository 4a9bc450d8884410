"""The live page: two organisations side by side, the clock, the measures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from orgsim.dashboard import closer, telling
from orgsim.dashboard.choosing import bundled, title_of
from orgsim.dashboard.components import Closer, Controls, Measures, Saver, Stage
from orgsim.dashboard.live import SPEEDS, Live
from orgsim.dashboard.pages.parts import file_name, give
from orgsim.dashboard.session import Session, in_background
from orgsim.dashboard.words import words
from orgsim.language.language import Language
from orgsim.working_time import DAYS_PER_WEEK, HOURS_PER_DAY

#: the fans are drawn anew after so many more worlds
_WORLDS_A_TIME = 6


def live_of(session: Session) -> Live:
    """The session's run, in step with its address."""
    address, chosen = session.address.peek(), session.chosen.peek()
    if session.live is None:
        session.live = Live(chosen, address.seed, address.day, session.memory.peek().speed)
    elif session.live.chosen is not chosen or session.live.seed != address.seed:
        session.live.pause()
        session.live.begin(chosen, address.seed, address.day)
    return session.live


class Desk:
    """What the page's events do, and what is pushed to its widgets."""

    def __init__(self, session: Session, live: Live):
        self.session, self.live = session, live
        self.widgets: dict[str, Any] = {}
        self.weeks = (-1, -1)
        self.floors: Any = None
        self.set_file: Callable[[Any], None] = lambda file: None

    def attach(self, **widgets: Any) -> None:
        """The widgets of the page are there: send them what is now."""
        self.widgets = widgets
        self.weeks = (-1, -1)
        self.live.on_frame = self.frame
        self.live.on_numbers = self.numbers
        self.live.on_problem = self.session.tell_error
        self.live.show()

    def detach(self) -> None:
        """The page is gone; nothing is sent any more."""
        self.live.on_frame = lambda frame: None
        self.live.on_numbers = lambda: None

    def frame(self, frame: bytes) -> None:
        """A keyframe to the page."""
        self.widgets["stage"].frame = frame

    def numbers(self) -> None:
        """Everything that is said in words and numbers to the page."""
        live, address = self.live, self.session.address.peek()
        with live.lock:
            told = self._told(self.session.say)
        # sent without the lock: whoever draws the page may be waiting for it
        for name, values in told.items():
            for key, value in values.items():
                setattr(self.widgets[name], key, value)
        # never from the thread that plays: whoever draws the page may be waiting for it to end
        if not live.playing.is_set() and not live.is_player and address.day != live.day:
            self.session.address.set(self.session.address.peek().at(day=live.day))

    def _told(self, say: Language) -> dict[str, dict[str, Any]]:
        """By widget what is new: always the moment, some of it only when a week or a world has passed."""
        live = self.live
        playing = live.playing.is_set()
        controls = {"now": telling.moment(live, say), "playing": playing, "speed": live.speed}
        measures: dict[str, Any] = {"now": telling.numbers(live, say)}
        stage: dict[str, Any] = {"heads": telling.heads(live, say)}
        floors = live.floors()
        if self.floors not in (None, floors):
            stage["floors"] = [floor.to_dict(live.chosen.settings, say) for floor in floors]
        self.floors = floors
        week, worlds = live.day // DAYS_PER_WEEK, sum(fan.done for fan in live.fans) // _WORLDS_A_TIME
        if week != self.weeks[0]:
            stage["flows"] = telling.flows(live, say)
            stage["summaries"] = summaries = telling.summaries(live, say)
            if not playing:
                measures["spoken"] = telling.spoken(live, say, summaries)
        if (week, worlds) != self.weeks:
            measures |= {"courses": telling.courses(live, say), "fan_text": telling.fan_text(live, say)}
            self.weeks = (week, worlds)
        return {"controls": controls, "measures": measures, "stage": stage}

    # events

    def toggle(self, _: Any = None) -> None:
        """Play or pause."""
        if self.live.playing.is_set():
            self.live.pause()
        else:
            self.session.closer.set(None)
            self.live.play()
        self.numbers()

    def step(self, days: Any) -> None:
        """Some days on, or back."""
        self.live.pause()
        self.live.step(max(-DAYS_PER_WEEK, min(DAYS_PER_WEEK, int(days))))

    def restart(self, _: Any = None) -> None:
        """Back to the first day."""
        self.jump(0)

    def jump(self, day: Any) -> None:
        """To a day."""
        playing = self.live.playing.is_set()
        self.live.pause()
        self.live.go_to(int(day) * HOURS_PER_DAY)
        self.live.show()
        if playing:
            self.live.play()

    def pace(self, speed: Any) -> None:
        """Days a second."""
        if speed in SPEEDS:
            self.live.speed = speed
            self.session.memory.set(replace(self.session.memory.peek(), speed=speed))
            self.numbers()

    def choose(self, values: dict[str, Any]) -> None:
        """Another scenario, other designs, another seed."""
        if "scenario" in values:
            self.session.set(scenario=values["scenario"], own="", changes=(), designs=(), day=self.live.day)
        elif "designs" in values:
            self.session.set(designs=tuple(values["designs"]), day=self.live.day)
        elif "seed" in values:
            self.session.set(seed=min(999_999, max(0, int(values["seed"]))), day=self.live.day)

    def pick(self, what: dict[str, Any]) -> None:
        """Look closer at a case, a person, a unit."""
        say, side, place = self.session.say, int(what["side"]), int(what["id"])
        if what["kind"] == "case":
            self.follow_case(place)
            return
        look = closer.unit_facts if what["kind"] == "unit" else closer.person_facts
        with self.live.lock:
            found = look(self.live, side, place, say)
        self.session.closer.set(found)

    def follow(self, _: Any = None) -> None:
        """Follow some case that is open in both."""
        with self.live.lock:
            found = closer.any_case(self.live, self.session.followed.peek())
        if found is not None:
            self.follow_case(found)

    def follow_case(self, short: int) -> None:
        """The story of a case; the clock stands meanwhile."""
        session, live, say = self.session, self.live, self.session.say
        live.pause()
        found = closer.full_key(live, short)
        if found is None:
            return
        session.followed.set(short)
        waiting = say("Following the case through both organisations…")
        session.closer.set(
            {"kind": "story", "title": say("The story of a case"), "sides": [], "ways": [], "longest": 1,
             "waiting": waiting}
        )  # fmt: skip

        def work() -> None:
            told = closer.story(live, found[0], found[1], say)
            if session.closer.peek() is not None and session.followed.peek() == short:
                session.closer.set(told)

        in_background(session, work)

    def save(self, _: Any = None) -> None:
        """The weeks of both organisations as a file."""
        live, names = self.live, self.live.chosen.designs
        with live.lock:
            rows = telling.weeks(live)
        name = file_name(self.session, f"seed-{live.seed}-{'-'.join(names)}", "csv")
        give(self.session, self.set_file, name, lambda: rows)

    def close(self, _: Any = None) -> None:
        """Close what is open."""
        self.session.closer.set(None)
        self.session.followed.set(None)


def scenario_groups(session: Session, say: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """The scenarios to choose from, in groups, with their titles."""
    address = session.address.value
    groups = [
        (say(heading), [(name, say(title_of(name))) for name in members])
        for heading, members in bundled().items()
    ]
    known = {name for _, members in groups for name, _ in members}
    title = say(session.chosen.value.base.title)
    if address.own:
        own = (address.scenario, say("Uploaded: {title}", title=title))
        groups.insert(0, (say("Your own"), [own]))
    elif address.scenario not in known:
        groups.insert(0, ("", [(address.scenario, title)]))
    return groups


def changes_text(session: Session, say: Language) -> str:
    """How many fields differ from the scenario."""
    count = len(session.address.value.changes)
    if not count:
        return ""
    return say("{count: change|changes}", count=count)


def _speed(days: float, say: Language) -> str:
    return say("{days: day/s|days/s}", days=say.short(days))


@solara.component
def LivePage(session: Session) -> None:
    """The whole page."""
    say, address, chosen = session.say, session.address.value, session.chosen.value
    live = live_of(session)
    # a page that is opened shows the day of its address
    solara.use_memo(lambda: live.go_to(address.day * HOURS_PER_DAY) if address.day != live.day else None, [])
    file, set_file = solara.use_state(None)
    desk = solara.use_memo(lambda: Desk(session, live), [id(live)])

    floors = [floor.to_dict(chosen.settings, say) for floor in live.floors()]
    names = [say(chosen.label(design)) for design in chosen.designs]
    kinds = [say(kind.label or key) for key, kind in chosen.settings.case_types.items()]
    with solara.Div(classes=["os-live"]):
        controls = Controls(
            words=words("controls", say),
            speeds=[[speed, _speed(speed, say)] for speed in SPEEDS],
            scenario=address.scenario, scenarios=scenario_groups(session, say),
            designs=[[key, say(chosen.label(key))] for key in chosen.settings.designs],
            chosen=list(chosen.designs), seed=address.seed, changes=changes_text(session, say),
            places=[{"label": floor["label"], "units": floor["units"]} for floor in floors],
            curve=[round(float(v), 4) for v in live.demand], marks=telling.marks(live, say),
            curve_text=telling.curve_text(live, say), last_day=live.last_day, event_toggle=desk.toggle,
            event_step=desk.step, event_restart=desk.restart, event_pace=desk.pace,
            event_choose=desk.choose, event_jump=desk.jump, event_follow=desk.follow,
            event_pick=desk.pick, event_save=desk.save,
        )  # fmt: skip
        stage = Stage(
            words=words("stage", say), floors=floors, kinds=kinds, dark=address.theme == "dark",
            followed=session.followed.value, event_pick=desk.pick,
        )  # fmt: skip
        measures = Measures(words=words("measures", say), names=names)
        Closer(
            words=words("closer", say), shown=session.closer.value, event_close=desk.close,
            event_pick=desk.pick, event_follow=desk.follow,
        )  # fmt: skip
        Saver(file=file)
    desk.set_file = set_file

    def attach() -> Callable[[], None]:
        live.want_fans(session.number)
        desk.attach(
            controls=solara.get_widget(controls), stage=solara.get_widget(stage),
            measures=solara.get_widget(measures),
        )  # fmt: skip
        return desk.detach

    solara.use_effect(attach, [id(desk), id(chosen), address.seed, address.language])
    solara.use_effect(lambda: live.pause, [id(live)])
