"""Runs orgsim beside its peers on the same work and writes docs/benchmarks.md: ratios of one run.

make benchmarks        (or: python benchmarks/run.py --quick, for a look)
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from specification import RATE, cases_in_system

import dashboard

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
REFERENCE = 12e6  # completions a second of the C++ limit on the machine that the targets are set for
PEERS = {
    "SimPy": ("peers/simpy_network.py", 150_000, 40),
    "Ciw": ("peers/ciw_network.py", 60_000, 100),
    "Mesa, ticks of 0.05": ("peers/mesa_ticks.py", 60_000, 60),
    "Mesa, discrete events": ("peers/mesa_events.py", 150_000, 30),
}


def call(command, **environment):
    answer = subprocess.run(command, cwd=HERE, env=os.environ | environment, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{answer.stderr}")
    return json.loads(answer.stdout.strip().splitlines()[-1])


def python(script, *arguments):
    return call([sys.executable, script, *map(str, arguments)], PYTHONPATH=str(HERE), PYTHONWARNINGS="ignore")


def build_limit(folder):
    compiler = shutil.which("g++") or shutil.which("clang++")
    if compiler is None:
        return None
    program = Path(folder) / "limit"
    flags = ["-O3", "-march=native", "-std=c++17"]
    subprocess.run([compiler, *flags, str(HERE / "peers" / "limit.cpp"), "-o", str(program)], check=True)
    return program


def network(repeats, scale):
    """Median completions a second, mean cases and peak memory by tool, the tools taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        limit = build_limit(folder)
        found = {"orgsim": []} | ({"C++ limit": []} if limit else {}) | {name: [] for name in PEERS}
        for repeat in range(repeats):
            seed = repeat + 1
            found["orgsim"].append(python("network.py", "--completions", int(8e6 * scale), "--seed", seed))
            if limit:
                found["C++ limit"].append(call([str(limit), str(int(2e7 * scale)), repr(RATE), str(seed)]))
            for name, (script, completions, _) in PEERS.items():
                size = int(completions * scale)
                found[name].append(python(script, "--completions", size, "--seed", seed))
            print(f"network: {repeat + 1} of {repeats}", file=sys.stderr)
    rows = {}
    for name, answers in found.items():
        rows[name] = {
            "per_second": statistics.median(a["completions"] / a["seconds"] for a in answers),
            "mean_cases": statistics.mean(a["mean_cases"] for a in answers),
            "peak_mb": max(a["peak_mb"] for a in answers),
        }
    return rows


def seconds_of(command, environment=None):
    started = time.perf_counter()
    subprocess.run(
        command,
        env=os.environ | (environment or {}),
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def starts():
    """Cold and warm start of the command line, in seconds."""
    program = [sys.executable, "-m", "orgsim"]
    one = [*program, "run", "default", "--set", "horizon.weeks=1"]
    with tempfile.TemporaryDirectory() as cache:
        cold = seconds_of(one, {"ORGSIM_CACHE_DIR": cache})
        warm = statistics.median(seconds_of(one, {"ORGSIM_CACHE_DIR": cache}) for _ in range(5))
    help_ = statistics.median(seconds_of([*program, "--help"]) for _ in range(5))
    return {"cold": cold, "warm": warm, "help": help_}


def machine():
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        name = lines[0].split(":")[1].strip() if lines else name
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def met(value, bound):
    return "met" if value >= bound else "**missed**"


def sweeps_section(found):
    """What the sweeps took, and what pairing saves."""
    large = found["large"]
    overhead = 100 * (1 - large["inside"] / (2 * large["seconds"]))
    per_second = {name: found[name]["runs"] / found[name]["seconds"] for name in ("large", "one", "two")}
    speed_up, alone = per_second["two"] / per_second["one"], found["two_alone"]
    share = speed_up * alone / 2
    batch = found["batch"]["runs"] / found["batch"]["seconds"]
    ratio = per_second["large"] / batch
    objects = found["objects"]["objects"] / found["objects"]["compiled"]
    lines = [
        "## Sweeps", "",
        f"- {large['runs']:,} runs of the default company (3 years) on two cores: {large['seconds']:.0f} s, "
        f"{per_second['large']:.1f} runs a second; all but the runs themselves (starting processes, handing "
        f"out, writing) takes **{overhead:.1f} %** (bound: 5 %, {met(5, overhead)}).",
        f"- two cores against one: **{speed_up:.2f} times** the runs a second. Two runs at once slow each "
        f"other down by {100 * (alone - 1):.0f} % on this machine, so that two cores can give "
        f"{2 / alone:.2f} times: {100 * share:.0f} % of it (bound: 90 %, {met(share, 0.9)}).",
        f"- the same model under `mesa.batch_run` on two processes: {batch:.1f} runs a second; orgsim is "
        f"**{ratio:.1f} times** as fast (bound: 1.5, {met(ratio, 1.5)}).",
        "- the life of cases, object per agent in plain Python (tests/reference.py), against the compiled "
        "core on one core, with the same arrivals: "
        f"**{objects:.0f} times** (bound: 50, {met(objects, 50)}).", "",
        "How many times as many runs independent seeds need for the same half-width of the paired difference "
        "(60 pairs; calm: the default company; crisis: a V of depth .5 over a year):", "",
        "| measure | calm | crisis |", "|---|---:|---:|",
    ]  # fmt: skip
    lines += [f"| `{key}` | {calm:.1f} | {found['crisis'][key]:.1f} |" for key, calm in found["calm"].items()]
    return [*lines, ""]


def page(rows, company, large, huge, start, repeats, sweeps, pages):
    speed = rows["orgsim"]["per_second"]
    lines = [
        "# Benchmarks", "",
        "Written by `make benchmarks` (`benchmarks/run.py`). Figures are medians of one session on one "
        "noisy machine; the ratios are what to look at. Two versions of orgsim are compared with `python "
        "benchmarks/compare.py BEFORE AFTER` (two checkouts): CPU time in alternating pairs, which shows a "
        "loss of a few per cent that single wall times do not, and whether measures, ledgers, weekly course, "
        "people and customers are the same to the bit.", "",
        f"Machine: {machine()}. Repeats: {repeats}.", "",
        "## A network of queues", "",
        "Five stations in series, eight servers each, utilisation .8, exponential work, a tenth goes back "
        "one station. orgsim runs an ordinary scenario file with every mechanism compiled in and switched "
        f"off; its time includes demand and the weekly schedule. Exact mean number of cases: "
        f"{cases_in_system():.3f}.", "",
        "| tool | activities/s | orgsim is faster × | target | mean cases | peak MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for name, row in sorted(rows.items(), key=lambda item: -item[1]["per_second"]):
        ratio = speed / row["per_second"]
        target = ""
        if name == "C++ limit":
            target = f"at least 0.33: {met(ratio, 1 / 3)}"
        elif name in PEERS:
            bound = PEERS[name][2]
            target = f"at least {bound}: {met(ratio, bound)}"
        shown = "" if name == "orgsim" else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
        lines.append(
            f"| {name} | {row['per_second']:,.0f} | {shown} | {target} | {row['mean_cases']:.2f} | "
            f"{row['peak_mb']:.0f} |"
        )
    lines += ["", "## The default company", ""]
    factor = rows.get("C++ limit", {}).get("per_second", REFERENCE) / REFERENCE
    for design, result in company.items():
        scaled = result["seconds"] * factor
        lines.append(
            f"- {design}, 3 years, one core, everything on: **{result['seconds']:.3f} s** for "
            f"{result['activities']:,} activities, peak {result['peak_mb']:.0f} MB (bound: 400 MB); that is "
            f"{scaled:.3f} s on a machine where the C++ limit does 12 million completions a second "
            f"(bound: 0.25 s, {'met' if scaled <= 0.25 else '**missed**'})."
        )
    if large:
        growth = large["seconds"] / company["silos"]["seconds"]
        lines.append(
            f"- ten times the staff and customers: {large['seconds']:.2f} s, **{growth:.1f} times** the time "
            f"(bound: 12), peak {large['peak_mb']:.0f} MB."
        )
    if huge:
        lines.append(
            f"- 10,000 staff and 1,000,000 customers: **{huge['seconds']:.1f} s** for {huge['activities']:,} "
            f"activities on one core (bound: 45 s, {'met' if huge['seconds'] <= 45 else '**missed**'}), peak "
            f"{huge['peak_mb']:.0f} MB (bound: 4 GB)."
        )
    columns = {"120 staff, 12,000 customers": company["silos"]} | (
        {"10,000 staff, 1,000,000 customers": huge} if huge else {}
    )
    lines += [
        "", "Where the time goes, in per cent (silos), by step of the schedule; the rest is construction and "
        "result:", "", "| step | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns),
    ]  # fmt: skip
    for name in company["silos"]["profile"]:
        shares = " | ".join(f"{100 * result['profile'][name]:.0f}" for result in columns.values())
        lines.append(f"| `{name}` | {shares} |")
    lines += [
        "", "## Starting", "",
        f"- first run ever, compiling: {start['cold']:.1f} s (bound: 20 s), with a line that says so;",
        f"- `orgsim run` of one week, compiled before: {start['warm']:.2f} s (bound: 3 s);",
        f"- `orgsim --help`: {start['help']:.2f} s (bound: 0.4 s).", "",
    ]  # fmt: skip
    return "\n".join([*lines, *sweeps_section(sweeps), *dashboard.section(pages)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look: one short repeat, nothing written")
    parser.add_argument(
        "--dashboard", action="store_true", help="measure and write that part of the page alone"
    )
    arguments = parser.parse_args()
    quick = arguments.quick
    if arguments.dashboard:
        kept = PAGE.read_text(encoding="utf-8").split("## The dashboard")[0]
        PAGE.write_text(kept + "\n".join(dashboard.section(python("dashboard.py"))), encoding="utf-8")
        return
    repeats, scale = (1, 0.2) if quick else (5, 1.0)
    rows = network(repeats, scale)
    company = {design: python("company.py", 1, design) for design in ("silos", "teams")}
    print("default company: done", file=sys.stderr)
    large = None if quick else python("company.py", 10)
    huge = None if quick else python("company.py", 83)
    print("large companies: done", file=sys.stderr)
    sweeps = python("sweeps.py", 160 if quick else 2000)
    pages = python("dashboard.py")
    text = page(rows, company, large, huge, starts(), repeats, sweeps, pages)
    print(text)
    if not quick:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
