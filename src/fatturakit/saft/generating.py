"""A ledger as audit files: one pass over the tables, sections spooled to disk, put together when totals are known."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ..errors import ExitCode, FatturakitError, UsageError
from ..findings import Finding, Severity
from ..texts import Text
from ..writing import Staged
from .accounting import Accounts, Entries, journal_names
from .chain import Chain
from .company import Company
from .documents import Documents
from .filling import AuditFile
from .hashchain import Signer, series_of
from .ledger.joined import Joined, Unordered
from .ledger.source import Source, open_source
from .ledger.troubles import Troubles
from .masters import Parties, Products, TaxTable
from .papers import Work
from .spans import Calendar, Span, between, fiscal, spans
from .variant import Variant
from .variant import variant as variant_of
from .writer import Spool, zipped

Check = Literal["auto", "always", "never"]
CHECKED: Final = 16 * 1024 * 1024
"""Bytes up to which a file is also judged by our validator before it appears (a second for every 8 MB)."""

_PIECE: Final = 1 << 20


class LedgerError(FatturakitError):
    """The ledger has errors and nothing was written; ``findings`` says which, with file, row and column."""

    exit_code = ExitCode.FINDINGS

    def __init__(self, findings: tuple[Finding, ...], errors: int) -> None:
        super().__init__(_ERRORS, errors=errors)
        self.findings = findings


class Options(NamedTuple):
    """How to generate. basis: TaxAccountingBasis, the company's (else F) when empty; created: DateCreated, today when
    None; key_version: HashControl of what ``signer`` signs; force: write in spite of errors."""

    year: int | None = None
    month: int | None = None
    start: str = ""
    end: str = ""
    basis: str = ""
    encoding: str = "windows-1252"
    signer: Signer | None = None
    key_version: str = ""
    created: date | None = None
    force: bool = False


class Generated:
    """The files of a ledger, not yet written. Close it (or use ``with``) to give the temporary files back.

    doubtful: something in them, said as a warning, is likely to be refused by our validator.
    """

    def __init__(
        self, files: list[AuditFile], company: Company, troubles: Troubles, drafts: int, *, doubtful: bool = False
    ) -> None:
        self.files, self.company, self.drafts = files, company, drafts
        self._doubtful = doubtful
        self.findings = tuple(troubles.findings)
        self.errors, self.unseen = troubles.errors, troubles.unseen

    def __enter__(self) -> Generated:
        return self

    def __exit__(self, *trace: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary files."""
        for file in self.files:
            file.close()

    def name(self, file: AuditFile) -> str:
        """The name of a file in a folder: ``SAFT-PT-599999993-2026-10.xml``."""
        return f"SAFT-{file.variant.country}-{self.company.nif or 'X'}-{file.span.name}.xml"

    def write(
        self, to: str | os.PathLike[str], *, force: bool = False, check: Check = "auto", packed: bool = False
    ) -> list[Path]:
        """Write one file to a path (``.zip`` packs it), several into a folder; each appears whole or not at all.

        check: judge what was written before it appears, always, never, or ("auto") up to ``CHECKED`` bytes and where
        there is doubt (a certified program without hashes); errors are added to ``findings``, and with errors the file
        does not appear unless ``force``. packed: ZIP in a folder.
        """
        target = Path(to)
        if len(self.files) == 1 and not target.is_dir() and not os.fspath(to).endswith(("/", os.sep)):
            self._write_one(self.files[0], target, force=force, check=check)
            return [target]
        with suppress(FileExistsError):
            target.mkdir(parents=True)
        paths = [(target / self.name(file)).with_suffix(".zip" if packed else ".xml") for file in self.files]
        for file, path in zip(self.files, paths, strict=True):
            self._write_one(file, path, force=force, check=check)
        return paths

    def _write_one(self, file: AuditFile, path: Path, *, force: bool, check: Check) -> None:
        with Staged(path, force=force) as staged, staged.explained():
            stream = staged.stream
            if path.suffix.lower() == ".zip":
                with zipped(stream, path.with_suffix(".xml").name) as write:
                    file.copy(write)
            else:
                file.copy(stream.write)
            stream.flush()
            if self._is_judged(check, stream.tell()):
                self._judge(staged.temporary, path, force=force)
            staged.publish()

    def send(self, write: Callable[[bytes], object], *, force: bool = False, check: Check = "auto") -> None:
        """Hand the first file to ``write``, judged before as ``Generated.write`` does: nothing is sent with errors."""
        with tempfile.TemporaryDirectory(prefix="fatturakit-") as home:
            path = Path(home) / "saft.xml"
            with path.open("wb") as stream:
                self.files[0].copy(stream.write)
            if self._is_judged(check, path.stat().st_size):
                self._judge(path, Path("-"), force=force)
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    write(piece)

    def _is_judged(self, check: Check, size: int) -> bool:
        return check == "always" or (check == "auto" and (self._doubtful or size <= CHECKED))

    def _judge(self, written: Path, path: Path, *, force: bool) -> None:
        """What our own validator says of a file that is about to appear."""
        from .validating import validate

        report = validate(os.fspath(written))
        found = tuple(row._replace(path=f"{path.name}: {row.path or ''}") for row in report.findings)
        errors = report.count(Severity.ERROR)
        self.findings += tuple(row for row in found if row.severity is Severity.ERROR)
        self.errors += errors
        if errors and not force:
            raise LedgerError(self.findings, errors)


def generated(source: Any, variant: str = "pt", options: Options = Options()) -> Generated:  # noqa: B008 - immutable
    """Read a ledger and make its audit files, without writing them.

    source: a folder, a SQLite file or Python objects (see ``ledger.source.open_source``). Raises ``LedgerError`` when
    the ledger has errors and ``options.force`` is not set, ``InputError`` when it cannot be read.
    """
    opened, nation = open_source(source), variant_of(variant)
    try:
        made = _Run(opened, nation, options, indexed=False).made()
    except Unordered:
        made = _Run(opened, nation, options, indexed=True).made()
    if made.errors and not options.force:
        made.close()
        raise LedgerError(made.findings, made.errors)
    return made


class _Run:
    """One pass over a ledger."""

    def __init__(self, source: Source, variant: Variant, options: Options, *, indexed: bool) -> None:
        self._source, self._variant, self._options, self._indexed = source, variant, options, indexed
        self._troubles = Troubles()
        self._company = Company(source, variant, self._troubles, options.basis)
        self._calendar = Calendar(self._spans())
        parts = variant.bases[self._company.basis]
        self._books = "ledger" in parts and "accounts" in source.tables()
        self._sections = tuple(section for section in variant.sections if section.name in parts)
        self._files = [AuditFile(span, variant, self._sections, options.encoding) for span in self._calendar.spans]
        self._by_span = {file.span: file for file in self._files}
        self._drafts = 0

    def _spans(self) -> list[Span]:
        options, first = self._options, self._company.first_month
        if options.start or options.end:
            return [between(options.start, options.end, first)]
        if options.year is None:
            raise UsageError(_WHEN)
        if options.month is None and self._company.basis == "C":
            return [fiscal(options.year, first)]
        return spans(options.year, options.month, first)

    def made(self) -> Generated:
        """The files."""
        try:
            self._documents()
            accounts = self._accounting() if self._books else None
            self._finish(accounts)
        except BaseException:
            for file in self._files:
                file.close()
            raise
        doubtful = self._chain.unsigned and self._company.certificate != "0"
        return Generated(self._files, self._company, self._troubles, self._drafts, doubtful=doubtful)

    def _documents(self) -> None:
        self._products = Products(self._source, self._variant, self._troubles)
        version = self._options.key_version or self._company.key_version
        self._chain = Chain(
            self._source, self._variant, self._troubles, self._options.signer, version, indexed=self._indexed
        )
        work = Work(
            self._variant, self._calendar, self._company.first_month, self._chain, self._products, self._troubles,
            self._company.basis,
        )  # fmt: skip
        for table in ("documents", "receipts"):
            wanted = tuple(each for each in self._sections if (each.name == "payments") is (table == "receipts"))
            if wanted and table in self._source.tables():
                joined = Joined(self._source, table, self._troubles, order=_place, indexed=self._indexed)
                documents = Documents(joined, wanted, work, self._by_span)
                documents.write()
                self._drafts += documents.drafts

    def _accounting(self) -> Accounts:
        accounts = Accounts(self._source, self._variant, self._company.taxonomy, self._troubles)
        if "entries" in self._source.tables():
            joined = Joined(self._source, "entries", self._troubles, indexed=self._indexed)
            first = self._company.first_month
            entries = Entries(joined, self._variant, accounts, self._calendar, first, self._troubles)
            parties = {file.span: (file.customers, file.suppliers) for file in self._files}
            entries.write({file.span: file.journals for file in self._files}, parties)
        return accounts

    def _finish(self, accounts: Accounts | None) -> None:
        self._warn()
        customers = Parties(self._source, self._variant, "customers", self._troubles)
        suppliers = Parties(self._source, self._variant, "suppliers", self._troubles)
        taxes = TaxTable(self._source, self._variant, self._troubles)
        names = journal_names(self._source, self._troubles) if accounts else {}

        def masters(file: AuditFile, spool: Spool) -> None:
            if accounts:
                accounts.write(spool)
            customers.write(file.customers, spool.write, everyone=self._books)
            suppliers.write(file.suppliers, spool.write, everyone=self._books)
            self._products.write(file.products, spool.write)
            taxes.write(file.taxes, spool.write)

        created = self._options.created or date.today()  # noqa: DTZ011 - the day on the user's wall
        for file in self._files:
            header = self._company.header(file.span, created.isoformat())
            file.finish(header, masters, names, books=bool(accounts))

    def _warn(self) -> None:
        self._troubles.at("", None)
        if self._company.certificate == "0" or self._chain.unsigned:
            self._troubles.warn("SL012", self._variant.conversion, self._variant.conversion_fix)
        if not any(file.documents or file.journals.entries for file in self._files):
            spans_ = self._calendar.spans
            self._troubles.warn("SL014", _NOTHING, start=spans_[0].start, end=spans_[-1].end)


def _place(number: str) -> tuple[str, int]:
    return series_of(number.strip()) or (number, 0)


def generate(
    source: Any, variant: str = "pt", *, month: int | None = None, year: int | None = None,
    to: str | os.PathLike[str] | None = None, check: Check = "auto", **how: Any,
) -> Generated:  # fmt: skip
    """Generate audit files from a ledger and write them to ``to`` (a file, or a folder for several).

    ``how`` takes the other fields of ``Options``. The result lists the findings (warnings, and errors with ``force``);
    without ``to`` nothing is written and the result must be closed by the caller.
    """
    made = generated(source, variant, Options(year=year, month=month, **how))
    if to is not None:
        with made:
            made.write(to, force=bool(how.get("force")), check=check)
    return made


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """The severity of the worst finding, None when there is none."""
    return max((finding.severity for finding in findings), key=lambda severity: severity.rank, default=None)


def written_bytes(file: AuditFile) -> Iterator[bytes]:
    """The bytes of a file in pieces."""
    pieces: list[bytes] = []
    file.copy(pieces.append)
    return iter(pieces)


_ERRORS: Final = Text(
    "Il registro ha {errors} errori: niente è stato scritto.",
    "The ledger has {errors} errors: nothing was written.",
    "O registo tem {errors} erros: nada foi escrito.",
)
_WHEN: Final = Text(
    "Dì di quando: --year e --month, o --from e --to.",
    "Say of when: --year and --month, or --from and --to.",
    "Indique o período: --year e --month, ou --from e --to.",
)
_NOTHING: Final = Text(
    "Nessun documento fra {start} e {end}.",
    "No document from {start} to {end}.",
    "Nenhum documento entre {start} e {end}.",
)
