"""The archive as a library sees it: add, list, get, mark, and the rooms behind (drafts, report, export, preserve)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from .. import limits as bounds
from ..batch.inputs import Input, expand, in_memory
from ..limits import Limits
from ..texts import Language, language
from . import export as exporting
from . import ingest, keeping, lookup, search
from . import preserve as preserving
from . import report as reporting
from .drafts import Drafts
from .export import Exported, Type
from .ingest import Added
from .period import Period
from .preserve import PreservedDocument
from .records import Entry, Notice
from .report import ArchiveReport
from .sides import Company
from .store import open_store

if TYPE_CHECKING:
    from .lookup import Found

_LAST: Final = 1 << 40
Source = str | os.PathLike[str] | tuple[str, bytes]


class Archive:
    """Documents and messages of SdI in one SQLite file, or in PostgreSQL by URL; a context manager.

    where: a path (made when it is not there) or ``postgresql://user@host/base``. create: False refuses a path where
    nothing is. now: what tells the time (UTC), for tests. Several processes and threads may use one archive at once.
    Raises ``InputError`` when it is no archive, ``OutputError`` when it cannot be written.
    """

    def __init__(
        self,
        where: str | os.PathLike[str],
        *,
        create: bool = True,
        limits: Limits = bounds.DEFAULT,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.store = open_store(where, create=create)
        self.limits = limits
        self._now = now or (lambda: datetime.now(UTC))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def now(self) -> str:
        """The present moment as the archive writes it: ISO 8601, UTC."""
        return self._now().astimezone(UTC).isoformat()

    def add(self, *sources: Source, step: Callable[[str], None] | None = None, jobs: int | None = None) -> Added:
        """Add files, folders, globs, ZIP archives, e-mails, or (name, bytes) pairs; what is there already stays one.

        step: called with the name of every input. jobs: how many processes read (this one writes): 1 none but this
        one, 0 one a processor, None as many as is safe and worth it. What cannot be taken is in ``Added.refused`` and
        stops nothing.
        """
        return self.add_inputs(self._inputs(sources), step=step, jobs=jobs)

    def add_inputs(
        self, items: Iterable[Input], *, step: Callable[[str], None] | None = None, jobs: int | None = None
    ) -> Added:
        """Add inputs that are expanded already."""
        return ingest.add(self.store, items, self.limits, self.now, step, jobs)

    def _inputs(self, sources: Iterable[Source]) -> Iterator[Input]:
        for source in sources:
            if isinstance(source, tuple):
                yield from in_memory(*source, self.limits)
            else:
                yield from expand([os.fspath(source)], self.limits)

    def list(
        self,
        text: str | None = None,
        *,
        order: str | None = None,
        page: int | None = None,
        per_page: int = search.PAGE,
        **filters: object,
    ) -> Iterator[Entry]:
        """The documents that pass every filter, newest first; one that is both sent and received comes twice.

        text: words anywhere in parties, descriptions and causali ("a phrase", begin*). order: created_at, invoice_date,
        invoice_number, with ``-`` downwards. page: from 1, None for all. filters: those of ``search.FILTERS``, for
        instance ``invoice_date_after="2026-01-01", sender="IT01234567890,RSSMRA80A01H501U", marking=["rejected"]``;
        None is no filter. Raises ``UsageError`` for an unknown filter, order or value.
        """
        found = search.query(self.store, filters, text)
        if page is None:
            return search.entries(self.store, found, order)
        before = min(max(page, 1), _LAST) - 1
        return search.entries(self.store, found, order, limit=per_page, offset=before * per_page)

    def count(self, text: str | None = None, **filters: object) -> int:
        """How many documents ``list`` would give without pages."""
        return search.count(self.store, search.query(self.store, filters, text))

    def get(self, key: int | str) -> Found:
        """One document with everything about it: its entries, files, messages and bytes.

        key: its number, UUID, file name, IdentificativoSdI or (the beginning of) the SHA-256 of a file. Raises
        ``UsageError`` when nothing or more than one thing is meant.
        """
        return lookup.get(self.store, key)

    def notices(self, document: int | None = None, *, unmatched: bool = False) -> Iterator[Notice]:
        """The messages of SdI: of a document, those without one, or all."""
        return lookup.notices(self.store, document, unmatched=unmatched)

    @property
    def companies(self) -> tuple[Company, ...]:
        """Our own companies."""
        return keeping.companies(self.store).all

    def add_company(self, vat: str, *tax_codes: str) -> int:
        """Declare a company ours, by VAT number with its country and by its other tax codes; how many documents that
        changes. Raises ``UsageError`` for a number that cannot be one."""
        return keeping.add_company(self.store, vat, tax_codes, self.now())

    def remove_company(self, vat: str) -> int:
        """Declare a company no longer ours; its documents stay. Raises ``UsageError`` when it is not there."""
        return keeping.remove_company(self.store, vat)

    def mark(
        self,
        keys: Iterable[int | str],
        *,
        downloaded: bool | None = None,
        read: bool | None = None,
        archived: bool | None = None,
        state: str | None = None,
        direction: str | None = None,
        source: str = "",
    ) -> int:
        """Set flags of documents, all or none; how many sides changed.

        archived: a rejected document is dealt with (out of the list to fix); ``UsageError`` for one that is not
        rejected. state: what a remote service says, one of ``sdi.states.STATES``; source: who says so. direction:
        only that side.
        """
        marks = keeping.Marks(downloaded, read, archived, state)
        return keeping.mark(self.store, keys, marks, direction, source, self.now())

    def export(
        self,
        to: str | os.PathLike[str] | Callable[[bytes], object],
        *,
        type: Type = "both",  # noqa: A002 - the name of the option
        company: str | Iterable[str] = (),
        year: int | None = None,
        month: int | None = None,
        quarter: int | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        extras: Iterable[str] = (),
        fast: bool = False,
        dry_run: bool = False,
        force: bool = False,
        step: Callable[[str], None] | None = None,
    ) -> Exported:
        """Write the ZIP for the accountant, ``{vat}/send/…`` and ``{vat}/receive/…``; nothing found writes nothing.

        to: a path, or a function that takes bytes. The period is by document date: year and month, year and quarter,
        or first and last day (both inside); none of them is everything. Sent documents go in a definitive state only,
        received ones always and are then read. extras: messages, pdf, csv, manifest. fast: compress with isal.
        dry_run: count, write and mark nothing. Raises ``UsageError`` for periods that mix or miss something,
        ``ExportBusy`` while another export is at work, ``OutputError``.
        """
        period = Period.of(year, month, quarter, first, last)
        companies = [company] if isinstance(company, str) else company
        wanted = exporting.checked(type, companies, period, extras, fast=fast)
        return exporting.export(self.store, to, wanted, self.now, dry_run=dry_run, force=force, step=step)

    @property
    def drafts(self) -> Drafts:
        """Invoices that are not sent yet: create, get, update, delete, send."""
        return Drafts(self)

    def report(
        self,
        *,
        company: str | Iterable[str] = (),
        year: int | None = None,
        month: int | None = None,
        quarter: int | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
    ) -> ArchiveReport:
        """Counts and amounts of a period by direction, type, rate, Natura and state; stamp duty, withholding, gaps,
        doubles. The period as for ``export``, but a year alone is a whole year."""
        companies = [company] if isinstance(company, str) else company
        period = Period.of(year, month, quarter, first, last, whole_year=True)
        return reporting.report(self.store, period, companies)

    def preserve(self, keys: Iterable[int | str], to: str | os.PathLike[str], *, force: bool = False) -> int:
        """Write a package for a preservation service and note its documents as handed over; how many. Raises
        ``UsageError`` for a document that is not settled. This is no accredited preservation itself."""
        return preserving.preserve(self, keys, to, force=force)

    def preserved(self, key: int | str) -> PreservedDocument | None:
        """What became of a document at the preservation, None when it was never handed over."""
        return preserving.preserved(self.store, lookup.find(self.store, key))

    def check(self, lang: Language | None = None) -> tuple[str, ...]:
        """Read everything again and compare it with its SHA-256: what is wrong, in words; empty when all is well.
        Adding a damaged file again mends it."""
        return tuple(trouble.say(language(lang)) for trouble in lookup.check(self.store))
