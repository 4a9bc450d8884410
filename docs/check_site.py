"""Checks the built site as a reader without internet would find it, and lists the links that leave it.

    make site        (or: python docs/check_site.py build/site)

Every link inside has to lead to a page and to a place on it, and no page may ask anything of the internet:
no script, style, font or picture from elsewhere. Links to other sites are listed, not followed;
`make site-links` follows them, online.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: what a browser loads by itself, by tag; links are what a reader clicks
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src", "object": "data"}
#: relations of a <link> that load something
LOADING = {"stylesheet", "icon", "shortcut", "preload", "prefetch", "modulepreload", "preconnect"}
_IN_STYLES = re.compile(r"""url\(\s*['"]?([^'")\s]+)|@import\s+['"]([^'"]+)""")


class Page(HTMLParser):
    """What a page loads, what it links to, and the places on it that can be linked to."""

    def __init__(self, text: str):
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag is about."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.places.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and LOADING & set(values.get("rel", "").split()):
            self.loads.append(values["href"])
        elif values.get(LOADED.get(tag, "")):
            self.loads.append(values[LOADED[tag]])


def is_outside(target: str) -> bool:
    """Whether a target is not a file of the site."""
    parts = urlsplit(target)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def check(site: Path) -> tuple[list[str], dict[str, list[str]]]:
    """What is wrong with the site, and the links that leave it, each with the pages that have it."""
    site = site.resolve()
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    problems: list[str] = []
    leaving: dict[str, list[str]] = {}
    for path, page in pages.items():
        name = str(path.relative_to(site))
        for target in dict.fromkeys(page.loads):
            if is_outside(target):
                problems.append(f"{name}: loads {target} from outside")
            elif not urlsplit(target).scheme and not _file(path, target).exists():
                problems.append(f"{name}: loads {target}, which is not there")
        for target in dict.fromkeys(page.links):
            if is_outside(target):
                leaving.setdefault(target, []).append(name)
            elif problem := _broken(path, target, pages):
                problems.append(f"{name}: links to {target}, {problem}")
    for style in sorted(site.rglob("*.css")):
        for found in _IN_STYLES.findall(style.read_text(encoding="utf-8")):
            if is_outside(found[0] or found[1]):
                problems.append(f"{style.relative_to(site)}: loads {found[0] or found[1]} from outside")
    return problems, leaving


def _file(page: Path, target: str) -> Path:
    where = unquote(urlsplit(target).path)
    return (page.parent / where).resolve() if where else page


def _broken(page: Path, target: str, pages: dict[Path, Page]) -> str:
    """What is wrong with a link inside the site; nothing, if it leads somewhere."""
    file, place = _file(page, target), unquote(urlsplit(target).fragment)
    if not file.exists():
        return "which is not there"
    if place and file in pages and place not in pages[file].places:
        return "but that page has no such place"
    return ""


def main() -> None:
    """Print the links that leave the site; exit code 1, and what is wrong, if anything is."""
    site = Path(sys.argv[1])
    problems, leaving = check(site)
    if problems:
        sys.exit("\n".join(problems))
    print(f"{site}: every link inside leads somewhere, nothing is loaded from outside.")
    print(f"Links that leave it ({len(leaving)}; `make site-links` follows them, online):")
    for target, names in sorted(leaving.items()):
        print(f"  {target}  ({names[0] if len(names) == 1 else f'{len(names)} pages'})")


if __name__ == "__main__":
    main()
