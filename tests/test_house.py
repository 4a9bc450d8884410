"""The rules of the house: who may import whom, what stays light, how large a module may be."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "orgsim"

#: floors from the ground up; a room may import from itself and from lower floors only
FLOORS = [
    {"messages"},
    {"errors"},
    {"fields", "gate", "working_time", "writing"},
    {"kernel", "statistics", "intake"},
    {"mechanisms"},
    {"measures"},
    {"scenario", "engine"},
    {"organisation", "world"},
    {"simulation"},
    {"mesa_model", "studies", "language", "own_company"},
    {"answers"},
    {"verification", "report"},
    {"terminal"},
    {"dashboard"},
    {"cli"},
    {"__main__", "__init__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
#: arrays only: these rooms know neither scenarios nor Mesa
ARRAYS_ONLY = {"kernel", "engine", "measures"}
HEAVY = {"mesa", "pandas", "pydantic", "rich", "click", "scipy"}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def room_of(path):
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path, whole=False):
    """Modules imported at the top of a file (or anywhere in it)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if whole:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                node.body = []
    for node in ast.walk(tree) if whole else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_down_only(path):
    """Also inside functions; what only the type checker reads may look up."""
    room = room_of(path)
    for name in imports(path, whole=True):
        parts = name.split(".")
        if parts[0] == "orgsim" and len(parts) > 1 and parts[1] != room:
            assert FLOOR[parts[1]] < FLOOR[room], f"{room} imports {name}"


def module_name(path):
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path, known):
    """The modules of the package that a file imports, wherever in it and for whatever reason: those that
    only the type checker reads too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in within)


def test_modules_are_in_no_circle():
    """A package's own module stands for what it exports: its parts may not ask it for anything."""
    names = {module_name(path): path for path in modules()}
    graph = {name: set(imported(path, names)) - {name} for name, path in names.items()}
    graphlib.TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_array_rooms_know_arrays_only(path):
    if room_of(path) in ARRAYS_ONLY:
        tops = {name.split(".")[0] for name in imports(path, whole=True)}
        assert not tops & HEAVY
        assert not any(name.startswith("orgsim.scenario") for name in imports(path, whole=True))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


#: where results come from
COMPUTING = {"kernel", "intake", "mechanisms", "measures", "engine", "organisation", "world", "simulation"}
#: of NumPy: what goes through a library of linear algebra, and what takes a processor's own instructions
#: for a transcendental function; both differ in the last bit from one processor to another
UNSTEADY = {
    "convolve", "correlate", "cov", "corrcoef", "dot", "einsum", "inner", "linalg", "matmul",
    "polyfit", "tensordot", "vdot", "cbrt", "cos", "cosh", "exp", "exp2", "expm1", "float_power",
    "hypot", "log", "log10", "log1p", "log2", "logaddexp", "pow", "power", "sin", "sinh", "tan", "tanh",
}  # fmt: skip
SORTS = {"argsort", "sort"}


def is_whole(node):
    """Whether an expression is a whole number for everybody to see."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in {"len", "int", "bool"}
    return isinstance(node, ast.Compare | ast.BoolOp)


def liberties(tree):
    """What may give other bits on another machine, or in another version of Python."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            yield node
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np", "np.linalg"}:
            if node.attr in UNSTEADY:
                yield node
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        # since Python 3.12 the built-in sum of floats compensates; math.fsum is right everywhere
        if ast.unparse(node.func) == "sum":
            whole = isinstance(node.args[0], ast.GeneratorExp) and is_whole(node.args[0].elt)
            if not whole:
                yield node
        # without a kind, NumPy's sorts leave equal elements in an order of the processor's
        if name in SORTS and not any(word.arg == "kind" for word in node.keywords):
            yield node
        if name == "dot":
            yield node


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room_of(path) in COMPUTING],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_results_take_no_liberties_with_bits(path):
    """The same bits with any version of Python and of a library, on any processor."""
    found = liberties(ast.parse(path.read_text(encoding="utf-8")))
    assert not [f"{path.name}:{node.lineno}: {ast.unparse(node)}" for node in found]


@pytest.mark.parametrize(
    "line",
    [
        "total = sum(costs)", "total = sum(cost for cost in costs)", "total = sum([1.5, x])", "y = a @ b",
        "y = np.dot(a, b)", "y = a.dot(b)", "y = np.exp(x)", "y = np.linalg.solve(a, b)", "i = np.argsort(x)",
        "x.sort()", "y = np.convolve(a, b)",
    ],
)  # fmt: skip
def test_liberties_are_seen(line):
    assert list(liberties(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    ["n = sum(len(x) for x in y)", "n = sum(int(x) for x in y)", "n = sum(x > 1 for x in y)", "math.fsum(x)",
     "np.argsort(x, kind='stable')", "sorted(x)"],
)  # fmt: skip
def test_what_is_exact_is_no_liberty(line):
    assert not list(liberties(ast.parse(line)))


def loaded_by(statement):
    program = f"import sys; {statement}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(answer.stdout.split())


def test_importing_orgsim_loads_nothing_heavy():
    assert not loaded_by("import orgsim") & {"numpy", "numba", "mesa", "pydantic", "scipy", "rich"}


def test_running_the_core_loads_neither_mesa_nor_pandas():
    loaded = loaded_by("import orgsim; orgsim.run('default', overrides=['horizon.weeks=1'])")
    assert "numba" in loaded
    assert not loaded & {"mesa", "pandas", "rich"}


def test_a_run_on_the_command_line_loads_no_statistics():
    """Nor a database: what a short run has no use for is not imported."""
    arguments = ["run", "default", "--set", "horizon.weeks=1"]
    loaded = loaded_by(f"from orgsim.cli.main import main; main({arguments}, standalone_mode=False)")
    assert "orgsim.statistics.intervals" in loaded
    assert not loaded & {"scipy.special", "scipy.stats", "duckdb", "mesa", "pandas"}


def test_help_loads_no_part_that_is_slow_to_import():
    loaded = loaded_by("from orgsim.cli import main")
    assert not loaded & {"numpy", "numba", "mesa", "pydantic", "rich"}
