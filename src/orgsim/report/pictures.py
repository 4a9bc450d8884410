"""The figures of a report as pictures for slides."""

from collections.abc import Sequence
from pathlib import Path

from orgsim.errors import OrgsimError
from orgsim.report.figures import Figure
from orgsim.writing import write_whole

#: pixels of a PNG for each of the chart: sharp on a projector
_SCALE = 3.0


def write_pictures(figures: Sequence[Figure], folder: Path, kind: str, language: str) -> list[Path]:
    """One file ("png" or "svg") for each figure, named after it. Raises OrgsimError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OrgsimError("{path} cannot be written: {reason}", path=folder, reason=error.strerror) from None
    paths = []
    for figure in figures:
        path = folder / f"{figure.key}.{kind}"
        write_whole(path, picture(figure, kind, language))
        paths.append(path)
    return paths


def picture(figure: Figure, kind: str, language: str) -> bytes:
    """A figure as "png" or "svg"."""
    import vl_convert

    spec = figure.spec(language) | {"title": figure.title, "background": "white", "padding": 12}
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE))
