"""Every mechanism that computes something has a test file of its own, which asks each of its equations."""

import ast
from functools import reduce
from pathlib import Path

import pytest

from orgsim.mechanisms.catalogue import MECHANISMS, RULES_OF
from orgsim.scenario import load

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "orgsim" / "mechanisms"
#: tests of the room as a whole
OF_ALL = {"test_catalogue", "test_trial"}


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def computes(name):
    """Whether a mechanism has an equation, one that stands in its declaration too."""
    nodes = ast.walk(parsed(SOURCE / f"{name}.py"))
    return any(isinstance(node, ast.FunctionDef | ast.Lambda) for node in nodes)


def compiled(name):
    """The compiled equations of a mechanism; the one of its week by the name under which it is declared."""
    declared = MECHANISMS[name].week
    for node in parsed(SOURCE / f"{name}.py").body:
        if isinstance(node, ast.FunctionDef) and "compiled" in map(ast.unparse, node.decorator_list):
            yield "week" if declared is not None and node.name == declared.__name__ else node.name


def asked(name):
    """What the tests of a mechanism read of it."""
    nodes = ast.walk(parsed(HERE / f"test_{name}.py"))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


COMPUTING = [name for name in MECHANISMS if computes(name)]


@pytest.mark.parametrize("name", COMPUTING)
def test_a_mechanism_has_tests_of_its_own(name):
    assert (HERE / f"test_{name}.py").is_file(), f"write tests/mechanisms/test_{name}.py: its laws"


@pytest.mark.parametrize("name", COMPUTING)
def test_each_of_its_compiled_equations_is_asked(name):
    assert set(compiled(name)) <= asked(name)


def test_no_test_is_left_of_a_mechanism_that_is_gone():
    tests = {path.stem for path in HERE.glob("test_*.py")} - OF_ALL
    assert {stem.removeprefix("test_") for stem in tests} <= set(MECHANISMS)


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_rule_with_the_name_of_a_field_is_that_field(name):
    """What it is called otherwise is held where its equation is asked."""
    for record, declared in MECHANISMS[name].rules.items():
        for rule in declared:
            path = RULES_OF[record][rule]
            if isinstance(path, str):
                where, field = path.rsplit(".", 1)
                table = reduce(getattr, where.split("."), load("default"))
                assert rule == field or rule not in type(table).model_fields
