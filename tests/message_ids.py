"""Every message that the code can tell, found in its sources: the templates of errors and notes."""

import ast
from pathlib import Path

from pydantic_core import PydanticKnownError

import orgsim

ROOT = Path(orgsim.__file__).parent
#: what makes a message of the template that it is given first
_CALLS = {
    "Message", "OrgsimError", "ScenarioError", "DesignError", "UnfinishedError", "DamagedError", "InputError",
    "RuleError", "_NotValidError",
}  # fmt: skip
#: what pydantic can find in a file that is made of tables, lists, texts, numbers, yes and no
_RULES = {
    "greater_than_equal": {"ge": 1}, "less_than_equal": {"le": 1}, "int_type": None, "int_parsing": None,
    "int_from_float": None, "int_parsing_size": None, "float_type": None, "float_parsing": None,
    "finite_number": None, "bool_type": None, "bool_parsing": None, "string_type": None, "tuple_type": None,
    "list_type": None, "dict_type": None, "model_type": {"class_name": "Table"},
    "model_attributes_type": None, "string_too_long": {"max_length": 1},
}  # fmt: skip
#: the words that a template is filled with, where the code has them in tables
_WORDS = (
    "process", "function", "case type", "segment", "practice", "design", "lever", "none", " or ", " and ",
)  # fmt: skip


def templates_in(path):
    """The templates in a module, with the line on which each stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in _CALLS:
            first = node.args[0]
            for part in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def rules():
    """What pydantic says, as this package says it."""
    for kind, context in _RULES.items():
        rule = PydanticKnownError(kind, context).message_template.replace("Input should be", "must be")
        yield f"{{field}} = {{value}} {rule}"


def message_ids():
    """All templates, each once."""
    found = [text for path in sorted(ROOT.rglob("*.py")) for text in templates_in(path)]
    return sorted({*found, *rules(), *_WORDS} - {""})


def unmade_messages(path):
    """Errors whose text is finished English, which no language can say: an f-string, say."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in _CALLS and any(isinstance(part, ast.JoinedStr) for part in ast.walk(node.args[0])):
                yield f"{path.name}:{node.lineno}"
