"""What stands behind the numbers: health of the runs, assumptions, provenance."""

from typing import Any

from orgsim.answers.findings import Findings
from orgsim.answers.wording import remark_sentences
from orgsim.fields import ASSUMED
from orgsim.language.language import Language
from orgsim.report.checklist import checklist
from orgsim.report.parts import Section, Table
from orgsim.scenario.reference import facts_of


def health(findings: Findings, say: Language) -> Section:
    """Failures, precision that was not reached, seeds, what pairing saved."""
    store, tally = findings.store, findings.store.notes.get("tally", {})
    runs, failed, seconds = store.query(
        "SELECT count(*), count(*) FILTER (status <> 'ok'), sum(seconds) FROM runs"
    )[0]
    counts = [
        len(findings.by_seed(point, findings.baseline, findings.experiment.measures[0]))
        for point in findings.sampled
    ]
    rows: list[tuple[Any, ...]] = [
        (say("Runs"), f"{runs:,}".replace(",", "\u202f")),
        (say("Runs that failed"), failed),
        (say("Points"), len(findings.sampled)),
        (say("Seeds of a point"), f"{min(counts, default=0)}–{max(counts, default=0)}"),
        (say("Points that have not reached the precision asked for"), tally.get("imprecise", "–")),
        (say("Computing time, one core"), f"{say.number(seconds / 60, 1)} min"),
    ]
    for design in findings.others:
        for measure in findings.experiment.measures:
            pair = findings.difference(findings.base, design, measure)
            rows.append(
                (
                    say("Variance saved by pairing, {measure}", measure=say.measure(measure)),
                    f"× {say.number(pair.variance_reduction, 1)}",
                )
            )
    texts = []
    if not tally:
        texts.append(say("The sweep has not been finished: what is here is what had been written."))
    if failed:
        texts.append(say("Runs that failed are left out of every number; their reasons are below."))
    tables = [Table(say("How the runs went"), (say("What"), say("How much")), tuple(rows))]
    if failed:
        reasons = store.query(
            "SELECT reason, count(*) FROM runs WHERE status <> 'ok' GROUP BY reason ORDER BY 2 DESC LIMIT 20"
        )
        tables.append(Table(say("Reasons of failures"), (say("Reason"), say("Runs")), tuple(reasons)))
    texts += remark_sentences(say, findings.health)
    tables.append(_calm(findings, say))
    return Section("health", say("Run health"), tuple(texts), (), tuple(tables))


def _calm(findings: Findings, say: Language) -> Table:
    """Who is loaded with what in calm."""
    health = findings.health
    heads = ("Design", "Who", "Staff", "Work", "Again", "Coordination", "Decisions", "Total")
    rows = [
        (say(findings.label(calm.design)), say(load.name), load.persons,
         *(say.number(part, 0) for part in
           (load.work, load.again, load.coordination, load.decisions, load.total)))
        for calm in health.calm
        for load in calm.loads
    ]  # fmt: skip
    title = say(
        "Who is loaded with what in calm, per cent of time ({weeks: week|weeks}, {count: world|worlds})",
        weeks=health.weeks, count=len(health.seeds),
    )  # fmt: skip
    return Table(title, tuple(map(say, heads)), tuple(rows), True)


def assumptions(findings: Findings, say: Language) -> Section:
    """The factors, and every parameter that the scenario states."""
    experiment = findings.experiment
    factors = tuple(
        (name, factor.field, say(factor.role), _range(factor, say), say.short(findings.base.values[name]))
        for name, factor in experiment.factors.items()
    )
    columns = (say("Factor"), say("Field"), say("Role"), say("Values"), say("Base case"))
    stated = findings.store.notes["scenario"]
    rows = []
    for path, value in _leaves(stated):
        if path not in ("title", "description") and not path.endswith(".label"):
            known = facts_of(path)
            told = ("", "", "")
            if known is not None:
                told = say(known.unit), say(known.meaning), _source(known.source_of(value), say)
            rows.append((path, _shown(value), *told))
    tables = (
        Table(say("What varies"), columns, factors),
        Table(say("Every parameter that the scenario states ({count})", count=len(rows)),
              (say("Field"), say("Value"), say("Unit"), say("Meaning"), say("Source")), tuple(rows), True),
    )  # fmt: skip
    texts = [
        say("Scenario: {title}. What it does not state has the default of the documentation, where meaning, "
            "bounds and source of every parameter are listed.", title=say(findings.scenario.title))
    ]  # fmt: skip
    if experiment.overrides:
        texts.append(say("Changed for this experiment: {what}.", what=", ".join(experiment.overrides)))
    return Section("assumptions", say("Assumptions"), tuple(texts), (), tables)


def _source(source: str, say: Language) -> str:
    return source.replace(ASSUMED, say(ASSUMED), 1) if source.startswith(ASSUMED) else say(source)


def _range(factor: Any, say: Language) -> str:
    if factor.values:
        return ", ".join(say.short(value) for value in factor.values)
    text = f"{say.short(factor.low)}–{say.short(factor.high)}"
    return text if factor.distribution == "uniform" else f"{text}, {say(factor.distribution)}"


def _leaves(tables: Any, path: str = "") -> list[tuple[str, Any]]:
    if not isinstance(tables, dict):
        return [(path, tables)]
    found = []
    for key, value in tables.items():
        found += _leaves(value, f"{path}.{key}" if path else str(key))
    return found


def _shown(value: Any) -> str:
    if isinstance(value, list):
        text = ", ".join(_shown(item) for item in value)
        return text if len(text) <= 120 else text[:117] + "…"
    if isinstance(value, dict):
        return " ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def provenance(findings: Findings, say: Language) -> Section:
    """Versions, seeds, machine; how to run it again; the reporting checklist."""
    known = findings.store.notes.get("provenance", {})
    first = findings.experiment.replications.first_seed
    rows = [
        ("orgsim", known.get("orgsim", "–")),
        (say("Engine"), known.get("engine", "–")),
        ("Python", known.get("python", "–")),
        *((name, version) for name, version in known.get("packages", {}).items()),
        (say("System"), f"{known.get('system', '–')}, {known.get('machine', '–')}"),
        (say("Cores"), known.get("cores", "–")),
        (say("When (UTC)"), known.get("when", "–")),
        (say("First seed"), first),
        (say("Sampling"), findings.experiment.sampling),
        (say("Seed of the sampling"), findings.experiment.sampling_seed),
    ]
    texts = (
        say("The same scenario, version and seed give the same numbers to the bit, on any number of workers. "
            "The folder of results holds every run with its key: `orgsim replay` runs any of them again."),
    )  # fmt: skip
    tables = (
        Table(say("Where the numbers come from"), (say("What"), say("Value")), tuple(rows)),
        Table(say("Reporting checklist STRESS-ABS (Monks et al. 2019), prefilled"),
              (say("Item"), say("Answer")), checklist(findings, say), True),
    )  # fmt: skip
    return Section("provenance", say("Provenance"), texts, (), tables)
