"""Somebody's XSL style sheet (XSLT 1.0), run without a way to files or the network."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

from lxml import etree

from ..document import Document
from ..errors import UsageError
from ..texts import Text
from ..xmlio import parse_stylesheet

_DENIED: Final[dict[str, bool]] = dict.fromkeys(
    ["read_file", "write_file", "create_dir", "read_network", "write_network"], False
)
_OTHERS: Final = [f"{{http://www.w3.org/1999/XSL/Transform}}{name}" for name in ("include", "import")]
_NOTHING: Final = etree.XSLTAccessControl(**_DENIED)


def transformed(document: Document, stylesheet: str | os.PathLike[str]) -> str:
    """What the style sheet makes of a document; ``UsageError`` when it cannot be used."""
    sheet = _compiled(os.fspath(stylesheet), _stamp(stylesheet))
    try:
        return str(sheet(document.root.getroottree()))
    except etree.XSLTApplyError as error:
        raise UsageError(_FAILED, path=os.fspath(stylesheet), reason=str(error)) from error


def _stamp(path: str | os.PathLike[str]) -> tuple[int, int]:
    """What tells a file from what it was before."""
    try:
        found = os.stat(path)  # noqa: PTH116 - given as it came
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(4)
def _compiled(path: str, stamp: tuple[int, int]) -> etree.XSLT:
    try:
        tree = parse_stylesheet(path)
        if next(tree.iter(*_OTHERS), None) is not None:  # read while compiling, whatever may be read afterwards
            raise UsageError(_NOT_ALONE, path=path)
        return etree.XSLT(tree, access_control=_NOTHING)
    except (OSError, etree.XMLSyntaxError, etree.XSLTParseError) as error:
        raise UsageError(_UNUSABLE, path=path, reason=str(error)) from error


_UNUSABLE: Final = Text(
    "«{path}» non è un foglio di stile XSLT 1.0 utilizzabile: {reason}.",
    "“{path}” is no usable XSLT 1.0 style sheet: {reason}.",
)
_NOT_ALONE: Final = Text(
    "«{path}» prende altri file con xsl:include o xsl:import: deve stare tutto in un file.",
    "“{path}” takes other files by xsl:include or xsl:import: it must be one whole file.",
)
_FAILED: Final = Text(
    "Il foglio di stile «{path}» si è fermato: {reason}. Non può leggere file né la rete.",
    "The style sheet “{path}” stopped: {reason}. It may read neither files nor the network.",
)
