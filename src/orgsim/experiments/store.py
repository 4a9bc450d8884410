"""The store of a sweep: a folder of Parquet parts, each written whole or not at all, and queried with
DuckDB. A run is found by a key made from what it depends on, so that nothing is computed twice.
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

from orgsim.accounts import COST_LINES, MEASURES
from orgsim.errors import OrgsimError
from orgsim.recording import WEEKLY
from orgsim.result import LEAD_LINES, RunResult
from orgsim.scenario import Scenario
from orgsim.writing import write_json

if TYPE_CHECKING:
    import pandas as pd

_FORMAT = 2
#: this many parts are put into one
_GROUP = 256
TABLES = ("runs", "points", "weekly")
#: columns of the table runs: what it is, its measures, euros by line of cost, hours per case by line of
#: lead time
FACTS = {
    "key": "VARCHAR", "point": "VARCHAR", "design": "VARCHAR", "seed": "BIGINT", "engine": "VARCHAR",
    "status": "VARCHAR", "reason": "VARCHAR", "seconds": "DOUBLE",
}  # fmt: skip
_VALUES = (
    *(measure.key for measure in MEASURES),
    *(f"cost_{line}" for line in COST_LINES),
    *(f"lead_{line}" for line in LEAD_LINES),
)
RUN_COLUMNS = FACTS | dict.fromkeys(_VALUES, "DOUBLE")
WEEKLY_COLUMNS = {"key": "VARCHAR", "week": "INTEGER"} | dict.fromkeys(WEEKLY, "DOUBLE")


def run_values(result: RunResult) -> dict[str, float]:
    """What the store keeps of a run, in the order of its columns."""
    found = [
        *result.measures.values(),
        *result.costs.values(),
        *(result.hours_per_case(line) for line in LEAD_LINES),
    ]
    return dict(zip(_VALUES, found, strict=True))


def canonical(value: Any) -> Any:
    """Plain data in which equal settings are equal: numbers to 12 significant digits."""
    if isinstance(value, Mapping):
        return {str(key): canonical(inner) for key, inner in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [canonical(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return float(f"{value:.12g}")


def scenario_hash(settings: Scenario) -> str:
    """What identifies a resolved scenario; its title and description do not count."""
    plain = canonical(settings.model_dump(mode="json", exclude={"title", "description"}))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def run_key(of_scenario: str, design: str, seed: int, of_engine: str) -> str:
    """The key of a run: of the resolved scenario, the design, the seed and the engine."""
    text = f"{of_scenario}|{design}|{seed}|{of_engine}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


class Store:
    """A folder of results. Raises OrgsimError where it cannot be used.

    Its tables are `runs`, `points`, `weekly`; `store.json` says what was swept, and with what."""

    def __init__(self, folder: str | Path, create: bool = False):
        self.folder = Path(folder)
        self._note = self.folder / "store.json"
        self._writer: duckdb.DuckDBPyConnection | None = None
        self._fresh: dict[str, list[str]] = {}
        if not create and not self._note.exists():
            raise OrgsimError(f"{folder}: there are no results; run `orgsim sweep` first")
        try:
            for name in TABLES:
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OrgsimError(f"{folder}: cannot be written: {error.strerror}") from None
        if not self._note.exists():
            write_json({"format": _FORMAT}, self._note)
        elif self.notes.get("format") != _FORMAT:
            raise OrgsimError(
                f"{folder}: was written in format {self.notes.get('format')}, this version reads {_FORMAT}; "
                "choose another folder (--store)"
            )

    @property
    def notes(self) -> dict[str, Any]:
        """What is known about the last sweep: experiment, designs, engine, scenario, provenance."""
        try:
            return dict(json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise OrgsimError(f"{self._note}: cannot be read: {error}; choose another folder") from None

    def note(self, **facts: Any) -> None:
        """Write facts about the last sweep beside its results."""
        write_json(self.notes | facts, self._note)

    def begin(self, **facts: Any) -> None:
        """Write what is about to be swept instead of what was swept before; an explanation of the same
        base case by the same engine stays."""
        before = self.notes
        same = all(before.get(name) == facts.get(name) for name in ("scenario", "engine"))
        kept = {"why": before["why"]} if same and "why" in before else {}
        write_json({"format": _FORMAT} | facts | kept, self._note)

    def parts(self, table: str) -> list[str]:
        """The files of a table."""
        return sorted(str(path) for path in (self.folder / table).glob("*.parquet"))

    def keys(self) -> dict[str, str]:
        """The keys of the runs that are there, with their status."""
        return dict(self.query("SELECT key, status FROM runs")) if self.parts("runs") else {}

    def outdated(self) -> int:
        """Runs that another version of the program has made, and that are therefore not used."""
        if not (files := self.parts("runs")):
            return 0
        with duckdb.connect() as connection:
            sql = f"SELECT count(*) FROM {_read(files)} WHERE engine <> ?"
            (count,) = connection.execute(sql, [self.notes.get("engine", "")]).fetchall()[0]
        return int(count)

    def query(self, sql: str) -> list[tuple]:
        """The rows of a query over the tables runs, measures, points, weekly."""
        with self.connection() as connection:
            return connection.execute(sql).fetchall()

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a query as a pandas data frame."""
        with self.connection() as connection:
            return connection.execute(sql).df()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection in which the tables are views on the Parquet parts. Runs of another version of the
        program are left out."""
        connection = duckdb.connect()
        engine_now = str(self.notes.get("engine", "")).replace("'", "''")
        # a run that failed once and then went well is there twice: the good one counts
        rules = {
            "runs": f" WHERE engine = '{engine_now}'"
            " QUALIFY row_number() OVER (PARTITION BY key ORDER BY status DESC) = 1",
            "weekly": " QUALIFY row_number() OVER (PARTITION BY key, week) = 1",
        }
        for table in TABLES:
            if files := self.parts(table):
                connection.execute(
                    f"CREATE VIEW {table} AS SELECT * FROM {_read(files)}{rules.get(table, '')}"
                )
        if self.parts("runs"):
            listed = ", ".join(f'"{name}"' for name in _VALUES)
            connection.execute(
                "CREATE VIEW measures AS SELECT key, measure, value FROM "
                f"(UNPIVOT runs ON {listed} INTO NAME measure VALUE value)"
            )
        return connection

    def add(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]], name: str = ""
    ) -> Path:
        """Write rows as one part: under a temporary name, then moved into place. Every so often the parts
        that have been written so are put into one."""
        import pandas as pd

        if self._writer is None:
            self._writer = duckdb.connect()
        frame = pd.DataFrame([list(row) for row in rows], columns=list(columns))
        typed = ", ".join(
            f'"{column}"' if kind == "DOUBLE" and frame[column].dtype == float else _cast(column, kind)
            for column, kind in columns.items()
        )
        part = self.folder / table / f"{name or uuid.uuid4().hex}.parquet"
        self._writer.register("part", frame)
        self._write(self._writer, f"SELECT {typed} FROM part", part)
        fresh = self._fresh.setdefault(table, [])
        fresh.append(str(part))
        if len(fresh) >= _GROUP:
            self._merge(table, fresh)
            fresh.clear()
        return part

    def compact(self, table: str) -> None:
        """Put many parts into few, a group at a time, so that memory stays flat however many there are."""
        parts = self.parts(table)
        while len(parts) >= _GROUP:
            self._merge(table, parts[:_GROUP])
            parts = parts[_GROUP:]

    def _merge(self, table: str, group: Sequence[str]) -> None:
        """One part for a group; killed in between, rows are there twice, which the views do not show."""
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")
            merged = self.folder / table / f"{uuid.uuid4().hex}.parquet"
            self._write(connection, f"SELECT * FROM {_read(group)}", merged)
        for part in group:
            Path(part).unlink()

    def _write(self, connection: duckdb.DuckDBPyConnection, sql: str, part: Path) -> None:
        temporary = part.with_suffix(f".{os.getpid()}.tmp")
        try:
            connection.execute(f"COPY ({sql}) TO '{_quoted(str(temporary))}' (FORMAT parquet)")
            os.replace(temporary, part)
        except (OSError, duckdb.Error) as error:
            raise OrgsimError(
                f"{self.folder}: results cannot be written: {_reason(error)}; what is written already is "
                "kept: make room, then run again to go on"
            ) from None
        finally:
            temporary.unlink(missing_ok=True)


def _read(files: Sequence[str]) -> str:
    listed = ", ".join(f"'{_quoted(file)}'" for file in files)
    return f"read_parquet([{listed}], union_by_name = true)"


def _cast(column: str, kind: str) -> str:
    return f'CAST("{column}" AS {kind}) AS "{column}"'


def _reason(error: Exception) -> str:
    """The one thing to know about an error in writing."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error).splitlines()[0]
    return os.strerror(errno.ENOSPC) if os.strerror(errno.ENOSPC) in text else text


def _quoted(text: str) -> str:
    return text.replace("'", "''")
