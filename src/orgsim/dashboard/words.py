"""The texts of the page's own components: every `t("…")` of a .vue file, in the user's language."""

import re
from functools import cache
from pathlib import Path

from orgsim.report.language import Language

FOLDER = Path(__file__).parent / "vue"
_TEXT = re.compile(r"""\bt\(\s*(?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)')\s*\)""")


@cache
def texts_in(component: str) -> tuple[str, ...]:
    """The English texts of a component, in the order in which they stand there."""
    source = (FOLDER / f"{component}.vue").read_text(encoding="utf-8")
    found = [double or single for double, single in _TEXT.findall(source)]
    return tuple(dict.fromkeys(found))


def words(component: str, say: Language) -> dict[str, str]:
    """What a component calls its texts: by the English text, that of the language."""
    return {text: say(text) for text in texts_in(component)}
