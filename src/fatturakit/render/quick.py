"""Names of C types, which WeasyPrint writes out wherever it needs one, understood without delay.

cffi hands every such name to its C parser together with all the types of Pango and HarfBuzz, dozens of lines for one
word; here the parser is given only the types that the name has in it.
"""

from __future__ import annotations

import re
from typing import Any, Final

_WORDS: Final = re.compile(r"\w+")


def hasten(ffi: Any) -> None:
    """Let ``ffi`` (cffi's, with everything declared) find types faster; what it finds is the same."""
    parser: Any = getattr(ffi, "_parser", None)
    if not hasattr(parser, "_declarations") or not hasattr(parser, "parse_type_and_quals"):
        return
    understand = parser.parse_type_and_quals

    def quickly(name: str) -> Any:
        everything, words = parser._declarations, set(_WORDS.findall(name))  # noqa: SLF001
        few = {key: value for key, value in everything.items() if key.rpartition(" ")[2] in words}
        before = len(few)
        parser._declarations = few  # noqa: SLF001
        try:
            found = understand(name)
        finally:
            parser._declarations = everything  # noqa: SLF001
        return found if len(few) == before else understand(name)

    parser.parse_type_and_quals = quickly
