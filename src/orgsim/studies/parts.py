"""Files of a store that can tell whether they are whole: a Parquet part is named after its contents, and
`store.json` holds a checksum of what it says.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from orgsim.errors import OrgsimError
from orgsim.writing import write_json

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 3
_TEMPORARY = ".tmp"
#: pandas' types that know what is missing, by those of DuckDB
_TYPES = {"BIGINT": "Int64", "INTEGER": "Int64", "BOOLEAN": "boolean", "DOUBLE": "float64"}


class DamagedError(OrgsimError):
    """A file that is not what was written."""


def read_notes(file: Path) -> dict[str, Any]:
    """What `store.json` says. Raises DamagedError if it is not what was written, OrgsimError if it cannot be
    read or is of another format."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise OrgsimError("{path}: cannot be read: {error}", path=file, error=error.strerror) from None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] != FORMAT:
        raise OrgsimError(
            "{parent}: was written in format {found}, this version reads {format}; choose another "
            "folder (--store)",
            parent=file.parent,
            found=found["format"],
            format=FORMAT,
        )
    if not isinstance(found, dict) or found.pop("checksum", None) != _checksum(found):
        raise DamagedError(
            "{file}: is damaged; run `orgsim sweep` again with the experiment's file: what it says "
            "is written anew, and no run is lost",
            file=file,
        )
    return found


def write_notes(file: Path, notes: Mapping[str, Any]) -> None:
    """Write `store.json` with its checksum, whole or not at all."""
    plain = json.loads(json.dumps({"format": FORMAT} | dict(notes)))
    write_json(plain | {"checksum": _checksum(plain)}, file)


def _checksum(notes: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(notes, sort_keys=True).encode()).hexdigest()


def is_whole(part: Path) -> bool:
    """Whether a part is what was written. Raises FileNotFoundError if it is gone."""
    return part.stem == _name(part)


def _name(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def write_part(folder: Path, connection: duckdb.DuckDBPyConnection, sql: str) -> Path:
    """Write what a query selects as a part: under a temporary name, then, named after its contents, into
    place. Raises OrgsimError where it cannot be written."""
    temporary = folder / f"{uuid.uuid4().hex}{_TEMPORARY}"
    try:
        connection.execute(f"COPY ({sql}) TO '{quoted(str(temporary))}' (FORMAT parquet)")
        part = folder / f"{_name(temporary)}.parquet"
        os.replace(temporary, part)
    except (OSError, duckdb.Error) as error:
        raise OrgsimError(
            "{parent}: results cannot be written: {reason}; what is written already is kept: make "
            "room, then run again to go on",
            parent=folder.parent,
            reason=_reason(error),
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
    return part


def clear_temporaries(folder: Path, tables: Iterable[str]) -> None:
    """Take away what a sweep that was killed had not put into place."""
    for name in tables:
        for left in (folder / name).glob(f"*{_TEMPORARY}"):
            left.unlink(missing_ok=True)
    for written in ("store.json", "ro-crate-metadata.json"):
        for left in folder.glob(f".{written}.*"):
            left.unlink(missing_ok=True)


def frame_of(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Rows as a data frame whose columns keep their types, also where values are missing."""
    import pandas as pd

    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=_TYPES.get(kind, "object"))
            for (name, kind), values in zip(columns.items(), cells, strict=True)
        }
    )


def typed(columns: Mapping[str, str]) -> str:
    """The columns of a frame with their types, for a SELECT."""
    return ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind in columns.items())


def from_parts(parts: Sequence[str]) -> str:
    """Parts, for a FROM."""
    listed = ", ".join(f"'{quoted(part)}'" for part in parts)
    return f"read_parquet([{listed}], union_by_name = true)"


def without_rows(columns: Mapping[str, str]) -> str:
    """A table that has its columns and nothing in them, for a FROM."""
    listed = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in columns.items())
    return f"(SELECT {listed} WHERE false)"


def quoted(text: str) -> str:
    """A text as it stands between the quotes of SQL."""
    return text.replace("'", "''")


def _reason(error: Exception) -> str:
    """The one thing to know about an error in writing."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).splitlines()[0]
    return os.strerror(errno.ENOSPC) if os.strerror(errno.ENOSPC) in text else text
