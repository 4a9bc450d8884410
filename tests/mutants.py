"""Turn a sign, and see a test die: every mutant of the sources below is tried against the tests of its
module.

    python tests/mutants.py                         # all of them
    python tests/mutants.py --sample 20 --seed 3    # some
    python tests/mutants.py measures/catalogue.py   # of one source

A mutant is made in memory, in a child of a process that has loaded the libraries, so that one takes a second
or two and no file is touched. What survives is printed with its line, and the exit code is 1."""

import argparse
import ast
import importlib
import importlib.abc
import importlib.util
import os
import random
import re
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent
SOURCES = TESTS.parent / "src" / "orgsim"
#: what is mutated, and the tests that have to notice
WATCHED = {
    "measures/catalogue.py": ("measures/test_catalogue.py",),
    "measures/measure.py": ("measures/test_catalogue.py",),
    "statistics/verdicts.py": ("statistics/test_verdicts.py",),
    "answers/wording.py": ("answers/test_wording.py",),
    "engine/accounts/ledger.py": ("engine/accounts/test_ledger.py",),
} | {
    f"mechanisms/{path.stem.removeprefix('test_')}.py": (f"mechanisms/{path.name}",)
    for path in sorted((TESTS / "mechanisms").glob("test_*.py"))
    if (SOURCES / "mechanisms" / path.name.removeprefix("test_")).is_file()
}
#: where every text is a sentence; elsewhere single words only, such as a direction
SPEAKING = ("answers/wording.py", "statistics/verdicts.py")
#: rooms whose equations are compiled; there they run as plain Python
COMPILED = ("mechanisms", "engine")
#: seconds of computing after which a mutant has hung, which a test run would notice too
_MOST_SECONDS = 120
_OPERATORS = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
_TURNED = {ast.Lt: ">", ast.LtE: ">", ast.Gt: "<", ast.GtE: "<", ast.Eq: "!=", ast.NotEq: "=="}
_SWAPPED = {
    "BETTER": "WORSE", "WORSE": "BETTER", "NOTHING": "UNCLEAR", "UNCLEAR": "NOTHING", "min": "max",
    "max": "min", "any": "all", "all": "any",
}  # fmt: skip
_WORDS = {
    "better": "worse", "worse": "better", "lower": "higher", "higher": "lower", "more": "fewer",
    "fewer": "more", "less": "more", "ahead": "behind", "below": "above", "overtakes": "trails",
    "overtake": "trail", "every": "no", "low": "high", "high": "low", "not": "surely", "no": "a",
}  # fmt: skip
_WORD = re.compile(r"(?<![{\w-])(" + "|".join(_WORDS) + r")(?![\w}:-])")


@dataclass(frozen=True)
class Mutant:
    """A source with one place changed."""

    source: str  #: below the package
    line: int
    what: str  #: before and after
    text: bytes


def mutants_of(source: str) -> Iterator[Mutant]:
    """All mutants of a source, in the order of its lines."""
    text = (SOURCES / source).read_bytes()
    tree = ast.parse(text)
    starts = [0]
    for line in text.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column

    changes: set[tuple[int, int, bytes]] = set()
    for node in _computing(tree):
        if not isinstance(node, ast.expr):
            continue
        first = at(node.lineno, node.col_offset)
        last = at(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        for begin, end, new in _changes(node, text, first, last, at, source in SPEAKING):
            changes.add((begin, end, new))
    for begin, end, new in sorted(changes):
        line = text.count(b"\n", 0, begin) + 1
        what = f"{text[begin:end].decode()} → {new.decode()}"
        yield Mutant(source, line, what, text[:begin] + new + text[end:])


def _computing(tree: ast.Module) -> Iterator[ast.AST]:
    """What computes or speaks: bodies of functions, and what is declared of measures and verdicts."""
    for top in tree.body:
        if isinstance(top, ast.FunctionDef | ast.ClassDef):
            for node in ast.walk(top):
                if isinstance(node, ast.FunctionDef):
                    body = node.body[1:] if ast.get_docstring(node) else node.body
                    for part in body:
                        yield from ast.walk(part)
        elif isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None:
            called = {
                getattr(node.func, "id", "") for node in ast.walk(top.value) if isinstance(node, ast.Call)
            }
            keys = [*ast.walk(top.value)] if isinstance(top.value, ast.Dict) else []
            if called & {"Measure", "Margin"} or any(getattr(key, "id", "") in _SWAPPED for key in keys):
                yield from ast.walk(top.value)


def _changes(
    node: ast.expr, text: bytes, first: int, last: int, at: Callable[[int, int], int], speaks: bool
) -> Iterator[tuple[int, int, bytes]]:
    """Where something else could stand, and what."""
    match node:
        case ast.Lambda():
            begin = at(node.body.lineno, node.body.col_offset)
            yield begin, last, b"-(" + text[begin:last] + b")"
        case ast.BinOp() if type(node.op) in _OPERATORS:
            left = at(node.left.end_lineno, node.left.end_col_offset)
            right = at(node.right.lineno, node.right.col_offset)
            sign = re.search(rb"[-+*/]", text[left:right])
            if sign and not isinstance(getattr(node.left, "value", None), str):
                yield left + sign.start(), left + sign.end(), _OPERATORS[type(node.op)].encode()
        case ast.Compare() if len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
            left = at(node.left.end_lineno, node.left.end_col_offset)
            right = at(node.comparators[0].lineno, node.comparators[0].col_offset)
            sign = re.search(rb"[<>=!]=?", text[left:right])
            if sign:
                yield left + sign.start(), left + sign.end(), _TURNED[type(node.ops[0])].encode()
        case ast.IfExp():
            begin = at(node.test.lineno, node.test.col_offset)
            end = at(node.test.end_lineno, node.test.end_col_offset)
            yield begin, end, b"not (" + text[begin:end] + b")"
        case ast.UnaryOp() if isinstance(node.op, ast.USub | ast.Not):
            yield first, at(node.operand.lineno, node.operand.col_offset), b""
        case ast.Name() if node.id in _SWAPPED:
            yield first, last, _SWAPPED[node.id].encode()
        case ast.Attribute() if node.attr in ("low", "high"):
            yield last - len(node.attr), last, _WORDS[node.attr].encode()
        case ast.Constant() if isinstance(node.value, str) and (speaks or node.value in _WORDS):
            for word in _WORD.finditer(text[first:last].decode()):
                begin = first + len(text[first:last].decode()[: word.start()].encode())
                yield begin, begin + len(word[0]), _WORDS[word[0]].encode()
        case ast.Call() if getattr(node.func, "id", "") == "Margin" and isinstance(
            node.args[0], ast.Constant
        ):
            amount = node.args[0]
            begin, end = at(amount.lineno, amount.col_offset), at(amount.end_lineno, amount.end_col_offset)
            yield begin, end, b"2 * " + text[begin:end]


class _InMemory(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Finds one module with another text than its file has."""

    def __init__(self, mutant: Mutant):
        self.name = "orgsim." + mutant.source.removesuffix(".py").replace("/", ".")
        self.path, self.text = str(SOURCES / mutant.source), mutant.text

    def find_spec(self, name, path=None, target=None):
        """Of the one module."""
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def get_filename(self, name):
        """Of the unchanged source."""
        return self.path

    def get_data(self, path):
        """The changed text; no byte code of the unchanged one."""
        if path != self.path:
            raise OSError(path)
        return self.text


def trial(mutant: Mutant) -> int:
    """A child of this process that tries the tests of a mutant; its exit code is 0 if all of them pass."""
    child = os.fork()
    if child:
        return child
    import pytest

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    sys.meta_path.insert(0, _InMemory(mutant))
    tests = [str(TESTS / name) for name in WATCHED[mutant.source]]
    os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests])))


def tried(mutants: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether the tests of its module pass all the same; as many at once as cores."""
    waiting = list(reversed(mutants))
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop()
            running[trial(mutant)] = mutant
        child, status = os.wait()
        yield running.pop(child), os.waitstatus_to_exitcode(status) == 0


def main() -> int:
    """Try them; the exit code is 1 if one survives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sources", nargs="*", help="below src/orgsim; all that are watched if none is given")
    parser.add_argument("--sample", type=int, help="try this many, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    options = parser.parse_args()
    found = [mutant for source in options.sources or WATCHED for mutant in mutants_of(source)]
    if options.sample is not None:
        found = random.Random(options.seed).sample(found, min(options.sample, len(found)))
    for room in (True, False):
        these = [mutant for mutant in found if (mutant.source.split("/")[0] in COMPILED) == room]
        if these and os.fork() == 0:
            os._exit(_try(these, plain=room))
    codes = []
    try:
        while True:
            codes.append(os.waitstatus_to_exitcode(os.wait()[1]))
    except ChildProcessError:
        return max(codes, default=0)


def _try(mutants: list[Mutant], plain: bool) -> int:
    """Load the libraries once, with compiled code as `plain` Python or not; then mutant by mutant."""
    os.environ["NUMBA_DISABLE_JIT"] = str(int(plain))
    for library in ("numba", "pydantic", "pytest", "scipy.stats"):
        importlib.import_module(library)

    sources = {
        mutant.source: Mutant(mutant.source, 0, "", (SOURCES / mutant.source).read_bytes())
        for mutant in mutants
    }
    if broken := [same.source for same, passes in tried(list(sources.values())) if not passes]:
        print(f"the tests of {', '.join(broken)} fail without any change", flush=True)
        return 1
    left = 0
    for done, (mutant, passes) in enumerate(tried(mutants), 1):
        if passes:
            left += 1
            print(f"survives: {mutant.source}:{mutant.line}: {mutant.what}", flush=True)
        if sys.stderr.isatty():
            print(f"\r{done} of {len(mutants)}", end="", file=sys.stderr)
    print(f"{len(mutants)} mutants of {'equations' if plain else 'answers'}: {left} survive", flush=True)
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
