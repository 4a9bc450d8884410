"""The store of a sweep: a folder of Parquet parts, each written whole or not at all, and queried with
DuckDB. A run is found by a key made from what it depends on, so that nothing is computed twice.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

import orgsim
from orgsim.accounts import MEASURES
from orgsim.errors import OrgsimError
from orgsim.experiments.data import write_json
from orgsim.scenario import Scenario

#: rooms whose sources decide what a run gives
_ENGINE = (
    "compiled.py", "randomness.py", "policies.py", "simulation.py", "recording.py", "result.py", "scenario",
    "organisation", "world", "operations", "people", "market", "accounts", "management",
)  # fmt: skip
_FORMAT = 1
RUN_COLUMNS = {
    "key": "VARCHAR", "point": "VARCHAR", "design": "VARCHAR", "seed": "BIGINT", "status": "VARCHAR",
    "reason": "VARCHAR", "seconds": "DOUBLE",
} | {measure.key: "DOUBLE" for measure in MEASURES}  # fmt: skip


def engine() -> str:
    """The version of what computes a run: the program's, and a hash of its sources."""
    root = Path(orgsim.__file__).parent
    digest = hashlib.sha256()
    for name in _ENGINE:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return f"{orgsim.__version__}+{digest.hexdigest()[:12]}"


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
    """What identifies a resolved scenario."""
    plain = canonical(settings.model_dump(mode="json"))
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def run_key(of_scenario: str, design: str, seed: int, of_engine: str) -> str:
    """The key of a run: of the resolved scenario, the design, the seed and the engine."""
    text = f"{of_scenario}|{design}|{seed}|{of_engine}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


class Store:
    """A folder of results. Raises OrgsimError where it cannot be used."""

    def __init__(self, folder: str | Path, create: bool = False):
        self.folder = Path(folder)
        if not create and not (self.folder / "store.json").exists():
            raise OrgsimError(f"{folder}: there are no results; run `orgsim sweep` first")
        try:
            for name in ("runs", "weekly", "points"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OrgsimError(f"{folder}: cannot be written: {error.strerror}") from None
        known = self.folder / "store.json"
        if known.exists():
            found = json.loads(known.read_text(encoding="utf-8"))
            if found.get("format") != _FORMAT:
                raise OrgsimError(
                    f"{folder}: was written in format {found.get('format')}, this version reads {_FORMAT}; "
                    "choose another folder (--store)"
                )
        else:
            write_json({"format": _FORMAT}, known)

    @property
    def designs(self) -> list[str]:
        """The designs of the last sweep, the baseline first."""
        known = json.loads((self.folder / "store.json").read_text(encoding="utf-8"))
        return list(known.get("designs", []))

    def note(self, **facts: Any) -> None:
        """Write facts about the last sweep beside its results."""
        path = self.folder / "store.json"
        known = json.loads(path.read_text(encoding="utf-8"))
        write_json(known | facts, path)

    def parts(self, table: str) -> list[str]:
        """The files of a table."""
        return sorted(str(path) for path in (self.folder / table).glob("*.parquet"))

    def keys(self) -> dict[str, str]:
        """The keys of the runs that are there, with their status."""
        if not self.parts("runs"):
            return {}
        return dict(self.query("SELECT key, status FROM runs"))

    def query(self, sql: str) -> list[tuple]:
        """The rows of a query over the tables runs, points, weekly."""
        return self.connection().execute(sql).fetchall()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection in which the tables are views on the Parquet parts."""
        connection = duckdb.connect()
        for table in ("runs", "points", "weekly"):
            if files := self.parts(table):
                listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
                # a run that failed once and then went well is there twice: the good one counts
                order = " QUALIFY row_number() OVER (PARTITION BY key ORDER BY status DESC) = 1"
                connection.execute(
                    f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}], union_by_name = true)"
                    + (order if table == "runs" else "")
                )
        return connection

    def add(
        self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]], name: str = ""
    ) -> Path:
        """Write rows as one part: under a temporary name, then moved into place."""
        part = self.folder / table / f"{name or uuid.uuid4().hex}.parquet"
        temporary = part.with_suffix(f".{os.getpid()}.tmp")
        connection = duckdb.connect()
        try:
            described = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            connection.execute(f"CREATE TABLE part ({described})")
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f"INSERT INTO part VALUES ({marks})", [list(row) for row in rows])
            target = str(temporary).replace("'", "''")
            connection.execute(f"COPY part TO '{target}' (FORMAT parquet)")
            os.replace(temporary, part)
        except (OSError, duckdb.Error) as error:
            raise OrgsimError(f"{self.folder}: results cannot be written: {error}") from None
        finally:
            connection.close()
            temporary.unlink(missing_ok=True)
        return part

    def compact(self, table: str, beyond: int = 200) -> None:
        """Put many parts into one."""
        parts = self.parts(table)
        if len(parts) <= beyond:
            return
        merged = self.folder / table / f"{uuid.uuid4().hex}.parquet"
        temporary = merged.with_suffix(".tmp")
        target = str(temporary).replace("'", "''")
        self.connection().execute(f"COPY (SELECT DISTINCT * FROM {table}) TO '{target}' (FORMAT parquet)")
        os.replace(temporary, merged)
        for part in parts:
            Path(part).unlink()
