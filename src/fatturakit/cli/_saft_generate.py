"""The work of ``fatturakit saft generate``."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..errors import ExitCode, InputError, OutputError, UsageError
from ..findings import Finding, Severity
from ..refusals import reason
from ..report._visible import visible
from ..texts import Language, Text, language
from . import _io

if TYPE_CHECKING:
    from ..saft.filling import AuditFile
    from ..saft.generating import Generated
    from ..saft.hashchain import Signer

PASSWORD = "FATTURAKIT_SAFT_PASSWORD"  # noqa: S105 - the name of a variable


class Given(NamedTuple):
    """What may be said to ``saft generate`` beside the source."""

    variant: str = "pt"
    month: int | None = None
    year: int | None = None
    start: str = ""
    end: str = ""
    basis: str = ""
    encoding: str = "windows-1252"
    packed: bool = False
    key: str | None = None
    password_file: str | None = None
    key_version: str = ""
    nif: str = ""
    created: str = ""
    check: Literal["auto", "always", "never"] = "auto"
    format_name: str = "text"
    target: str | None = None
    force: bool = False
    quiet: bool = False
    lang: str | None = None


def generate(names: tuple[str, ...], given: Given) -> int:
    """Generate what ``names`` hold; the exit code."""
    from ..saft.generating import LedgerError, Options, generated

    lang = language(given.lang)
    source, found, unread = _source(names, given)
    for finding in found:
        _say(finding, lang, quiet=given.quiet)
    if given.variant == "oecd":
        _neutral(source, given)
        return ExitCode.INPUT if unread else ExitCode.OK
    options = Options(
        given.year, given.month, given.start, given.end, given.basis, given.encoding, _signer(given), given.key_version,
        _day(given.created), given.force,
    )  # fmt: skip
    try:
        with generated(source, given.variant, options) as made:
            said = len(made.findings)
            for finding in made.findings:
                _say(finding, lang, quiet=given.quiet)
            paths = _written(made, given)
            for finding in made.findings[said:]:
                _say(finding, lang, quiet=given.quiet)
            _tell(made, paths, given, lang)
            if unread:
                return ExitCode.INPUT
            return ExitCode.FINDINGS if made.errors else ExitCode.OK
    except LedgerError as error:
        for finding in error.findings:
            _say(finding, lang, quiet=given.quiet)
        _io.message(f"fatturakit: {error.say(lang)}")
        return error.exit_code


def _neutral(source: Any, given: Given) -> None:
    """The ledger as JSON in the shape of the OECD, or into a folder as tables."""
    from ..saft.oecd import write, write_tables
    from ..writing import is_empty

    if given.target and (given.target.endswith(("/", os.sep)) or Path(given.target).is_dir()):
        if not given.force and Path(given.target).is_dir() and not is_empty(given.target):
            raise OutputError(_NOT_EMPTY, path=given.target)
        write_tables(source, Path(given.target))
        return
    with _io.binary(given.target, force=given.force) as out:
        write(source, out)


def _source(names: tuple[str, ...], given: Given) -> tuple[Any, tuple[Finding, ...], int]:
    """The ledger, or the one invoices make, with what was lost on the way and the number of those not read."""
    from ..saft.ledger.source import is_ledger

    if len(names) == 1 and is_ledger(names[0]):
        return names[0], (), 0
    from ._saft_invoices import ledger_of

    return ledger_of(names, given.nif, given.variant, force=given.force)


def _signer(given: Given) -> Signer | None:
    if not given.key:
        return None
    from ..saft.hashchain import Signer

    password = os.environ.get(PASSWORD, "").encode()
    if given.password_file:
        try:
            password = Path(given.password_file).read_bytes().strip()
        except OSError as error:
            raise InputError(_NO_FILE, path=given.password_file, reason=reason(error)) from error
    return Signer.from_file(given.key, password or None)


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError as error:
        raise UsageError(_NO_DAY, value=raw) from error


def _written(made: Generated, given: Given) -> list[str]:
    if given.target is None or given.target == "-":
        if len(made.files) > 1:
            raise UsageError(_FOLDER)
        sys.stdout.flush()
        with _io.binary(None, force=True) as write:
            made.send(write, force=given.force, check=given.check)
        return ["-"]
    target = given.target
    if given.packed and len(made.files) == 1 and not Path(target).is_dir() and not target.endswith((".zip", "/")):
        raise UsageError(_ZIP)
    if len(made.files) > 1 and Path(target).is_file():
        raise OutputError(_NOT_FOLDER, path=target)
    return [str(path) for path in made.write(target, force=given.force, check=given.check, packed=given.packed)]


def _say(finding: Finding, lang: Language, *, quiet: bool) -> None:
    if quiet and finding.severity is not Severity.ERROR:
        return
    where = ":".join(visible(str(part)) for part in (finding.path, finding.line, finding.field) if part)
    said = (where and f"{where}:", finding.code, finding.severity.value, finding.say(lang), finding.remedy(lang))
    _io.message(" ".join(visible(part) for part in said if part))


def _tell(made: Generated, paths: list[str], given: Given, lang: Language) -> None:
    if given.format_name == "json":
        from ..report._encode import encode

        rows = [finding.to_dict(lang) for finding in made.findings]
        files = [_as_dict(file, path) for file, path in zip(made.files, paths, strict=True)]
        out = {"schema": "fatturakit/saft-generated@1", "files": files, "drafts": made.drafts, "findings": rows}
        text = encode(out)
        stream = sys.stderr if paths == ["-"] else sys.stdout
        print(text, file=stream)
    elif not given.quiet:
        for file, path in zip(made.files, paths, strict=True):
            words = _DONE.say(
                lang, {"path": path, "count": file.documents + file.journals.entries, "name": file.span.name}
            )
            _io.message(words)
        if made.drafts:
            _io.message(_DRAFTS.say(lang, {"count": made.drafts}))


def _as_dict(file: AuditFile, path: str) -> dict[str, object]:
    sections = {
        totals.section.container: {
            "documents": totals.entries,
            "lines": totals.lines,
            "total_debit": f"{totals.debit:f}",
            "total_credit": f"{totals.credit:f}",
        }
        for totals in file.sections.values()
        if totals.entries
    }
    return {"path": path, "start": file.span.start, "end": file.span.end, "sections": sections}


_NO_FILE = Text(
    "«{path}» non si può leggere: {reason}.",
    "“{path}” cannot be read: {reason}.",
    "Não se pode ler «{path}»: {reason}.",
)
_NO_DAY = Text(
    "«{value}» non è un giorno AAAA-MM-GG.", "“{value}” is no day YYYY-MM-DD.", "«{value}» não é uma data AAAA-MM-DD."
)
_FOLDER = Text(
    "Più file: dai una cartella con -o CARTELLA/.",
    "Several files: name a folder with -o FOLDER/.",
    "Vários ficheiros: indique uma pasta com -o PASTA/.",
)
_ZIP = Text(
    "Con --zip il nome finisce in .zip.", "With --zip the name ends in .zip.", "Com --zip o nome acaba em .zip."
)
_NOT_FOLDER = Text(
    "«{path}» è un file: serve una cartella.",
    "“{path}” is a file: it takes a folder.",
    "«{path}» é um ficheiro: é precisa uma pasta.",
)
_NOT_EMPTY = Text(
    "«{path}» non è vuota: usa --force.", "“{path}” is not empty: use --force.", "«{path}» não está vazia: use --force."
)
_DONE = Text(
    "{path}: {name}, {count} documenti.", "{path}: {name}, {count} documents.", "{path}: {name}, {count} documentos."
)
_DRAFTS = Text("Bozze non esportate: {count}.", "Drafts left out: {count}.", "Rascunhos deixados de fora: {count}.")
