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
    "greater_than_equal": {"ge": 1}, "less_than_equal": {"le": 1}, "int_parsing_size": None,
    "float_type": None, "float_parsing": None,
    "finite_number": None, "bool_type": None, "bool_parsing": None, "string_type": None, "tuple_type": None,
    "list_type": None, "dict_type": None, "model_type": {"class_name": "Table"},
    "model_attributes_type": None, "string_too_long": {"max_length": 1},
}  # fmt: skip
#: the words that a template is filled with, where the code has them in tables
_WORDS = (
    "measure", "process", "function", "case type", "segment", "practice", "design", "lever", "none",
    " or ", " and ",
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


#: where people read what is said in the terminal
_TERMINAL = ("cli", "terminal")


def _strings(node):
    """The texts in an expression; what a table is looked up by is none."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    parts = ast.iter_child_nodes(node)
    if isinstance(node, ast.Subscript):
        parts = [node.value]
    elif isinstance(node, ast.Dict):
        parts = node.values
    elif isinstance(node, ast.Compare):
        parts = []
    return {text for part in parts for text in _strings(part)}


def _assigned(scope, names):
    """The texts that are given to names in a function or a module."""
    for node in ast.walk(scope):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            known = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)} if target else set()
            value = getattr(node, "value", None) or getattr(node, "iter", None)
            if known & names and value is not None:
                yield from _strings(value)
                if isinstance(node, ast.For) and isinstance(value, ast.Call):  # over a table of texts
                    yield from _assigned(
                        scope, {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
                    )


def spoken_in(path):
    """What a module says: the texts given to say(), by themselves or by a name, or through map()."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
        mapped = called == "map" and getattr(node.args[0], "id", "") == "say"
        if called == "say" or mapped or called == "progress_bar":
            given = node.args[1] if mapped or called == "progress_bar" else node.args[0]
            yield from () if isinstance(given, ast.JoinedStr) else _strings(given)
            names |= {part.id for part in ast.walk(given) if isinstance(part, ast.Name)}
    yield from _assigned(tree, names)


def spoken_ids():
    """Every text of the terminal."""
    rooms = [path for room in _TERMINAL for path in sorted((ROOT / room).glob("*.py"))]
    found = {text for path in [*rooms, ROOT / "answers" / "wording.py"] for text in spoken_in(path)}
    return sorted(text for text in found if any(letter.isalpha() for letter in text))


def help_ids():
    """Every text of the help: of the commands and their options."""
    import click

    from orgsim.cli.main import main
    from orgsim.cli.speaking import help_texts

    for command in (main, *main.commands.values()):
        yield from help_texts(command.help)
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield parameter.help
