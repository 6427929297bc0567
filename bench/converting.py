"""Converting measured: XML to JSON beside a bare walk, JSON to XML beside joining strings, both beside the peers.

The bare walk is what any program on lxml must do: parse, take tag and text of every element into dicts and lists, and
dump them with orjson; it knows no schema, keeps no order and loses what it does not see. The bare join escapes every
text and puts it between its tags.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from clock import Call
from digitalia import digitalia
from lxml import etree


def ours_to_json(path: Path) -> Call:
    """XML bytes to JSON bytes in the A-Cube dialect."""
    from fatturakit import open as opened
    from fatturakit import to_json
    from fatturakit.convert.text import to_bytes

    data = path.read_bytes()
    return lambda: to_bytes(to_json(opened(data)))


def ours_to_xml(path: Path) -> Call:
    """A dict in the A-Cube dialect to XML bytes."""
    from fatturakit import from_json, to_json
    from fatturakit import open as opened

    data = to_json(opened(path))
    return lambda: from_json(data).data


def bare_walk(path: Path) -> Call | None:
    """The bare walk."""
    orjson = _package("orjson")
    data = path.read_bytes()
    return orjson and (lambda: orjson.dumps(walked(etree.fromstring(data))))


def bare_join(path: Path) -> Call:
    """The bare join."""
    root = etree.fromstring(path.read_bytes())
    data = walked(root)
    return lambda: joined("FatturaElettronica", data).encode()


def xmltodict_to_json(path: Path) -> Call | None:
    """``xmltodict.parse`` and orjson."""
    package, orjson = _package("xmltodict"), _package("orjson")
    data = path.read_bytes()
    return package and orjson and (lambda: orjson.dumps(package.parse(data)))


def xmltodict_to_xml(path: Path) -> Call | None:
    """``xmltodict.unparse``."""
    package = _package("xmltodict")
    data = package and package.parse(path.read_bytes())
    return package and (lambda: package.unparse(data))


def a38_to_json(path: Path) -> Call | None:
    """What ``a38tool json`` does, from bytes: build its objects, turn them to data, dump it."""
    codec, json = _package("a38.codec"), _package("json")
    data = path.read_bytes()
    if not codec:
        return None
    return lambda: json.dumps(codec.auto_from_etree(codec.ET.fromstring(data)).to_jsonable())


def a38_to_xml(path: Path) -> Call | None:
    """What ``a38tool xml`` does with data in memory: build its objects, write them."""
    codec = _package("a38.codec")
    if not codec:
        return None
    data = codec.auto_from_etree(codec.ET.fromstring(path.read_bytes())).to_jsonable()
    return lambda: codec.ET.tostring(codec.auto_from_dict(data).build_etree().getroot())


def walked(element: etree._Element) -> Any:
    """An element as a dict of what is below, a list where a tag comes again, or its text."""
    if not len(element):
        return element.text or ""
    out: dict[Any, Any] = {}
    for child in element:
        value, tag = walked(child), child.tag
        if tag not in out:
            out[tag] = value
        elif isinstance(out[tag], list):
            out[tag].append(value)
        else:
            out[tag] = [out[tag], value]
    return out


def joined(tag: str, value: Any) -> str:
    """The XML of a value under a tag."""
    if isinstance(value, dict):
        return f"<{tag}>{''.join([joined(key, inner) for key, inner in value.items()])}</{tag}>"
    if isinstance(value, list):
        return "".join([joined(tag, item) for item in value])
    return f"<{tag}>{escape(value)}</{tag}>"


Way = Callable[[Path], Call | None]
ROWS: tuple[tuple[str, Way, Way, tuple[str, float]], ...] = (
    ("XML to JSON", ours_to_json, bare_walk, ("<=", 1.5)),
    ("XML to JSON", ours_to_json, xmltodict_to_json, (">=", 2)),
    ("XML to JSON", ours_to_json, a38_to_json, (">=", 50)),
    ("XML to JSON", ours_to_json, digitalia, (">=", 1)),
    ("JSON to XML", ours_to_xml, bare_join, ("<=", 2.5)),
    ("JSON to XML", ours_to_xml, xmltodict_to_xml, (">=", 4)),
    ("JSON to XML", ours_to_xml, a38_to_xml, (">=", 60)),
)
TITLES = {
    "bare_walk": "bare walk + orjson",
    "bare_join": "bare join",
    "xmltodict_to_json": "xmltodict",
    "xmltodict_to_xml": "xmltodict",
    "a38_to_json": "a38",
    "digitalia": "@digitalia/fatturapa (node)",
    "a38_to_xml": "a38",
}


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None
