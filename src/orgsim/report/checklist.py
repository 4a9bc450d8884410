"""The STRESS-ABS checklist (Monks et al. 2019), filled in from what is known about a sweep."""

from orgsim.answers.findings import Findings
from orgsim.language.language import Language


def checklist(findings: Findings, say: Language) -> tuple[tuple[str, str], ...]:
    """Item and answer, in the order of the checklist."""
    experiment, scenario = findings.experiment, findings.scenario
    rules, horizon = experiment.replications, findings.scenario.horizon
    known = findings.store.notes.get("provenance", {})
    designs = ", ".join(say(findings.label(design)) for design in findings.designs)
    measures = ", ".join(say.measure(measure) for measure in experiment.measures)
    factors = ", ".join(factor.field for factor in experiment.factors.values())
    system = [str(known.get(name, "–")) for name in ("system", "machine")]
    versions = ", ".join(f"{name} {version}" for name, version in known.get("packages", {}).items())
    stopping = (
        say("until the precision asked for is reached, at most {most}", most=rules.most)
        if rules.judged
        else say("no more than that")
    )
    return (
        (say("1.1 Purpose"), experiment.description or experiment.title),
        (say("1.2 Outputs"), measures),
        (say("1.3 Aims of experimentation"),
         say("Comparison of {designs} over {factors}", designs=designs, factors=factors)),
        (say("2.1 Base model overview"),
         say("An agent-based model of one company: cases travel through units; staff, managers, customers")),
        (say("2.2 Base model logic"), say("docs/model.md: the full ODD protocol with equations and sources")),
        (say("2.3 Scenario logic"), f"{scenario.title}; {', '.join(experiment.overrides) or '–'}"),
        (say("2.4 Algorithms"), say("docs/model.md, section on submodels")),
        (say("2.5 Components"),
         say("{functions: function|functions}, {types: type of case|types of cases}, "
             "{segments: segment|segments} of customers",
             functions=len(scenario.company.functions), types=len(scenario.case_types),
             segments=len(scenario.segments))),
        (say("3.1 Data sources"), say("docs/parameters.md: source of every parameter, or 'assumed'")),
        (say("3.2 Pre-processing"), say("none beyond reading the scenario")),
        (say("3.3 Input parameters"), say("the table of this report; the folder of results")),
        (say("3.4 Assumptions"), say("docs/model.md, design concepts; docs/validity.md")),
        (say("4.1 Initialisation"),
         say("{weeks: week of warm-up is|weeks of warm-up are} left out of the measures",
             weeks=horizon.warmup_weeks)),
        (say("4.2 Run length"), say("{weeks: week|weeks}", weeks=horizon.weeks)),
        (say("4.3 Estimation"),
         say("{least} seeds a point, {stopping}; {base} for the base case; paired by common random numbers, "
             "Student's t, 95 %; Holm where several are tested",
             least=rules.least, stopping=stopping, base=rules.base)),
        (say("5.1 Software"),
         f"orgsim {known.get('orgsim', '–')}, Python {known.get('python', '–')}, {versions}"),
        (say("5.2 Random sampling"), say("keyed streams of SplitMix64: one for each use, case and person")),
        (say("5.3 Execution"), say("day by day, event by event within a day; chunks side by side")),
        (say("5.4 System"), say.joined([*system, say("{count: core|cores}", count=known.get("cores", "–"))])),
        (say("6.1 Code access"),
         say("open source, Apache-2.0; engine {engine}", engine=known.get("engine", "–"))),
    )  # fmt: skip
