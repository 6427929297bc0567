"""The programs we are measured against, each as a call; None where it is not installed.

Imports are made here and late: a peer that is missing is a row that says so, not an error.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from shutil import which

from clock import Call
from lxml import etree

SCHEMA_FILE = "fatturapa-ordinary-1.2.3.xsd"
_NO_CONTENT = ("000", "001", "002")


def fatturakit_bytes(path: Path) -> Call:
    """Bytes to report: parse, schema, controls, report object."""
    from fatturakit import validate

    data, name = path.read_bytes(), path.name
    return lambda: validate(data, name=name)


def fatturakit_path(path: Path) -> Call:
    """File to report."""
    from fatturakit import validate

    return lambda: validate(path)


def schema_bytes(path: Path) -> Call:
    """Bytes to report without the content controls: parse, name, size, schema, report object."""
    from fatturakit import validate

    data, name = path.read_bytes(), path.name
    return lambda: validate(data, name=name, select=_NO_CONTENT)


def schema_path(path: Path) -> Call:
    """The same from a file."""
    from fatturakit import validate

    return lambda: validate(path, select=_NO_CONTENT)


def bare_bytes(path: Path) -> Call:
    """What any program on lxml must do: parse the bytes, ask the compiled schema."""
    data, schema = path.read_bytes(), _compiled()
    return lambda: schema.validate(etree.fromstring(data))


def bare_path(path: Path) -> Call:
    """The same from a file, read by lxml itself."""
    name, schema = str(path), _compiled()
    return lambda: schema.validate(etree.parse(name))


def a38(path: Path) -> Call | None:
    """What ``a38tool validate`` does, from bytes: build its objects, validate into a list of errors."""
    try:
        codec, validation = import_module("a38.codec"), import_module("a38.validation")
    except ImportError:
        return None
    data = path.read_bytes()

    def run() -> bool:
        found = validation.Validation()
        codec.auto_from_etree(codec.ET.fromstring(data)).validate(found)
        return not found.errors

    return run


def xmlschema(path: Path) -> Call | None:
    """``is_valid`` of a schema built once, on the bytes; None when not installed."""
    try:
        package = import_module("xmlschema")
    except ImportError:
        return None
    schema, data = _built(package.XMLSchema10), path.read_bytes()
    return lambda: schema.is_valid(data)


def version(package: str) -> str:
    """The installed version of a distribution, or "not installed"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def program(name: str) -> str | None:
    """The path of a program installed beside this Python; None when it is not there."""
    return which(name, path=str(Path(sys.executable).parent))


@cache
def _compiled() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_schema())))


@cache
def _built(kind: type) -> object:
    return kind(str(_schema()), allow="local", defuse="never")


def _schema() -> Path:
    from fatturakit.resources import schema_file

    return schema_file(SCHEMA_FILE)


SCHEMA = (schema_bytes, schema_path)
BARE = (bare_bytes, bare_path)
