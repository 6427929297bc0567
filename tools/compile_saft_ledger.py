"""Write docs/saft-ledger.schema.json and docs/saft-ledger.md, the tables of the neutral ledger, from their declaration.

python tools/compile_saft_ledger.py           write them
python tools/compile_saft_ledger.py --check   say whether they are up to date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fatturakit.saft.ledger.columns import Column, Table
from fatturakit.saft.ledger.records import children_of
from fatturakit.saft.ledger.tables import REQUIRED, TABLES
from generated import keep

DOCS = Path(__file__).resolve().parent.parent / "docs"
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "number", "null"]},
    "decimal": {"type": ["string", "number", "null"], "pattern": r"^\s*([0-9]+(\.[0-9]+)?)?\s*$"},
    "date": {"type": ["string", "null"], "pattern": r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00:00)?)?\s*$"},
    "datetime": {"type": ["string", "null"], "pattern": r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?)?\s*$"},
    "integer": {"type": ["integer", "string", "null"], "pattern": r"^\s*[0-9]*\s*$"},
    "boolean": {"type": ["boolean", "string", "integer", "null"]},
}
HEAD = """# The neutral ledger

Written by `tools/compile_saft_ledger.py`; do not edit. A star marks a required column. The JSON Schema of them
is [saft-ledger.schema.json](saft-ledger.schema.json).

A ledger is a folder with one file a table (`documents.csv`, `lines.parquet`, `customers.jsonl`, mixed as you like), a
SQLite file with tables or views of these names, or a Python mapping from table names to rows. Amounts are decimal text
with a dot, never negative; days `YYYY-MM-DD`; moments `YYYY-MM-DDThh:mm:ss`, local time without a zone. In JSON Lines
and in Python objects the lines may stand inside their document, receipt or entry, under `lines`.

The rows of `lines` (and of `receipt_lines`, `entry_lines`) stand in the order of what they belong to, and the numbers
of a series grow: then everything is read in one pass. Otherwise the tables go through a temporary database on disk,
which is slower and takes no more memory.
"""


def property_of(column: Column) -> dict[str, Any]:
    """A column as a property."""
    return {**TYPES[column.kind], "description": column.help.en}


def rows_of(table: Table) -> dict[str, Any]:
    """A row of a table as an object, with the rows that may stand inside it."""
    properties = {column.name: property_of(column) for column in table.columns}
    inside = {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}_inside"}} for name in children_of(table.name)}
    required = [column.name for column in table.columns if column.required]
    return {
        "type": "object",
        "description": table.help.en,
        "properties": {**properties, **inside},
        "required": required,
        "additionalProperties": False,
    }


def schema() -> dict[str, Any]:
    """The schema of a whole ledger as one JSON object; that of one row of JSON Lines is under ``$defs``."""
    defs = {table.name: rows_of(table) for table in TABLES.values()}
    for table in TABLES.values():
        if table.parent:
            row = rows_of(table)
            defs[f"{table.name}_inside"] = {**row, "required": [name for name in row["required"] if name != table.link]}
    tables = {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in TABLES}
    tables["company"] = {"$ref": "#/$defs/company"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:fatturakit:schemas:saft-ledger",
        "title": "fatturakit SAF-T ledger",
        "type": "object",
        "properties": tables,
        "required": list(REQUIRED),
        "additionalProperties": False,
        "$defs": defs,
    }


def page() -> str:
    """The page for people, in English and Italian."""
    parts = [HEAD]
    for table in TABLES.values():
        parts.append(f"\n## {table.name}\n\n{table.help.en} {table.help.it}\n\n")
        parts.append("| column | kind | meaning | significato |\n|---|---|---|---|\n")
        for column in table.columns:
            name = f"`{column.name}`" + (" *" if column.required else "")
            parts.append(f"| {name} | {column.kind} | {column.help.en} | {column.help.it} |\n")
    return "".join(parts)


def main() -> int:
    """Write or check both."""
    text = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    answers = (
        keep(DOCS / "saft-ledger.schema.json", text.encode(), "compile_saft_ledger.py"),
        keep(DOCS / "saft-ledger.md", page().encode(), "compile_saft_ledger.py"),
    )
    return max(answers)


if __name__ == "__main__":
    sys.exit(main())
