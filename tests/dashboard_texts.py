"""Every text that the dashboard says, found in its sources."""

import ast
from pathlib import Path

import orgsim.dashboard
from orgsim.dashboard.words import FOLDER, SCRIPTS, texts_in

ROOM = Path(orgsim.dashboard.__file__).parent
_CALLS = ("say", "Message", "InputError", "tell_text")


def _name(node):
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _strings(node):
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def _tables(tree):
    """By name the texts of tables that stand at the top of a module."""
    found = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Dict):
            found[target.id] = [text for inner in value.values for text in _strings(inner)]
        elif isinstance(target, ast.Name) and isinstance(value, ast.Tuple):
            found[target.id] = _strings(value)
    return found


def texts_of(path):
    """The texts that a module says: what it passes to say(), to a message, or takes from a table for it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tables = _tables(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.append(first.value)
            for part in ast.walk(first):
                if isinstance(part, ast.Name) and part.id in tables:
                    found += tables[part.id]
    return found


def said():
    """All texts of the dashboard: its modules, its components, and the tables of names."""
    from orgsim.dashboard.budget import LIMITS
    from orgsim.dashboard.closer import _LEGEND
    from orgsim.dashboard.forms import ROOMS

    found = [text for path in sorted(ROOM.rglob("*.py")) for text in texts_of(path)]
    for component in sorted(FOLDER.glob("*.vue")):
        found += texts_in(component.stem)
    for script in sorted(SCRIPTS.glob("*.js")):
        found += texts_in(script.stem)
    found += [*ROOMS.values(), *_LEGEND.values(), *LIMITS]
    return list(dict.fromkeys(text for text in found if text.strip()))
