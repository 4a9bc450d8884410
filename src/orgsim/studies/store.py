"""The store of a sweep: a folder of Parquet parts, each written whole or not at all, and queried with
DuckDB. A run is found by a key made from what it depends on, so that nothing is computed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from orgsim.engine.accounts import COST_LINES
from orgsim.errors import OrgsimError
from orgsim.measures import MEASURES
from orgsim.scenario import Scenario
from orgsim.simulation.course import WEEKLY
from orgsim.simulation.result import LEAD_LINES, RunResult
from orgsim.studies.keys import contents_of, digest_of, hash_of, with_files
from orgsim.studies.parts import (
    DamagedError,
    clear_temporaries,
    frame_of,
    from_parts,
    is_whole,
    read_notes,
    typed,
    without_rows,
    write_notes,
    write_part,
)
from orgsim.writing import write_whole

if TYPE_CHECKING:
    import pandas as pd

Answer = TypeVar("Answer")
#: this many parts are put into one
_GROUP = 256
#: another sweep may put parts together between a look into the folder and reading them
_LOOKS = 5
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


#: columns of the table points: its place in the experiment, its name, what it is, and every setting of the
#: factors that comes to it, as JSON; a column for each factor follows
POINT_COLUMNS = {
    "place": "BIGINT", "point": "VARCHAR", "base": "BOOLEAN", "sampled": "BOOLEAN", "samples": "VARCHAR",
}  # fmt: skip
_COLUMNS = {"runs": RUN_COLUMNS, "points": POINT_COLUMNS, "weekly": WEEKLY_COLUMNS}


def run_values(result: RunResult) -> dict[str, float]:
    """What the store keeps of a run, in the order of its columns."""
    found = [
        *result.measures.values(),
        *result.costs.values(),
        *(result.hours_per_case(line) for line in LEAD_LINES),
    ]
    return dict(zip(_VALUES, found, strict=True))


class Store:
    """A folder of results. Raises OrgsimError where it cannot be used.

    Its tables are `runs`, `points`, `weekly`; `store.json` says what was swept, and with what; `files` are
    those that the scenarios read. Nothing in it depends on where the folder lies."""

    def __init__(self, folder: str | Path, create: bool = False):
        self.folder = Path(folder)
        self._note = self.folder / "store.json"
        self._writer: duckdb.DuckDBPyConnection | None = None
        self._fresh: dict[str, list[str]] = {}
        self._whole: set[str] = set()
        #: what was found damaged and put aside
        self.damaged: list[str] = []
        if create:
            self._prepare()
        elif not self._note.exists():
            raise OrgsimError("{folder}: there are no results; run `orgsim sweep` first", folder=folder)
        else:
            read_notes(self._note)

    def _prepare(self) -> None:
        try:
            for name in TABLES:
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OrgsimError(
                "{path}: cannot be written: {reason}", path=self.folder, reason=error.strerror
            ) from None
        if self._note.exists():
            try:
                read_notes(self._note)
                return
            except DamagedError:
                self._put_aside(self._note)
        write_notes(self._note, {})

    @property
    def notes(self) -> dict[str, Any]:
        """What is known about the last sweep: experiment, designs, engine, scenario, provenance."""
        return read_notes(self._note)

    def note(self, **facts: Any) -> None:
        """Write facts about the last sweep beside its results."""
        write_notes(self._note, self.notes | facts)

    def begin(self, **facts: Any) -> None:
        """Write what is about to be swept instead of what was swept before; an explanation of the same
        base case by the same engine stays."""
        before = self.notes
        same = all(before.get(name) == facts.get(name) for name in ("scenario", "engine"))
        kept = {"why": before["why"]} if same and "why" in before else {}
        write_notes(self._note, facts | kept)

    # files that scenarios read

    def keep(self, settings: Scenario) -> Scenario:
        """The scenario, reading copies of its files that lie in the store, under names within the store."""

        def kept(file: Path) -> str:
            content = contents_of(file)
            place = Path("files") / f"{hash_of(content)}{file.suffix}"
            copy = self.folder / place
            if not copy.exists() or digest_of(copy) != hash_of(content):
                copy.parent.mkdir(exist_ok=True)
                write_whole(copy, content)
            return place.as_posix()

        return with_files(settings, kept)

    def here(self, settings: Scenario) -> Scenario:
        """A kept scenario, reading the store's copies from wherever the store is. Raises DamagedError where
        one is not what was kept."""

        def found(place: Path) -> Path:
            copy = self.folder / place
            if digest_of(copy) != copy.stem:
                raise DamagedError(
                    "{copy}: is damaged; run `orgsim sweep` again with the experiment's file", copy=copy
                )
            return copy

        return with_files(settings, found)

    # reading

    def parts(self, table: str) -> list[str]:
        """The files of a table."""
        return sorted(str(path) for path in (self.folder / table).glob("*.parquet"))

    def keys(self) -> dict[str, str]:
        """The keys of the runs that are there, with their status."""
        return dict(self.query("SELECT key, status FROM runs"))

    def outdated(self) -> int:
        """Runs that another version of the program has made, and that are therefore not used."""
        engine_now = self.notes.get("engine", "")
        sql = "SELECT count(*) FROM all_runs WHERE engine <> ?"
        ((count,),) = self._asked(lambda connection: connection.execute(sql, [engine_now]).fetchall())
        return int(count)

    def engine_of(self, key: str) -> str | None:
        """The version of the program that made a run, of whatever version; None if it is not there."""
        sql = "SELECT engine FROM all_runs WHERE key = ? LIMIT 1"
        found = self._asked(lambda connection: connection.execute(sql, [key]).fetchall())
        return str(found[0][0]) if found else None

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the tables runs, measures, points, weekly."""
        return self.select(sql)[1]

    def select(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Columns and rows of a query. Raises OrgsimError for a bad one."""

        def ask(connection: duckdb.DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
            cursor = connection.execute(sql)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()

        return self._asked(ask)

    def frame(self, sql: str) -> pd.DataFrame:
        """The rows of a query as a pandas data frame."""
        return self._asked(lambda connection: connection.execute(sql).df())

    def _asked(self, ask: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """An answer from the tables as they are, however they are put together meanwhile."""
        for look in range(_LOOKS):
            try:
                with self.connection() as connection:
                    return ask(connection)
            except FileNotFoundError:
                continue
            except duckdb.IOException as error:
                if look == _LOOKS - 1:
                    raise OrgsimError(
                        "{path}: cannot be read: {error}", path=self.folder, error=_first_line(error)
                    ) from None
            except duckdb.Error as error:
                raise OrgsimError(
                    "{folder}: {reason}", folder=self.folder, reason=_first_line(error)
                ) from None
        raise OrgsimError("{folder}: its files change while they are read; try again", folder=self.folder)

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection in which the tables are views on the Parquet parts. Runs of another version of the
        program are left out. Raises DamagedError for a part that is not what was written."""
        files = {table: self._whole_parts(table) for table in TABLES}
        connection = duckdb.connect()
        engine_now = str(self.notes.get("engine", "")).replace("'", "''")
        # a run that failed once and then went well is there twice: the good one counts
        rules = {
            "runs": f" WHERE engine = '{engine_now}'"
            " QUALIFY row_number() OVER (PARTITION BY key ORDER BY status DESC) = 1",
            "weekly": " QUALIFY row_number() OVER (PARTITION BY key, week) = 1",
        }
        sources = {
            table: from_parts(parts) if parts else without_rows(_COLUMNS[table])
            for table, parts in files.items()
        }
        for table, source in sources.items():
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {source}{rules.get(table, '')}")
        connection.execute(f"CREATE VIEW all_runs AS SELECT * FROM {sources['runs']}")
        listed = ", ".join(f'"{name}"' for name in _VALUES)
        connection.execute(
            "CREATE VIEW measures AS SELECT key, measure, value FROM "
            f"(UNPIVOT runs ON {listed} INTO NAME measure VALUE value)"
        )
        return connection

    def _whole_parts(self, table: str) -> list[str]:
        """The parts of a table, each looked through once."""
        parts = self.parts(table)
        for part in parts:
            if part not in self._whole:
                if not is_whole(Path(part)):
                    raise DamagedError(
                        "{part}: is damaged; run `orgsim sweep` again with the experiment's file: it is put "
                        "aside, and what is needed of it is computed anew",
                        part=part,
                    )
                self._whole.add(part)
        return parts

    # writing

    def repair(self, alone: bool = True) -> None:
        """Put aside what is damaged, so that it is computed anew; and, if nobody else writes here, take away
        what was not written to its end."""
        if alone:
            clear_temporaries(self.folder, TABLES)
        for table in TABLES:
            for part in map(Path, self.parts(table)):
                try:
                    whole = is_whole(part)
                except FileNotFoundError:
                    continue
                if not whole:
                    self._put_aside(part)
                self._whole.add(str(part))

    def _put_aside(self, file: Path) -> None:
        place = self.folder / "damaged"
        try:
            place.mkdir(exist_ok=True)
            file.replace(place / file.name)
        except OSError as error:
            raise OrgsimError(
                "{file}: is damaged, and cannot be put aside: {reason}", file=file, reason=error.strerror
            ) from None
        self.damaged.append(str(file.relative_to(self.folder)))

    def add(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Path:
        """Write rows as one part, whole or not at all. Every so often the parts that have been written so
        are put into one."""
        if self._writer is None:
            self._writer = duckdb.connect()
        self._writer.register("part", frame_of(columns, rows))
        part = write_part(self.folder / table, self._writer, f"SELECT {typed(columns)} FROM part")
        self._whole.add(str(part))
        fresh = self._fresh.setdefault(table, [])
        fresh.append(str(part))
        if len(fresh) >= _GROUP:
            self._merge(table, fresh)
            fresh.clear()
        return part

    def replace(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Write rows instead of all that a table holds."""
        part = self.add(table, columns, rows)
        self._fresh.pop(table)
        for other in map(Path, self.parts(table)):
            if other != part:
                other.unlink(missing_ok=True)

    def compact(self, table: str) -> None:
        """Put many parts into few, a group at a time, so that memory stays flat however many there are."""
        parts = self.parts(table)
        while len(parts) >= _GROUP:
            self._merge(table, parts[:_GROUP])
            parts = parts[_GROUP:]

    def _merge(self, table: str, group: Sequence[str]) -> None:
        """One part for a group; killed in between, rows are there twice, which the views do not show."""
        there = sorted({part for part in group if Path(part).exists()})
        if len(there) < 2:
            return
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")
            merged = write_part(self.folder / table, connection, f"SELECT * FROM {from_parts(there)}")
        self._whole.add(str(merged))
        for part in map(Path, there):
            if part != merged:
                part.unlink(missing_ok=True)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
