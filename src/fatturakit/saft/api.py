"""Audit files for programs: the verbs of the command line as functions with keywords; the work is next door."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ..errors import InputError
from ..findings import Report, given_names
from ..limits import DEFAULT, Limits
from ..refusals import reason
from ..texts import Text
from .source import Source, source_of

if TYPE_CHECKING:
    from .converting import Converted
    from .inspecting import Summary

Given = Source | str | os.PathLike[str] | bytes
Several = Given | Iterable[Given]


def validate(
    source: Given,
    *,
    revision: str | None = None,
    profile: Literal["strict", "efatura"] = "strict",
    fiscal_year_start: int | None = None,
    engine: Literal["stream", "xmlschema"] = "stream",
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    limits: Limits = DEFAULT,
) -> Report:
    """The report on an audit file (a path, also of a ZIP, or bytes), whatever its size; never raises for a bad one.

    revision: of the Portuguese schema, "2022" or "2016" (None: by the day the file was made); profile: "efatura" makes
    missing references warnings; fiscal_year_start: month 1 to 12; select, ignore: prefixes of codes, one or several; engine: "xmlschema" is a second opinion, schema only.
    """
    from .validating import Options
    from .validating import validate as streaming

    options = Options(revision, profile, fiscal_year_start, given_names(select), given_names(ignore), limits)
    if engine == "xmlschema":
        from .second import judge

        return judge(source, options)
    return streaming(source, options)


def verify(sources: Several, key: str | os.PathLike[str] | bytes, *, limits: Limits = DEFAULT) -> list[Report]:
    """The chain of signatures through one file or several monthly ones: a report for each, in the order of the chain.

    key: the public key or certificate as PEM, a path or its bytes. Needs the extra ``sign``.
    """
    from .verifying import verify as chain

    return list(chain(_sources(sources), key_bytes(key), limits))


def convert(
    sources: Several,
    to: Literal["csv", "jsonl", "parquet", "sqlite", "xlsx"],
    target: str | os.PathLike[str],
    *,
    by_series: bool = False,
    force: bool = False,
    limits: Limits = DEFAULT,
) -> Converted:
    """Write the tables of audit files, months merged; a folder for csv, jsonl and parquet, a file for sqlite and xlsx."""
    from .converting import convert as tables

    return tables(_sources(sources), to, target, by_series=by_series, force=force, limits=limits)


def inspect(source: Given, *, limits: Limits = DEFAULT) -> Summary:
    """An audit file in a few numbers: company, sections, VAT by rate, months, best customers."""
    from .inspecting import inspect as summary

    return summary(_source(source), limits)


def qr(source: str | os.PathLike[str], number: str = "", *, limits: Limits = DEFAULT) -> dict[str, str]:
    """The text of the QR codes of a file by document number; of one document when ``number`` is given."""
    from .qr_code import payload
    from .qr_reading import codes

    return {code.number: payload(code) for code in codes(source, limits, number)}


def _sources(given: Several) -> list[Source]:
    single = isinstance(given, Source | str | os.PathLike | bytes)
    return [_source(each) for each in ((given,) if single else given)]  # type: ignore[arg-type,union-attr]


def _source(given: Given) -> Source:
    return given if isinstance(given, Source) else source_of(given)


def key_bytes(given: str | os.PathLike[str] | bytes) -> bytes:
    """A key as PEM, read from its file when a path is given."""
    if isinstance(given, bytes):
        return given
    try:
        with Path(given).open("rb") as stream:
            return stream.read(_LONGEST_KEY)
    except OSError as error:
        raise InputError(_NO_KEY, path=os.fspath(given), reason=reason(error)) from error


_LONGEST_KEY: Final = 1 << 20
_NO_KEY: Final = Text(
    "La chiave «{path}» non si può leggere: {reason}.",
    "The key “{path}” cannot be read: {reason}.",
    "Não se pode ler a chave «{path}»: {reason}.",
)
