"""Write the JSON Schemas (2020-12) of every dialect and kind of document, and of what compose takes, to docs/schemas.

    python tools/compile_jsonschema.py            write them
    python tools/compile_jsonschema.py --check    exit 1 and name the files that differ

They describe shape and types, and accept every document that converts, wrong content included: what a value may be is
for the annotations ``x-pattern`` and ``x-values``, and whether it is right for ``fatturakit validate``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import composed_entries
from fatturakit.convert.dialects import DIALECTS, RESERVED, Dialect
from fatturakit.convert.lossless import FORMAT
from fatturakit.convert.shapes import Place, shape_of
from fatturakit.convert.values import DECIMAL, INTEGER
from fatturakit.schema.profiles import PROFILES, Profile
from fatturakit.schema.table import SimpleType
from generated import keep

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schemas"
TYPES = {INTEGER: ["integer", "string", "null"], DECIMAL: ["number", "string", "null"]}
KEPT = {
    "description": "What the dialect has no place for, as fatturakit convert --lossless writes it",
    "type": "object",
    "properties": {"format": {"const": FORMAT}, "xml": {"type": "string"}, "bytes": {"type": "string"}},
    "required": ["format"],
    "oneOf": [{"required": ["xml"]}, {"required": ["bytes"]}],
    "additionalProperties": False,
}


def simple(type_: SimpleType, value: int) -> dict[str, Any]:
    """The definition of a simple type."""
    found: dict[str, Any] = {"type": TYPES.get(value, ["string", "null"]), "x-base": type_.base}
    if type_.enumeration:
        found["x-values"] = list(type_.enumeration)
    if type_.patterns:
        found["x-pattern"] = list(type_.patterns)
    limits = {"x-minLength": type_.min_length, "x-maxLength": type_.max_length, "x-length": type_.length}
    return found | {key: limit for key, limit in limits.items() if limit is not None}


def property_of(place: Place, definitions: dict[str, Any]) -> dict[str, Any]:
    """What stands under one key."""
    head = {"description": " ".join(part for part in (place.row.field, place.row.it, "/", place.row.en) if part)}
    if place.is_object:
        inner = object_of(place, definitions)
    else:
        assert place.row.type is not None
        name = place.row.type.name.removeprefix("xs:") + {INTEGER: "-integer", DECIMAL: "-number"}.get(place.value, "")
        definitions[name] = simple(place.row.type, place.value)
        inner = {"$ref": f"#/$defs/{name}"}
    if not place.repeats:
        return head | inner
    return head | {"type": ["array", "null"], "items": inner}


def object_of(place: Place, definitions: dict[str, Any]) -> dict[str, Any]:
    """An object with nothing but what has a place."""
    properties = {below.key: property_of(below, definitions) for below in (*place.attributes, *place.below)}
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def schema(profile: Profile, dialect: Dialect) -> dict[str, Any]:
    """The schema of the documents of one profile in one dialect."""
    definitions: dict[str, Any] = {}
    places = [shape_of(profile, dialect, root) for root in profile.roots]
    name = file_name(profile, dialect)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fatturakit:schemas:{name.removesuffix('.schema.json')}",
        "title": f"{profile.name} in the dialect {dialect.name}",
        "type": "object",
    }
    if not dialect.wraps(profile):
        body = object_of(places[0], definitions) | {"type": "object"}
    else:
        roots = {place.key: object_of(place, definitions) | {"type": "object"} for place in places}
        body = {"properties": roots, "oneOf": [{"required": [key]} for key in roots], "additionalProperties": False}
    body["properties"] = {**body["properties"], RESERVED: KEPT}
    return {**head, **body, "$defs": dict(sorted(definitions.items()))}


def file_name(profile: Profile, dialect: Dialect) -> str:
    """The file of one profile in one dialect."""
    return f"{dialect.name}-{profile.name}.schema.json"


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema with the name of its file."""
    for dialect in DIALECTS.values():
        for profile in PROFILES:
            if profile.is_invoice or dialect.messages:
                yield file_name(profile, dialect), schema(profile, dialect)
    yield f"{composed_entries.NAME}.schema.json", composed_entries.schema()


def main() -> int:
    """Write the files, or compare with ``--check``; a file that belongs to no schema is a difference too."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = dict(schemas())
    answers = [
        keep(FOLDER / name, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode(), "compile_jsonschema.py")
        for name, found in made.items()
    ]
    strange = [path for path in FOLDER.glob("*.schema.json") if path.name not in made]
    for path in strange:
        print(f"{path.name} belongs to no dialect and kind")
    return max([*answers, int(bool(strange))])


if __name__ == "__main__":
    sys.exit(main())
