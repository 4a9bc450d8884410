"""What it costs to ask staff: the default company with decisions taken over in plain Python, against the same
run in which nobody is asked, in CPU time. The two take turns, and every pair gives a ratio.

    python benchmarks/decisions.py [--pairs 7] [--write]

--write puts the table into docs/mesa.md.
"""

import argparse
import statistics
import time
from pathlib import Path

from orgsim.kernel.decisions import DECISIONS
from orgsim.mesa_model.agents import StaffMember
from orgsim.mesa_model.model import OrganisationModel

PAGE = Path(__file__).parents[1] / "docs" / "mesa.md"
BEGIN, END = "<!-- cost of decisions: benchmarks/decisions.py -->", "<!-- end -->"
WEEKS = 26


def deferring(names):
    """Staff that are asked about these decisions, and leave them to the rules; and how often, so far."""
    asked = [0]

    def method(name):
        def defer(self, *arguments):
            asked[0] += 1
            return getattr(StaffMember, name)(self, *arguments)

        return defer

    return type("Deferring", (StaffMember,), {name: method(name) for name in names}), asked


def seconds(staff):
    """CPU time of a run (not of making it)."""
    model = OrganisationModel(design="teams", overrides=[f"horizon.weeks={WEEKS}"], rng=1, staff=staff)
    started = time.process_time()
    model.run_model()
    return time.process_time() - started


def measured(names, pairs):
    """Median ratio to the run in which nobody is asked, questions, and microseconds for each."""
    staff, asked = deferring(names)
    seconds(staff)
    asked[0] = 0
    times = [(seconds(StaffMember), seconds(staff)) for _ in range(pairs)]
    questions = asked[0] / pairs
    more = statistics.median(slow - fast for fast, slow in times)
    ratio = statistics.median(slow / fast for fast, slow in times)
    return ratio, questions, 1e6 * more / questions


def table(pairs):
    """What is asked, how often, and what it costs, as Markdown."""
    seconds(StaffMember)
    rows = ["| asked about | questions | × the time of a run | µs a question |", "|---|---|---|---|"]
    for label, names in ({f"`{name}`": (name,) for name in DECISIONS} | {"all": DECISIONS}).items():
        ratio, questions, each = measured(names, pairs)
        rows.append(f"| {label} | {questions:,.0f} | {ratio:.1f} | {each:.0f} |")
        print(rows[-1], flush=True)
    return "\n".join(rows)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="put the table into docs/mesa.md")
    arguments = parser.parse_args()
    found = table(arguments.pairs)
    if arguments.write:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END, 1)[1]
        PAGE.write_text(f"{before}{BEGIN}\n\n{found}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
