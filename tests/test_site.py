"""The documentation site: every page has its place, what it says of the code is so, its notebooks run.

The site itself is built and checked by `make site`."""

import ast
import dataclasses
import importlib
import importlib.util
import inspect
import json
import re
from pathlib import Path

import altair as alt
import pytest

import orgsim
from orgsim.engine.market import customers
from orgsim.engine.operations import state

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
REFERENCE = {path.stem: path.read_text(encoding="utf-8") for path in (DOCS / "reference").glob("*.md")}
#: a part of another page, which includes it
PARTS = {"validity-notes"}


def program(name):
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(path):
    """What a dotted path names."""
    parts = path.split(".")
    for count in range(len(parts), 0, -1):
        try:
            target = importlib.import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for part in parts[count:]:
            target = getattr(target, part)
        return target
    raise AssertionError(f"{path} leads nowhere")


# pages


def listed(page):
    """The pages that a page's tables of contents name, as paths without their ending from docs/."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```\{toctree\}\n(.*?)```", text, re.S):
        for line in block.splitlines():
            if line.strip() and not line.startswith(":"):
                name = re.sub(r".*<(.*)>", r"\1", line).strip()
                yield (page.parent / name).relative_to(DOCS).as_posix()


def test_every_page_has_its_place():
    pages = {p.relative_to(DOCS).with_suffix("").as_posix() for p in [*DOCS.rglob("*.md"), *NOTEBOOKS]}
    places = [name for page in DOCS.rglob("*.md") for name in listed(page)]
    assert sorted(places) == sorted(pages - PARTS - {"index"})


def test_what_the_site_is_checked_for(tmp_path):
    check = program("check_site").check
    (tmp_path / "style.css").write_text("a { background: url('https://fonts.example/a.woff') }")
    (tmp_path / "good.html").write_text('<h1 id="top"></h1><a href="#top">up</a><img src="data:image/png,">')
    (tmp_path / "bad.html").write_text(
        '<script src="https://cdn.example/x.js"></script><link rel="stylesheet" href="none.css">'
        '<link rel="canonical" href="https://orgsim.example/"><a href="good.html#none">x</a>'
        '<a href="lost.html">x</a><a href="good.html#top">x</a><a href="https://mesa.example/">x</a>'
    )
    problems, leaving = check(tmp_path)
    assert problems == [
        "bad.html: loads https://cdn.example/x.js from outside",
        "bad.html: loads none.css, which is not there",
        "bad.html: links to good.html#none, but that page has no such place",
        "bad.html: links to lost.html, which is not there",
        "style.css: loads https://fonts.example/a.woff from outside",
    ]
    assert leaving == {"https://mesa.example/": ["bad.html"]}


# the reference


def entries(kind):
    """What the reference names in directives of a kind."""
    return [name for text in REFERENCE.values() for name in re.findall(rf"\.\. auto{kind}:: (\S+)", text)]


def test_the_reference_has_all_that_is_public():
    named = {found(name) for kind in ("function", "class") for name in entries(kind)}
    modules = set(entries("module"))
    for name in set(orgsim.__all__) - {"__version__"}:
        target = getattr(orgsim, name)
        assert target in named or target.__module__ in modules, f"{name} is missing in docs/reference"


def answers():
    """The dataclasses of the reference."""
    for name in entries("class"):
        if dataclasses.is_dataclass(found(name)):
            yield found(name)
    for name in entries("module"):
        for target in vars(found(name)).values():
            if dataclasses.is_dataclass(target) and target.__module__ == name:
                yield target


@pytest.mark.parametrize("kind", sorted(set(answers()), key=str), ids=lambda kind: kind.__qualname__)
def test_every_field_of_an_answer_is_explained(kind):
    """`#:` beside a field or above it is what the reference shows."""
    lines = inspect.getsource(kind).splitlines()
    for field in dataclasses.fields(kind):
        if field.name.startswith("_") or field.name not in kind.__annotations__:
            continue
        row = next(i for i, line in enumerate(lines) if line.startswith(f"    {field.name}: "))
        explained = "  #: " in lines[row] or lines[row - 1].startswith("    #: ")
        assert explained, f"{kind.__qualname__}.{field.name}"


RECORDS = {name: kind for name, kind in vars(state).items() if name.isupper() and hasattr(kind, "names")}
RECORDS["RULES of the core"] = RECORDS.pop("RULES")
RECORDS |= {"CUSTOMER": customers.CUSTOMER, "RULES of the market": customers.RULES}


def sections():
    """By title of a section of the records' page, the names in the first column of its tables."""
    for section in REFERENCE["records"].split("\n## ")[1:]:
        title = section.splitlines()[0].replace("`", "")
        rows = re.findall(r"^\| (`.*?) \|", section, re.M)
        yield title, [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_every_field_of_a_record_is_explained():
    explained = dict(sections())
    assert explained.pop("The arrays") == list(state.Core._fields)
    assert {name for title in explained for name in title.split(", ")} == set(RECORDS)
    for title, names in explained.items():
        fields = [field for name in title.split(", ") for field in RECORDS[name].names]
        assert sorted(names) == sorted(fields), title


# notebooks


def code(path):
    """The code cells of a notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(path):
    """The site shows the outputs of the code as it is; stored ones would be those of the code as it was."""
    for cell in code(path):
        assert not cell["outputs"]
        assert cell["execution_count"] is None
        assert "alt.Chart" not in source(cell) or cell["metadata"]["mystnb"]["image"]["alt"]


@pytest.fixture
def pictures():
    usual = alt.renderers.active
    yield
    alt.renderers.enable(usual)


def run(text, namespace, name):
    """Run a cell; what its last line is worth."""
    tree = ast.parse(text)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), name, "eval"), namespace) if last else None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path, pictures, capsys):
    namespace, drawn = {"__name__": "__main__"}, 0
    for number, cell in enumerate(code(path), 1):
        shown = run(source(cell), namespace, f"{path.name}, code cell {number}")
        if isinstance(shown, alt.TopLevelMixin):
            assert "<svg" in shown._repr_mimebundle_()["image/svg+xml"]
            drawn += 1
    assert drawn
    assert "nan" not in capsys.readouterr().out


# before a commit


def test_the_hooks_are_in_order():
    from pre_commit.clientlib import load_config

    hooks = load_config(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["ruff", "ruff-format", "mypy", "generated-pages"]
    for hook in hooks:
        assert hook["language"] in ("system", "unsupported")  # one thing, renamed: what is installed here
        assert hook["entry"].startswith(".venv/bin/")
