"""The second opinion: the whole XSD 1.1 schema by ``xmlschema``, without any rule of ours. Slow; for small files."""

from __future__ import annotations

import os
from typing import Any, Final

from ..errors import InputError
from ..findings import Finding, Layer, Report, Severity, Verdict
from ..texts import Text
from ..xmlio import line_of, parse
from .head import head_of
from .schema import whole
from .source import Source, chunks, source_of
from .validating import Options, today, unreadable

_WORDS: Final = Text(
    "<{name}>, secondo xmlschema: {detail}",
    "<{name}>, says xmlschema: {detail}",
    "<{name}>, segundo xmlschema: {detail}",
)
_FIX: Final = Text(
    "Il motore normale dice di più: ripeti senza --engine.",
    "The normal engine says more: check again without --engine.",
    "O motor normal diz mais: repita sem --engine.",
)


def judge(given: Source | str | os.PathLike[str] | bytes, options: Options | None = None) -> Report:
    """The report of ``xmlschema`` on one audit file, which is read whole."""
    source = given if isinstance(given, Source) else source_of(given)
    options = options or Options()
    try:
        head = head_of(source, options.limits)
        with source.open(options.limits) as stream:
            root = parse(b"".join(chunks(stream, options.limits)))
    except InputError as error:
        return unreadable(source, error)
    schema = whole(head.variant, head.revision(options.revision))
    errors = [_finding(error) for error in _errors(schema, root)]
    shown = tuple(errors[: options.limits.saft_format_errors])
    verdict = Verdict.INVALID if errors else Verdict.VALID
    return Report(source.shown, head.variant.kind, verdict, today(), layers=source.layers, findings=shown)


def _errors(schema: Any, root: Any) -> Any:
    from xmlschema import limits

    before, limits.MAX_XML_ELEMENTS = limits.MAX_XML_ELEMENTS, 1_000_000_000
    try:
        yield from schema.iter_errors(root)
    finally:
        limits.MAX_XML_ELEMENTS = before


def _finding(error: Any) -> Finding:
    element = error.elem
    name = "" if element is None else str(element.tag).rpartition("}")[2]
    line = None if element is None else line_of(element)
    args = {"name": name, "detail": str(error.reason or "")[:300]}
    return Finding("PT2099", Severity.ERROR, Layer.XSD, _WORDS, _FIX, error.path, line, args=args)
