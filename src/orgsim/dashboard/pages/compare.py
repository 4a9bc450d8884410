"""The compare page: paired worlds, with progress and cancel; the sentence, the table, the reasons."""

from typing import Any

import solara

from orgsim.answers.account import HEADLINE
from orgsim.dashboard import results
from orgsim.dashboard.address import Address
from orgsim.dashboard.components import Choices, FindingsView, Saver
from orgsim.dashboard.pages.live import scenario_groups
from orgsim.dashboard.pages.parts import StudyProgress, save, use_study
from orgsim.dashboard.session import Session
from orgsim.dashboard.words import words
from orgsim.measures import BY_KEY

_WORLDS = (10, 20, 50, 100)
MEASURES = HEADLINE
_EXPLAINED = ("result", "total_cost", "satisfaction", "retention", "cycle_time")


def asked(address: Address) -> dict[str, Any]:
    """The experiment that an address asks for."""
    worlds = address.worlds if address.worlds in _WORLDS else Address().worlds
    return plan(worlds, address.seed)


def plan(worlds: int, seed: int, measures: tuple[str, ...] = MEASURES) -> dict[str, Any]:
    """The experiment: the base case in so many worlds."""
    return {"replications": {"base": worlds, "first_seed": seed}, "measures": list(measures)}


@solara.component
def ComparePage(session: Session) -> None:
    """The whole page."""
    say, address, chosen = session.say, session.address.value, session.chosen.value
    watched = use_study(session, "compare")
    study = watched.study
    tables = asked(address)
    worlds = tables["replications"]["base"]
    measure, set_measure = solara.use_state("result")
    file, set_file = solara.use_state(None)
    dark = address.theme == "dark"
    state = (watched.version, study.state, say.code, id(study.chosen))
    found = solara.use_memo(study.findings, list(state))
    running = study.state == "running"
    complete = found is not None and not (running and study.what == "runs")
    figures = solara.use_memo(
        lambda: results.pictures(found, say) if complete and found else [], [*state, "figures"]
    )
    drawn = solara.use_memo(lambda: [results.shown(figure, say, dark) for figure in figures], [*state, dark])
    view = solara.use_memo(
        lambda: (results.answer(found, say), results.table(found, say)) if found else ({}, []),
        [*state, "view"],
    )

    def choose(what: dict[str, Any]) -> None:
        match what["key"]:
            case "worlds":
                session.set(worlds=int(what["value"]))
            case "scenario":
                session.set(scenario=what["value"], own="", changes=(), designs=())
            case "measure" if what["value"] in BY_KEY:
                set_measure(what["value"])
            case "base" | "other":
                pair = list(chosen.designs)
                place = ("base", "other").index(what["key"])
                if what["value"] == pair[1 - place]:
                    pair[1 - place] = pair[place]
                pair[place] = what["value"]
                session.set(designs=tuple(pair))

    designs = [["", [[key, say(chosen.label(key))] for key in chosen.settings.designs]]]
    choices = [
        {"key": "scenario", "kind": "choice", "label": say("Scenario"), "value": address.scenario,
         "groups": scenario_groups(session, say)},
        {"key": "base", "kind": "choice", "label": say("Baseline"), "value": chosen.designs[0],
         "groups": designs},
        {"key": "other", "kind": "choice", "label": say("Compared with it"), "value": chosen.designs[1],
         "groups": designs},
        {"key": "worlds", "kind": "choice", "label": say("Worlds"), "value": str(worlds),
         "groups": [["", [[str(n), say("{count: world|worlds}", count=n)] for n in _WORLDS]]]},
    ]  # fmt: skip
    outdated = found is not None and not study.answers(chosen, tables)
    with solara.Div(classes=["os-page"]):
        Choices(
            words=words("choices", say), choices=choices, disabled=running, event_choose=choose,
            downloads=[["html", say("Report (HTML)")], ["csv", "CSV"]] if found and not running else [],
            event_save=lambda asked: save(session, study, figures, "compare", asked, set_file),
        )  # fmt: skip
        with solara.Div(classes=["os-row"]):
            StudyProgress(
                watched, say, say("Compare"), lambda _: session.ask("compare", chosen, tables),
            )  # fmt: skip
        Saver(file=file)
        if found is None:
            solara.v.Html(tag="p", class_="os-lead", children=[
                say("Every world is lived through by both organisations: the same customers, the same cases, "
                    "the same chance. What differs between them is the organisation.")
            ])  # fmt: skip
            return
        if outdated:
            text = say("Something has been chosen differently since: compare again to see what it gives.")
            solara.v.Html(tag="p", class_="os-outdated", attributes={"role": "status"}, children=[text])
        names = [say(found.label(design)) for design in found.designs]
        FindingsView(
            words=words("findings", say), names=names, rows=view[1], figures=drawn,
            event_save=lambda asked: save(session, study, figures, "compare", asked, set_file), **view[0],
        )  # fmt: skip
        if not running:
            with solara.Div(classes=["os-explain"]):
                solara.v.Html(tag="h2", children=[say("Which mechanisms make the difference?")])
                solara.v.Html(tag="p", class_="os-note", children=[
                    say("Mechanisms are switched on one after the other, in sampled orders; the mean "
                        "contribution of each is its Shapley value. This takes a minute or so.")
                ])  # fmt: skip
                groups = [["", [[key, say.measure(key)] for key in _EXPLAINED]]]
                Choices(
                    words=words("choices", say), downloads=[], event_choose=choose, event_save=lambda _: None,
                    choices=[{"key": "measure", "kind": "choice", "label": say("Measure"), "value": measure,
                              "groups": groups}],
                )  # fmt: skip
                StudyProgress(
                    watched, say, say("Explain"), lambda _: session.explain("compare", measure),
                    study.state != "done",
                )  # fmt: skip
