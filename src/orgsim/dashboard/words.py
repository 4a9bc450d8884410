"""The texts of the page's own components and scripts: every `t("…")` of theirs, in the user's language."""

import re
from functools import cache
from pathlib import Path

from orgsim.language.language import LANGUAGES, Language

FOLDER, SCRIPTS = Path(__file__).parent / "vue", Path(__file__).parent / "static"
_TEXT = re.compile(r"""\bt\(\s*(?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)')\s*\)""")


@cache
def texts_in(component: str) -> tuple[str, ...]:
    """The English texts of a component, in the order in which they stand there."""
    file = FOLDER / f"{component}.vue"
    source = (file if file.exists() else SCRIPTS / f"{component}.js").read_text(encoding="utf-8")
    found = [double or single for double, single in _TEXT.findall(source)]
    return tuple(dict.fromkeys(found))


def words(component: str, say: Language) -> dict[str, str]:
    """What a component calls its texts: by the English text, that of the language."""
    return {text: say(text) for text in texts_in(component)}


def by_language(script: str) -> dict[str, dict[str, str]]:
    """The texts of a script in every language, for a page that cannot ask any more."""
    return {code: words(script, Language(code)) for code in LANGUAGES}
