"""A folder of results as a research object: RO-Crate 1.1 metadata that say what it is and where from."""

from typing import Any

from orgsim.studies.store import TABLES, Store
from orgsim.writing import write_json

_DESCRIPTIONS = {
    "runs": "Every run: key, point, design, seed, status, measures, cost and lead time by line (Parquet)",
    "points": "The points: values of the factors (Parquet)",
    "weekly": "Weekly series by run and week (Parquet)",
}


def write_crate(store: Store) -> None:
    """Write `ro-crate-metadata.json` beside the results. Raises OrgsimError where it cannot be written."""
    write_json(crate(store.notes), store.folder / "ro-crate-metadata.json")


def crate(notes: dict[str, Any]) -> dict[str, Any]:
    """The metadata as JSON-LD (https://w3id.org/ro/crate/1.1)."""
    known = notes.get("provenance", {})
    software = f"#orgsim-{known.get('orgsim', '')}"
    parts = [{"@id": f"{table}/"} for table in TABLES] + [{"@id": "store.json"}]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": notes.get("title", ""),
                "description": notes.get("experiment", {}).get("description", "") or notes.get("title", ""),
                "datePublished": known.get("when", ""),
                "license": {"@id": "#license"},
                "hasPart": parts,
                "mentions": {"@id": "#sweep"},
            },
            *(
                {"@id": f"{table}/", "@type": "Dataset", "name": table, "description": text}
                for table, text in _DESCRIPTIONS.items()
            ),
            {
                "@id": "store.json",
                "@type": "File",
                "name": "The experiment, the scenario as resolved, provenance",
                "encodingFormat": "application/json",
            },
            {
                "@id": "#license",
                "@type": "CreativeWork",
                "name": "The owner of these results has not stated a licence",
            },
            {
                "@id": "#sweep",
                "@type": "CreateAction",
                "name": "orgsim sweep",
                "instrument": {"@id": software},
                "object": {"@id": "store.json"},
                "result": [{"@id": f"{table}/"} for table in TABLES],
                "endTime": known.get("when", ""),
            },
            {
                "@id": software,
                "@type": "SoftwareApplication",
                "name": "orgsim",
                "version": known.get("orgsim", ""),
                "identifier": known.get("engine", ""),
                "softwareRequirements": [
                    f"Python {known.get('python', '')}",
                    *(f"{name} {version}" for name, version in known.get("packages", {}).items()),
                ],
            },
        ],
    }
