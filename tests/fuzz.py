"""Mutated inputs of every kind: each must be used, or refused by an OrgsimError of a few lines.

    python tests/fuzz.py --count 20000 --seed 1 --kind scenario --keep failures

Every case is made from the seed and its number alone: `--first 4711 --count 1` makes it again. A case may use
the processor for so long (`--limit`); what hangs in compiled code ends the program, and its input is the
file `current` in the folder of `--keep`. Exit code 1 if anything failed.
"""

import argparse
import collections
import faulthandler
import json
import random
import shutil
import signal
import sys
import tempfile
import traceback
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from mutations import NUMBERS, TEXTS, damaged, mutated
from orgsim.errors import OrgsimError
from orgsim.organisation import stages
from orgsim.scenario import load
from orgsim.scenario.catalogue import experiments_folder, folder
from orgsim.scenario.reference import fields
from orgsim.scenario.volume import weekly_cases
from orgsim.simulation.schedule import Simulation
from orgsim.terminal.inspection import inspect_scenario
from orgsim.world import environment

#: a week is run where a scenario has at most so many persons, customers and cases a week
_MOST = (3_000, 100_000, 20_000)


class TooSlow(BaseException):
    """A case has used too much of the processor."""


def use_scenario(path, dice):
    """Load it, build every design, and run a week of one of them."""
    settings = load(path)
    inspect_scenario(settings)
    run_a_week(settings, dice)


def run_a_week(settings, dice):
    people = sum(function.staff for function in settings.company.functions.values())
    customers = sum(segment.customers for segment in settings.segments.values())
    if all(size <= most for size, most in zip((people, customers, weekly_cases(settings).sum()), _MOST,
                                              strict=True)):  # fmt: skip
        run = Simulation(settings, dice.choice(list(settings.designs)), seed=1)
        for _ in range(5):
            run.step()
        run.result()


def scenario(dice, place):
    """A bundled scenario's file."""
    path = place / "own.toml"
    path.write_bytes(_file(dice, _texts(folder())))
    return lambda: use_scenario(path, dice)


def override(dice, place):
    """`--set` on a bundled scenario, one to three times."""
    chosen = []
    for _ in range(dice.choice((1, 1, 2, 3))):
        number = dice.choice(NUMBERS)
        value = dice.choice((number,) * 9 + (dice.choice(TEXTS), f"[{number}]", f"{{a={number}}}"))
        text = f"{dice.choice(_paths())}={value}"
        chosen.append(mutated(dice, text, _paths()) if dice.random() < 0.1 else text)

    def use():
        settings = load(dice.choice(("default", "french-hospitality-2020", "six-designs")), chosen)
        inspect_scenario(settings)
        run_a_week(settings, dice)

    return use


def extreme(dice, place):
    """Values at the ends of what the schema allows: valid, and far from anything that makes sense."""
    chosen = []
    for _ in range(dice.choice((1, 2, 3, 6))):
        path, low, high = dice.choice(_bounded())
        whole = low.is_integer() and high.is_integer() and high > 1
        value = dice.choice((low, low, high, high, low + dice.random() ** 4 * (high - low)))
        chosen.append(f"{path}={round(value) if whole else value!r}")
    if dice.random() < 0.3:
        step = f"hours={dice.choice((1e-5, 1e-3, 1, 1000))!r}, cv={dice.choice((0, 1e-9, 5))!r}"
        more = dice.choice(
            ("", ", distribution='gamma'", ", return_probability=0.95", ", exceptions=20, defects=20")
        )
        chosen.append(f"case_types.request.route=[{{function='it', {step}{more}}}]")

    def use():
        settings = load(dice.choice(("default", "six-designs")), chosen)
        inspect_scenario(settings)
        run_a_week(settings, dice)

    return use


def experiment(dice, place):
    """A bundled experiment's file: its points are made, and the first of them is loaded."""
    from orgsim.studies.design import load_experiment

    path = place / "own.toml"
    path.write_bytes(_file(dice, _texts(experiments_folder())))

    def use():
        found = load_experiment(path)
        points = found.sampled()
        for values in ({}, *points[:1]):
            settings = found.at(values)
            for design in settings.designs:
                stages(settings, design)

    return use


def series(dice, place):
    """A published series."""
    path = place / "series.csv"
    path.write_bytes(_file(dice, [_SERIES, *_PUBLISHED]))
    own = [f"crisis.file='{path}'", "crisis.shape=series"]
    own.append(
        f"crisis.baseline='{dice.choice(('2019', '2019-01', '2020', '0000', '9999-12', dice.choice(TEXTS)))}'"
    )
    return lambda: environment(load("default", own))


def staff(dice, place):
    """A staff list: read, and the scenario of it is loaded."""
    from orgsim.gate import toml_tables
    from orgsim.own_company.drafting import draft
    from orgsim.own_company.reading import StaffReading
    from orgsim.own_company.staff import read_staff

    path = place / "staff.csv"
    path.write_bytes(_file(dice, [_STAFF, _STAFF.replace(";", "\t"), *_PUBLISHED]))
    reading = StaffReading(cost_per=dice.choice((None, "hour", "month", "year")))

    def use():
        load(toml_tables(draft(read_staff(path, reading), "own").toml(["a list"]), "own.toml"))

    return use


def link(dice, place):
    """The address of a page, and the scenario that it chooses."""
    from orgsim.dashboard.address import pack, read
    from orgsim.dashboard.choosing import choose

    parts = {
        "v": "1", "page": "live", "language": "fr", "scenario": "default", "designs": "silos,teams",
        "seed": "3", "day": "20", "votes": "1,2,3", "factors": "crisis.depth,market.gain",
        "ranges": "0.0,1.0,0.0,1.0",
        "cells": "5", "measure": "result", "theme": "dark", "worlds": "20",
    }  # fmt: skip
    name = dice.choice(list(parts))
    parts[name] = dice.choice((dice.choice(NUMBERS), dice.choice(TEXTS), mutated(dice, parts[name], [name])))
    values = [f"crisis.depth={dice.choice(NUMBERS)}", f"title={json.dumps(dice.choice(TEXTS))}",
              f"{dice.choice(_paths())}={dice.choice(NUMBERS)}", f"designs.silos.{dice.choice(TEXTS)}=1",
              mutated(dice, 'company.functions.it={"staff":3}', ["[1]"])]  # fmt: skip
    search = "?" + urlencode([*parts.items(), ("set", dice.choice(values))], errors="replace")
    if dice.random() < 0.3:
        own = mutated(dice, '{"extends":"default","crisis":{"shape":"v","depth":0.3}}', ['{"a":[1]}'])
        with suppress(ValueError, RecursionError):
            search += "&own=" + quote(pack(json.loads(own)))
    search = mutated(dice, search, [search]) if dice.random() < 0.3 else search
    return lambda: choose(read(search).address)


def lesson(dice, place):
    """A lesson that a trainer loads."""
    from importlib.resources import files

    from orgsim.dashboard.lessons import read_lesson

    lessons = files("orgsim.dashboard").joinpath("lessons").iterdir()
    content = _file(dice, sorted(file.read_text(encoding="utf-8") for file in lessons))
    return lambda: read_lesson(content)


def store(dice, place):
    """A folder of results: its note or one of its parts is damaged."""
    from orgsim.answers.differences import differences
    from orgsim.answers.findings import read
    from orgsim.studies.store import Store

    copy = place / "own.results"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(_results(), copy)
    file = dice.choice(sorted(path for path in copy.rglob("*.*") if path.is_file()))
    content = file.read_bytes()
    if file.suffix == ".json" and dice.random() < 0.8:
        text = content.decode()
        file.write_bytes(mutated(dice, text, [text]).encode(errors="replace"))
    else:
        file.write_bytes(damaged(dice, content))
    return lambda: differences(read(Store(copy)), None)


KINDS = {f.__name__: f for f in (scenario, override, extreme, experiment, series, staff, link, lesson, store)}
_SERIES = (
    "month,index\n" + "\n".join(f"{2019 + m // 12}-{m % 12 + 1:02d},{100 - m}.5" for m in range(36)) + "\n"
)
_PUBLISHED = (
    '"Libellé";"Indice, base 100 en 2015";"Codes"\n"Période";"";""\n'
    + "".join(f'"{2020 - m // 12}-{12 - m % 12:02d}";"{100 - m},5";"A"\n' for m in range(24)),
    "geo\\TIME_PERIOD\t" + "\t".join(f"2019-{m:02d} " for m in range(1, 13)) + "\nFR\t"
    + "\t".join(f"{100 + m}.5 p" for m in range(12)) + "\n",
    "mois;indice\n" + "".join(f"01/{m % 12 + 1:02d}/{2019 + m // 12};1 {100 + m},5\n" for m in range(24)),
    "jour,valeur\n" + "".join(f"2019-{1 + d // 28:02d}-{d % 28 + 1:02d},{d}\n" for d in range(84)),
)  # fmt: skip
_STAFF = "Matricule;Nom;Service;ETP;Coût horaire (€);Responsable\n" + "".join(
    f"{n};Agent {n};{('Ventes', 'Contrats', 'DSI')[n % 3]};0,{n % 9 + 1}0;{30 + n},25;{n // 8}\n"
    for n in range(40)
)


@cache
def _paths():
    """Fields of the default scenario."""
    keys = {"functions": "it", "processes": "offer", "case_types": "request", "segments": "small",
            "streams": "prospects", "designs": "teams"}  # fmt: skip
    found = []
    for facts in fields():
        parts = facts.path.replace("[]", "").split(".")
        found.append(
            ".".join(keys.get(parts[i - 1], "x") if part == "*" else part for i, part in enumerate(parts))
        )
    return found


@cache
def _bounded():
    """Fields of the default scenario that have two bounds."""
    found = []
    for path, facts in zip(_paths(), fields(), strict=True):
        ends = facts.bounds.split(" to ")
        if len(ends) == 2 and "–" not in ends and ".x." not in path and ".route." not in path:
            found.append((path, float(ends[0]), float(ends[1])))
    return [
        row for row in found if not row[0].startswith(("horizon", "crisis", "company.functions.it.staff"))
    ]


@cache
def _texts(place):
    files = [path for path in sorted(place.rglob("*.toml")) if path.parent.name not in ("parts", "crises")]
    return [path.read_text(encoding="utf-8") for path in files]


@cache
def _results():
    from synthetic import factors, findings

    place = Path(tempfile.mkdtemp()) / "small.results"
    findings(place, lambda values, design, seed: {"result": seed + (design == "teams")},
             {"factors": factors(2, levels=2), "replications": {"min": 2, "max": 2, "base": 2}})  # fmt: skip
    return place


def _file(dice, texts):
    text = dice.choice(texts)
    if dice.random() < 0.1:
        return damaged(dice, text.encode())
    return mutated(dice, text, texts).encode(errors="replace")


@contextmanager
def limited(seconds):
    """Raises TooSlow after so much time of the processor."""

    def stop(*_):
        raise TooSlow

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def verdict(kind, seed, number, place, limit=10.0):
    """What became of a case: "used", "refused", or what went wrong."""
    dice = random.Random(f"{kind}/{seed}/{number}")
    use = KINDS[kind](dice, place)
    try:
        with limited(limit):
            use()
    except OrgsimError as error:
        lines = str(error).split("\n")
        good = len(lines) <= 11 and all(line and len(line) <= 500 for line in lines)
        return "refused" if good else f"message of {len(lines)} lines, {len(str(error))} characters"
    except TooSlow:
        return f"uses the processor for more than {limit:g} s\n{traceback.format_exc(limit=-6)}"
    except Exception:
        return traceback.format_exc(limit=-6)
    return "used"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kind", choices=[*KINDS, "all"], default="all")
    parser.add_argument("--count", type=int, default=1000, help="cases of all kinds together")
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds of the processor for a case")
    parser.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    asked = parser.parse_args()
    kinds = list(KINDS) if asked.kind == "all" else [asked.kind]
    place = asked.keep or Path(tempfile.mkdtemp())
    (place / "current").mkdir(parents=True, exist_ok=True)
    tally, failed = collections.Counter(), collections.Counter()
    for number in range(asked.first, asked.first + asked.count):
        kind = kinds[number % len(kinds)]
        faulthandler.dump_traceback_later(60 * asked.limit, exit=True)
        found = verdict(kind, asked.seed, number, place / "current", asked.limit)
        tally[kind, found if found in ("used", "refused") else "failed"] += 1
        if found not in ("used", "refused"):
            where = [line for line in found.strip().split("\n") if not line.startswith(" ")][-1][:160]
            if failed[kind, where] == 0:
                print(f"{kind}, case {number}:\n{found}", flush=True)
            failed[kind, where] += 1
            if asked.keep:
                shutil.copytree(place / "current", place / f"{kind}-{number}", dirs_exist_ok=True)
    faulthandler.cancel_dump_traceback_later()
    for (kind, what), count in sorted(tally.items()):
        print(f"{kind}: {count:,} {what}")
    for (kind, where), count in failed.most_common():
        print(f"{count:,} × {kind}: {where}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
