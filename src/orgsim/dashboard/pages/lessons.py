"""The lessons: question, prediction kept before the reveal, run, explanation, exercise."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import solara

from orgsim.answers.findings import Findings
from orgsim.dashboard import results
from orgsim.dashboard.address import Address
from orgsim.dashboard.choosing import Chosen, choose
from orgsim.dashboard.components import (
    Files,
    FindingsView,
    LessonEnding,
    LessonList,
    LessonView,
    Saver,
)
from orgsim.dashboard.lessons import UPLOAD_LIMIT, Lesson, read_lesson, too_large
from orgsim.dashboard.messages import Message
from orgsim.dashboard.pages.compare import plan
from orgsim.dashboard.pages.parts import StudyProgress, give, save, take, use_study
from orgsim.dashboard.session import Session
from orgsim.dashboard.words import words
from orgsim.language.language import Language
from orgsim.statistics.verdicts import BETTER, WORSE

#: of the report's figures, those that a lesson shows
_FIGURES = ("waterfall-", "course-result")
#: what an answer of a lesson stands for; the last one for anything else
_OUTCOMES = (BETTER, WORSE)


def in_language(lessons: list[Lesson], code: str) -> list[Lesson]:
    """One version of every lesson: that of the language, else the first there is."""
    found: dict[str, Lesson] = {}
    for lesson in lessons:
        if lesson.name not in found or lesson.head.language == code:
            found[lesson.name] = lesson
    return list(found.values())


def address_of(lesson: Lesson, address: Address) -> Address:
    """The address of a lesson's scenario."""
    head = lesson.head
    return address.at(
        scenario=head.scenario, own="", changes=tuple(head.changes.items()), designs=head.designs,
        day=head.watch_from_day,
    )  # fmt: skip


def answers_of(lesson: Lesson, chosen: Chosen, say: Language) -> list[str]:
    """What the class can choose from."""
    if lesson.head.answers:
        return list(lesson.head.answers)
    names = [say(chosen.label(design)) for design in chosen.designs]
    return [
        say("“{other}” does better", other=names[1]), say("“{other}” does worse", other=names[1]),
        say("It makes no difference that one could tell"),
    ]  # fmt: skip


def outcome_of(lesson: Lesson, findings: Findings) -> int:
    """Which of the three answers came out."""
    found = findings.account.difference(findings.others[0], lesson.head.measure)
    return _OUTCOMES.index(found.verdict) if found.verdict in _OUTCOMES else len(_OUTCOMES)


def load_lesson(session: Session, given: dict[str, Any]) -> None:
    """A lesson from the trainer's disk."""

    def read(content: bytes) -> Lesson:
        lesson = read_lesson(content)
        choose(address_of(lesson, session.address.peek()))
        return lesson

    lesson = take(session, given, read, too_large)
    if lesson is not None:
        add_lesson(session, lesson)
        session.tell(Message("The lesson “{title}” is loaded.", {"title": lesson.head.title}, "news"))


def add_lesson(session: Session, lesson: Lesson) -> None:
    """A lesson among the others, in place of an own one of that name."""
    others = [one for one in session.lessons.peek() if one.name != lesson.name or not one.own]
    session.lessons.set([*others, lesson])
    sources = tuple(one.source for one in (*others, lesson) if one.source)
    session.memory.set(replace(session.memory.peek(), lessons=sources))


def asked(lesson: Lesson) -> tuple[Chosen, dict[str, Any]]:
    """The scenario of a lesson, and the experiment on it."""
    head = lesson.head
    measures = tuple(dict.fromkeys((head.measure, *head.also)))
    return choose(address_of(lesson, Address())), plan(head.replications, 1, measures)


def study_of(lesson: Lesson) -> str:
    """The name of a lesson's study."""
    return f"lesson {lesson.name}"


def predictions_csv(session: Session, say: Language) -> bytes:
    """What the classes of this session predicted, and what came out."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["lesson", "answer", "votes", "came_out"])
    for name, (answers, votes, outcome) in session.memory.peek().predictions.items():
        for place, (answer, count) in enumerate(zip(answers, votes, strict=True)):
            writer.writerow([name, answer, count, "" if outcome is None else int(outcome == place)])
    return text.getvalue().encode("utf-8-sig")


@solara.component
def LessonsPage(session: Session) -> None:
    """The list, or one lesson."""
    say, address = session.say, session.address.value
    lessons = in_language(session.lessons.value, say.code)
    lesson = next((one for one in lessons if one.name == address.lesson), None)
    file, set_file = solara.use_state(None)
    if lesson is not None:
        OneLesson(session, lesson).key(f"lesson-{lesson.name}-{say.code}")
        return
    entries = [
        {"name": one.name, "title": one.head.title,
         "text": say("{minutes} minutes · {measure}", minutes=one.head.minutes,
                     measure=say.measure(one.head.measure)),
         "asks": one.asks, "about": say("your own") if one.own else ""}
        for one in lessons
    ]  # fmt: skip

    predictions = session.memory.value.predictions

    def press(_: Any) -> None:
        give(session, set_file, "orgsim-predictions.csv", lambda: predictions_csv(session, say))

    with solara.Div(classes=["os-page"]):
        with solara.Div(classes=["os-row"]):
            solara.v.Html(tag="p", class_="os-lead", children=[
                say("Each lesson asks a question. The class predicts, both organisations are run in the same "
                    "worlds, and the mechanism explains what came.")
            ])  # fmt: skip
            Files(
                label=say("Load a lesson of your own"), accept=".md", limit=UPLOAD_LIMIT,
                buttons=[["csv", say("Download the predictions")]] if predictions else [], note="",
                event_take=lambda given: load_lesson(session, given), event_press=press,
            )  # fmt: skip
        LessonList(lessons=entries, event_open=lambda name: session.set(lesson=str(name)[:200], votes=()))
        Saver(file=file)


@solara.component
def OneLesson(session: Session, lesson: Lesson) -> None:
    """A lesson from its question to its exercise."""
    say, address = session.say, session.address.value
    head = lesson.head
    chosen, tables = solara.use_memo(lambda: asked(lesson), [lesson.name])
    name = study_of(lesson)
    watched = use_study(session, name)
    study = watched.study
    file, set_file = solara.use_state(None)
    answers = answers_of(lesson, chosen, say)
    kept = len(address.votes) == len(answers)
    dark = address.theme == "dark"
    state = [watched.version, study.state, say.code]
    found = solara.use_memo(lambda: study.findings() if study.state == "done" else None, state)
    revealed = found is not None and kept
    figures = solara.use_memo(lambda: results.pictures(found, say) if found else [], [*state, "figures"])
    drawn = solara.use_memo(
        lambda: [results.shown(figure, say, dark) for figure in figures if figure.key.startswith(_FIGURES)],
        [*state, dark],
    )
    outcome = outcome_of(lesson, found) if found is not None and kept else None

    def keep(votes: list[int]) -> None:
        if not kept and len(votes) == len(answers):
            session.set(votes=tuple(int(v) for v in votes))
            predicted(votes, None)

    def predicted(votes: Iterable[int], outcome: int | None) -> None:
        memory = session.memory.peek()
        session.memory.set(memory.with_prediction(head.title, (tuple(answers), tuple(votes), outcome)))

    def again(_: Any = None) -> None:
        session.start_over(name)
        session.set(votes=())

    def go(page: str) -> None:
        if page in ("scenario", "live", "compare"):
            session.go(address_of(lesson, session.address.peek()).at(page=page))

    solara.use_effect(lambda: predicted(address.votes, outcome) if outcome is not None else None, [outcome])
    with solara.Div(classes=["os-page"]):
        LessonView(
            words=words("lesson", say), title=head.title, question=lesson.parts["question"], answers=answers,
            votes=list(address.votes), kept=kept, outcome=outcome, event_keep=keep, event_again=again,
            event_back=lambda _: session.set(lesson="", votes=()), event_watch=lambda _: go("live"),
        )  # fmt: skip
        Saver(file=file)
        if kept and not revealed:
            with solara.Div(classes=["os-row"]):
                StudyProgress(
                    watched, say,
                    say("Run both organisations in {count: world|worlds}", count=head.replications),
                    lambda _: session.ask(name, chosen, tables),
                )  # fmt: skip
        if found is not None and revealed:
            view = results.answer(found, say)
            names = [say(found.label(design)) for design in found.designs]
            FindingsView(
                words=words("findings", say), names=names, rows=[], figures=drawn, **view,
                event_save=lambda asked: save(session, study, figures, lesson.name, asked, set_file),
            )  # fmt: skip
            LessonEnding(
                words=words("ending", say), text=_class_text(address.votes, outcome, answers, lesson, say),
                explanation=lesson.parts["explanation"], exercise=lesson.parts["exercise"], event_go=go,
                event_again=again,
            )  # fmt: skip


def _class_text(
    votes: tuple[int, ...], outcome: int | None, answers: list[str], lesson: Lesson, say: Language
) -> str:
    everybody = sum(votes)
    measure = say.measure(lesson.head.measure).lower()
    came = answers[outcome or 0]
    if not everybody:
        return say("On {measure}, this came out: {answer}.", measure=measure, answer=came)
    return say(
        "On {measure}, this came out: {answer}. {right} of {all} had predicted it.", measure=measure,
        answer=came, right=votes[outcome or 0], all=everybody,
    )  # fmt: skip
