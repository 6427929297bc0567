"""A few operations whose instructions are counted: a number that a busy machine does not change.

``python bench/kernels.py NAME TIMES`` runs one so many times between two marks; ``counting.py`` has valgrind watch it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import inputs
import peers
from clock import Call


def _validate() -> Call:
    return peers.fatturakit_bytes(inputs.small())


def _schema() -> Call:
    return peers.schema_bytes(inputs.small())


def _bare() -> Call:
    return peers.bare_bytes(inputs.small())


def _validate_lines() -> Call:
    return peers.fatturakit_bytes(inputs.long(100))


def _to_json() -> Call:
    from converting import ours_to_json

    return ours_to_json(inputs.small())


def _to_xml() -> Call:
    from converting import ours_to_xml

    return ours_to_xml(inputs.small())


def _unwrap() -> Call:
    from base64 import b64encode

    from fatturakit import unwrap

    wrapped = b64encode(inputs.small().read_bytes())
    return lambda: unwrap(wrapped)


def _page() -> Call:
    from fatturakit import open as opened
    from fatturakit import render

    data = inputs.small().read_bytes()
    return lambda: render(opened(data), theme="assosoftware")


KERNELS: dict[str, Callable[[], Call]] = {
    "bare parse and schema, 8 KB": _bare,
    "validate, schema only, 8 KB": _schema,
    "validate, all controls, 8 KB": _validate,
    "validate, all controls, 100 lines": _validate_lines,
    "XML to JSON, 8 KB": _to_json,
    "JSON to XML, 8 KB": _to_xml,
    "unwrap base64, 8 KB": _unwrap,
    "HTML page, 8 KB": _page,
}
"""By the name that stands in the history; a name that changes begins a new line there."""

_WARM = 5


def mark() -> None:
    """A function of the C library that nobody else calls: where valgrind begins and ends to count."""
    os.getloadavg()


if __name__ == "__main__":
    kernel = KERNELS[sys.argv[1]]()
    for _ in range(_WARM):
        kernel()
    mark()
    for _ in range(int(sys.argv[2])):
        kernel()
    mark()
