"""Writes the pages that are generated: parameters.md and measures.md from the schema and the catalogue,
with --verify verification.md and validity.md from `orgsim verify`, with --studies studies.md and the
records of the bundled experiments, and with --demo the output of the demo in README.md.

    make docs        (or: python docs/generate.py [--verify] [--demo] [--studies] [--check])
    make numbers     all of them, and the record that tests/test_record.py holds
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from orgsim.measures import MEASURES
from orgsim.mechanisms.catalogue import MECHANISMS, NEUTRAL
from orgsim.scenario.reference import facts_of, fields
from orgsim.simulation.course import WEEKLY

HERE = Path(__file__).parent


def table(columns, rows):
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for row in rows:
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines)


def parameters():
    switches = {}
    for mechanism, values in NEUTRAL.items():
        for path in values:
            switches.setdefault(path, []).append(f"`{mechanism}`")
    rows = [
        (
            f"`{f.path}`",
            f.unit,
            f.default,
            f.bounds,
            f.range,
            f.meaning,
            f.source,
            ", ".join(switches.get(f.path, [])),
        )
        for f in fields()
    ]
    return "\n\n".join(
        [
            "# Parameters",
            "Generated from the schema by `make docs`; `orgsim schema --fields` prints the same. `*` stands "
            "for a name that you choose, `[]` for each entry of a list. A source that begins with "
            "*assumption* marks a value that is not measured anywhere: vary it before you believe a result "
            "that depends on it. *Bounds* are what can be computed; *range* is where an assumption plausibly "
            "lies (from half to double the default, unless something better is known). The last column names "
            "the switch of `mechanisms` that turns it off.",
            table(("field", "unit", "default", "bounds", "range", "meaning", "source", "switch"), rows),
        ]
    )


def model():
    """The ODD as it stands, with the tables of parameters between its markers renewed."""
    text = (HERE / "model.md").read_text(encoding="utf-8")
    parts = text.split("<!-- parameters: ")
    done = parts[0]
    for part in parts[1:]:
        name, rest = part.split(" -->", 1)
        rows = [
            (f"`{f.path.removeprefix(name + '.')}`", f.default, f.range, f.unit, f.meaning, f.source)
            for f in fields()
            if f.path.startswith(name + ".")
        ]
        body = table((f"`{name}`", "default", "range", "unit", "meaning", "source"), rows)
        done += f"<!-- parameters: {name} -->\n\n{body}\n\n<!-- end -->" + rest.split("<!-- end -->", 1)[1]
    return done.rstrip("\n")


def records():
    """The page of the records, with what mechanisms bring to them renewed."""
    text = (HERE / "reference" / "records.md").read_text(encoding="utf-8")
    parts = text.split("<!-- mechanisms: ")
    done = parts[0]
    for part in parts[1:]:
        record, rest = part.split(" -->", 1)
        body = table(("field", "unit", "meaning", "mechanism"), list(record_rows(record)))
        done += f"<!-- mechanisms: {record} -->\n\n{body}\n\n<!-- end -->" + rest.split("<!-- end -->", 1)[1]
    return done.rstrip("\n")


def record_rows(record):
    """Field, unit, meaning and file of what mechanisms bring to a record."""
    for name, mechanism in MECHANISMS.items():
        state = mechanism.state.get(record, {}) | (mechanism.pools if record == "pool" else {})
        for field, value in (mechanism.rules.get(record, {}) | state).items():
            if isinstance(value, str):
                facts = facts_of(value)
                yield f"`{field}`", facts.unit, f"{facts.meaning} (`{value}`)", name
            else:
                yield f"`{field}`", value.unit, value.meaning, name


def experiments():
    """The guide to experiments, with the table of the fields of an experiment file renewed."""
    from orgsim.studies.design import Experiment

    rows = [(f"`{f.path}`", f.unit, f.default, f.bounds, f.meaning) for f in fields(Experiment)]
    before, rest = (HERE / "experiments.md").read_text(encoding="utf-8").split("<!-- fields -->")
    body = table(("field", "unit", "default", "bounds", "meaning"), rows)
    after = rest.split("<!-- end -->", 1)[1]
    return f"{before}<!-- fields -->\n\n{body}\n\n<!-- end -->{after}".rstrip()


def own_company():
    """The guide to files of one's own, with the tables of what can be said about them renewed."""
    from orgsim.intake.reading import SeriesReading
    from orgsim.own_company.reading import StaffReading

    text = (HERE / "own-company.md").read_text(encoding="utf-8")
    for name, model in (("series", SeriesReading), ("staff", StaffReading)):
        rows = [(f"`{f.path}`", f.unit, f.default, f.bounds, f.meaning) for f in fields(model)]
        body = table(("name", "unit", "default", "bounds", "meaning"), rows)
        before, rest = text.split(f"<!-- {name} -->")
        after = rest.split(f"<!-- end {name} -->", 1)[1]
        text = f"{before}<!-- {name} -->\n\n{body}\n\n<!-- end {name} -->{after}"
    return text.rstrip()


def studies():
    """The bundled studies: question, answer, map."""
    from orgsim.answers.findings import read
    from orgsim.language.language import Language
    from orgsim.report.answer import Answer
    from orgsim.report.parts import all_figures
    from orgsim.report.pictures import write_pictures
    from orgsim.report.sections import sections
    from orgsim.scenario.catalogue import experiment_names
    from orgsim.studies.design import load_experiment
    from orgsim.studies.store import Store

    say = Language()
    parts = [
        "# Studies",
        "Generated by `python docs/generate.py --studies` from the bundled experiments. `orgsim reproduce "
        "NAME` runs one again and compares every mean with its record; `orgsim report` makes its report. "
        "The numbers are about the model under the named scenario, not about any real company: most of its "
        "parameters are assumptions ([parameters](parameters.md)).",
    ]
    for name in experiment_names():
        wanted = load_experiment(name)
        with tempfile.TemporaryDirectory() as folder:
            output_of("reproduce", name, "--store", folder, "--record")
            found = read(Store(folder))
            answer = Answer(found, say)
            parts += [f"## {wanted.title}", wanted.description, f"`orgsim sweep {name}`"]
            for design in found.others:
                parts += [answer.sentence(design), answer.across(design)]
            chosen = [f for f in all_figures(sections(found, say)) if f.key in ("phase-map", "break-even")]
            for figure in chosen:
                drawn = write_pictures([figure], HERE / "images", "svg", "en")[0]
                picture = drawn.replace(drawn.with_name(f"{name}-{figure.key}.svg"))
                parts.append(f"![{figure.alternative}](images/{picture.name})")
            parts.append(f"```text\n{output_of('sensitivity', folder)}\n```")
    return "\n\n".join(parts)


def _least(margin):
    """A smallest difference that matters, in words."""
    return f"{100 * margin.amount:g} % of `{margin.of}`" if margin.of else f"{margin.amount:g}"


def measures():
    rows = [
        (
            f"`{m.key}`",
            m.label,
            m.unit,
            m.better or "–",
            m.meaning,
            _least(m.matters),
            m.source or "this model",
        )
        for m in MEASURES
    ]
    weekly = [(f"`{key}`", *meaning) for key, meaning in WEEKLY.items()]
    return "\n\n".join(
        [
            "# Measures",
            "Generated from the catalogue by `make docs`. Times are in working hours. *Matters* is the "
            "smallest difference that does, in the measure's unit or as a share of what the baseline has: "
            "within it, designs make no difference that matters. It is argued, not measured: of euros a "
            "hundredth (of a measure that may lie around 0, of the total cost); of durations and counts a "
            "twentieth; of shares and scores a point in a hundred; of customers lost in a year half a point. "
            "Set your own in the scenario: `[matters]`, `satisfaction = 0.5`.",
            table(("key", "name", "unit", "better", "definition", "matters", "source"), rows),
            "## Week by week",
            "What a run records at the end of every week (`weekly` in `--json`, `result.weekly` in Python).",
            table(("series", "unit", "definition"), weekly),
        ]
    )


def verification():
    import orgsim

    checks = orgsim.verify()
    rows = []
    for check in checks:
        half = "" if check.replications == 1 else f" ± {check.simulated.half_width:.5f}"
        verdict = "holds" if check.holds else "**fails**"
        rows.append(
            (check.name, check.quantity, f"{check.exact:.5f}", f"{check.simulated.mean:.5f}{half}", verdict,
             f"`{check.command}`")
        )  # fmt: skip
    return "\n\n".join(
        [
            "# Verification",
            "Generated by `python docs/generate.py --verify` from `orgsim verify`: the compiled core, with "
            "every mechanism in it, against exact results, through ordinary scenario files. Each interval "
            "covers 99.9 % over 20 replications; a row holds if the exact value lies in an interval that is "
            "narrower than the row's bound (1.25 % of the exact value, 3.5 % for the surge on teams, whose "
            "busiest team is at utilisation .96). Times are in units of mean work. The last column runs one "
            "replication of the row.",
            table(("case", "quantity", "exact", "simulated", "verdict", "scenario"), rows),
        ]
    )


def validity():
    from orgsim.verification.validity import validity

    found = validity()
    parts = [
        "# Validity",
        "Generated by `python docs/generate.py --verify` from `orgsim verify --all`: what the model should "
        "show, if it is any good, beyond the exact results of [verification.md](verification.md). Each row "
        "is a paired difference over 10 seeds with its 95 % interval, from scenario files that anyone can "
        "rerun (last column). *As expected*: the interval lies on the expected side of 0 (or meets the "
        "expected range). *Opposite* and *outside* are results too: no parameter was set to change them, and "
        "the last section says why they are as they are.",
    ]
    for group in dict.fromkeys(row.fact.group for row in found):
        rows = []
        for row in found:
            if row.fact.group != group:
                continue
            value, digits = row.difference, 0 if abs(row.difference.mean) >= 1000 else 2
            verdict = row.verdict if row.verdict == "as expected" else f"**{row.verdict}**"
            why = "; ".join(part for part in (row.fact.source, row.fact.remark) if part)
            rows.append(
                (row.fact.name, row.fact.quantity, row.expectation,
                 f"{value.mean:.{digits}f} ± {value.half_width:.{digits}f}", verdict, why, f"`{row.command}`")
            )  # fmt: skip
        columns = ("fact", "quantity", "expected", "observed", "verdict", "source, remark", "scenario")
        parts += [f"## {group}", table(columns, rows)]
    parts += how_many_units()
    return "\n\n".join([*parts, (HERE / "validity-notes.md").read_text(encoding="utf-8").strip()])


UNITS = {"silos": "silos", "one": "1", "two": "2", "four": "4", "eight": "8", "sixteen": "16"}


def how_many_units():
    """Where between one unit of everybody and many small ones the best organisation lies."""
    import orgsim

    scenario = "validity/equal-units"
    found = orgsim.compare(scenario)
    measures = {"result": "result, M€", "total_cost": "total cost, M€", "cycle_time": "cycle time, h",
                "satisfaction": "satisfaction"}  # fmt: skip
    points = []
    for design, units in UNITS.items():
        for key, title in measures.items():
            value, scale = found.estimate(design, key), 1e-6 if "€" in title else 1.0
            points.append({"units": units, "measure": title, "mean": scale * value.mean,
                           "low": scale * value.low, "high": scale * value.high})  # fmt: skip
    rows = [
        (f"{units} unit{'s' if units != '1' else ''}" if units.isdigit() else units,
         *(f"{p['mean']:.2f} ± {p['high'] - p['mean']:.2f}" for p in points if p["units"] == units))
        for units in UNITS.values()
    ]  # fmt: skip
    draw_units(points)
    return [
        "## How many units",
        "The default company in the hospitality crisis as 1, 2, 4, 8 or 16 equal customer units, whose "
        "groups hold a share of every function, beside silos: means of 20 worlds with their 95 % intervals. "
        "One unit is as far apart as the firm; many have small pools. Nothing in the model says where "
        f"between them the best lies. `orgsim compare {scenario}`",
        table(("organisation", *measures.values()), rows),
        "![Result and cycle time over the number of customer units](images/equal-units.svg)",
    ]


def draw_units(points):
    """The curve as a picture."""
    import altair as alt
    import vl_convert

    shown = [p for p in points if p["units"].isdigit() and p["measure"] in ("result, M€", "cycle time, h")]
    x = alt.X("units:N", sort=["1", "2", "4", "8", "16"], title="customer units", axis=alt.Axis(labelAngle=0))
    base = alt.Chart(alt.Data(values=shown)).encode(x=x)
    line = base.mark_line(point=True).encode(y=alt.Y("mean:Q", title=None, scale=alt.Scale(zero=False)))
    bars = base.mark_rule().encode(y="low:Q", y2="high:Q")
    panel = (line + bars).properties(width=280, height=200)
    chart = panel.facet(alt.Facet("measure:N", title=None), columns=2).resolve_scale(y="independent")
    (HERE / "images" / "equal-units.svg").write_text(vl_convert.vegalite_to_svg(chart.to_dict()))


def output_of(*arguments):
    """What orgsim prints at a width of 100 columns."""
    answer = subprocess.run(
        [sys.executable, "-m", "orgsim", *arguments],
        env=os.environ | {"COLUMNS": "100"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.rstrip() for line in answer.stdout.replace("\u202f", " ").splitlines()]
    return "\n".join(lines).strip()


def demo():
    """README's blocks of real output, renewed in place."""
    blocks = [
        output_of("compare", "french-hospitality-2020"),
        output_of("compare", "default", "--same-service", "--target", "weakest_service>=80"),
        output_of("story", "default", "--type", "contract"),
    ]
    readme = HERE.parent / "README.md"
    parts = readme.read_text(encoding="utf-8").split("```text\n")
    text = parts[0]
    for block, part in zip(blocks, parts[1:], strict=True):
        text += f"```text\n{block}\n```" + part.split("```", 1)[1]
    readme.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verify", action="store_true", help="also run `orgsim verify` (about a minute)")
    parser.add_argument("--check", action="store_true", help="fail if a page is out of date")
    parser.add_argument("--demo", action="store_true", help="also renew the demo's output in README.md")
    parser.add_argument("--studies", action="store_true", help="also run the studies (two minutes)")
    options = parser.parse_args()
    if options.demo:
        demo()
    pages = {
        "parameters.md": parameters,
        "measures.md": measures,
        "model.md": model,
        "reference/records.md": records,
        "experiments.md": experiments,
        "own-company.md": own_company,
    }
    if options.studies:
        pages["studies.md"] = studies
    if options.verify:
        pages["verification.md"] = verification
        pages["validity.md"] = validity
    stale = []
    for name, make in pages.items():
        page, text = HERE / name, make() + "\n"
        if options.check:
            if not page.exists() or page.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            page.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run `make docs`")


if __name__ == "__main__":
    main()
