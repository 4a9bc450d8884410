"""The page's own components: their names do not collide with a widget's, and they clean up after
themselves under Vue 2 and 3."""

import re

import ipyvue
import pytest

from orgsim.dashboard.words import FOLDER

COMPONENTS = sorted(FOLDER.glob("*.vue"))
#: what a widget has already: a property of that name would replace it
TAKEN = set(dir(ipyvue.VueTemplate))


def test_no_property_replaces_a_part_of_the_widget():
    import ast

    from orgsim.dashboard import components

    with open(components.__file__, encoding="utf-8") as source:
        functions = [node for node in ast.parse(source.read()).body if isinstance(node, ast.FunctionDef)]
    assert len(functions) == len(COMPONENTS)
    for function in functions:
        for argument in function.args.args:
            assert argument.arg not in TAKEN, f"{function.name}.{argument.arg}"


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_what_listens_is_taken_off_again(path):
    source = path.read_text(encoding="utf-8")
    if "addEventListener" in source or "setInterval" in source:
        assert "beforeDestroy()" in source
        assert "beforeUnmount()" in source
    assert "http://" not in source
    assert "https://" not in source


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_no_text_stands_in_a_template_untranslated(path):
    """Whatever a template shows comes through t() or from the server."""
    template = path.read_text(encoding="utf-8").split("<script>")[0]
    plain = re.sub(r"{{.*?}}|<[^>]*>", " ", template, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{2,}", plain))
    assert words <= {"org", "sim", "PNG", "SVG", "nbsp"}, words
    fixed = re.findall(r'(?<![:@\w-])(?:title|aria-label|placeholder|alt)="([^"]+)"', template)
    assert [text for text in fixed if re.search("[A-Za-z]{2}", text)] == []
