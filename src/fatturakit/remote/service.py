"""A provider as an object: its verbs as methods, the same for programs that wait and programs that do not."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self

from ..limits import DEFAULT, Limits
from . import periods, saft
from .bodies import Source
from .calls import Given, call, form_kind, pages
from .client import AsyncDriver, Driver
from .counter import Configurations, Receipts
from .drafts import Drafts
from .endpoints import ZIP
from .paging import Pages
from .saving import saved
from .session import Session
from .steps import Flow
from .verbs import D, Holder, flow, rows

Target = str | os.PathLike[str]
Row = dict[str, Any]


class Service(Holder[D], Generic[D]):
    """What a provider can do. A verb its table does not have is a ``UsageError`` that names those it has.

    ``RemoteFailure`` (exit code 5) when the service refuses, breaks, or does not answer.
    """

    def __init__(self, session: Session, driver: D, limits: Limits = DEFAULT) -> None:
        super().__init__(session, driver)
        self._limits = limits

    def has(self, verb: str) -> bool:
        """Whether the table of the provider has a verb."""
        return self._session.provider.find(verb) is not None

    @property
    def drafts(self) -> Drafts[D]:
        """The drafts of invoices."""
        return Drafts(self._session, self._driver)

    @property
    def receipts(self) -> Receipts[D]:
        """The receipts."""
        return Receipts(self._session, self._driver)

    @property
    def configurations(self) -> Configurations[D]:
        """The companies that are configured."""
        return Configurations(self._session, self._driver)

    @flow
    def send(self, document: Source, /, *, send_as: str = "", check: bool = True, **flags: Any) -> Flow[str]:
        """Send an invoice to SdI; its identifier at the service, which works on it from then on.

        document: a path, bytes, an open document, or data in the dialect of the service. send_as: "xml" or "json"
        (default: as it is). check: judge it here first; ``FindingsError`` when SdI would reject it. flags: sign,
        legal_storage, mute.
        """
        return call(self._session, "send", flags, Given(document, send_as, check=check, limits=self._limits))

    @flow
    def validate(self, document: Source, *, send_as: str = "") -> Flow[Any]:
        """Have the service check an invoice; nothing is kept there. Returns what it says, often nothing."""
        return call(self._session, "validate", {}, Given(document, send_as, limits=self._limits))

    @flow
    def convert(self, document: Source) -> Flow[Any]:
        """XML to data, or data to XML (bytes), done by the service."""
        return call(self._session, "convert", {}, Given(document, limits=self._limits))

    @rows
    def list(self, /, **filters: Any) -> Pages[Row]:
        """The invoices, each as data, page after page; filters: see the table of the provider."""
        return pages(self._session, "list", filters)

    @rows
    def report(self, /, **filters: Any) -> Pages[Row]:
        """The rows of the report; filters as for ``list``."""
        return pages(self._session, "report", filters)

    @flow
    def get(
        self, uuid: str, form: str = "json", *, theme: str | None = None,
        head_notes: str | None = None, foot_notes: str | None = None,
    ) -> Flow[Any]:  # fmt: skip
        """An invoice: data for "json", bytes for "xml", "html", "pdf" and "raw" (as received, P7M or XML)."""
        values = {"id": uuid, "theme": theme, "head_notes": head_notes, "foot_notes": foot_notes}
        return call(self._session, "get", values, Given(form=form))

    @flow
    def download(
        self, to: Target, /, uuid: str | None = None, form: str = "raw", *, force: bool = False, **given: Any
    ) -> Flow[Path | None]:
        """An invoice, or without ``uuid`` the ZIP of the list, saved at ``to``."""
        if uuid is None:
            return saved(self._session, self._session.row("list"), given, to, kind=ZIP, force=force)
        values = {"id": uuid, **given}
        return saved(self._session, self._session.row("get"), values, to, kind=form_kind(form), force=force)

    @flow
    def downloaded(self, uuids: Sequence[str], downloaded: bool = True) -> Flow[Any]:
        """Mark invoices as downloaded, or not."""
        return call(self._session, "downloaded", {}, Given({"uuids": [*uuids], "downloaded": downloaded}))

    @flow
    def archive_rejected(self, uuid: str) -> Flow[Any]:
        """Put away a rejected invoice: it leaves the list of those to be mended."""
        return call(self._session, "archive_rejected", {"id": uuid})

    @flow
    def notify(self, uuid: str) -> Flow[Any]:
        """Fire the callback of an invoice again."""
        return call(self._session, "notify", {"id": uuid})

    @flow
    def notifications_notify(self, uuid: str) -> Flow[Any]:
        """Fire the callbacks of the notifications of an invoice again."""
        return call(self._session, "notifications_notify", {"id": uuid})

    @flow
    def notifications(self, uuid: str, form: str = "json") -> Flow[Any]:
        """What SdI said about an invoice: a list, or bytes for "xml"."""
        return call(self._session, "notifications", {"id": uuid}, Given(form=form))

    @flow
    def attachment(self, uuid: str, index: int) -> Flow[bytes]:
        """An attachment of an invoice, counted from 0, as bytes."""
        return call(self._session, "attachment", {"id": uuid, "index": index})

    @flow
    def preserve(self, uuid: str) -> Flow[Any]:
        """Have an invoice preserved; how it went comes later."""
        return call(self._session, "preserve", {"id": uuid})

    @flow
    def preserved(self, uuid: str) -> Flow[Row]:
        """How the preservation of an invoice went."""
        return call(self._session, "preserved", {"id": uuid})

    @flow
    def export(self, to: Target, /, *, force: bool = False, check: bool = True, **period: Any) -> Flow[Path | None]:
        """The invoices of a period as a ZIP at ``to``; None when there are none. Costs money, never repeated.

        period: year with month or quarter, or document_date_from and document_date_to; type (send, receive, both) and
        company_id. check: see first that the period is one the service takes.
        """
        row = self._session.row("export")
        if check:
            periods.check(period)
        return saved(self._session, row, period, to, force=force)

    @flow
    def saft(
        self, year: int, month: int | None = None, to: Target = ".", *, deadline: float = 600, force: bool = False,
        progress: Callable[[saft.Progress], object] | None = None, cancelled: Callable[[], bool] | None = None,
    ) -> Flow[Sequence[Path]]:  # fmt: skip
        """The SAF-T of a month, or of the twelve of a year, saved at ``to`` (a folder: one file a month, named by it).

        Months without documents give no file. deadline: seconds for each month; ``saft.Late`` after that.
        """
        return saft.files(self._session, year, month, to, saft.How(deadline, progress, cancelled, force))

    @flow
    def call(
        self, verb: str, document: Source | None = None, /, *, send_as: str = "", form: str = "",
        check: bool | None = None, **values: Any,
    ) -> Flow[Any]:  # fmt: skip
        """Any row of the table by its verb or id; its parameters by their words, what it sends as ``document``."""
        return call(self._session, verb, values, Given(document, send_as, form, check, self._limits))

    @rows
    def each(self, verb: str, /, **filters: Any) -> Pages[Row]:
        """The rows of any list of the table."""
        return pages(self._session, verb, filters)


class Remote(Service[Driver]):
    """A provider for programs that wait. Use it in ``with``, or close it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()


class AsyncRemote(Service[AsyncDriver]):
    """A provider for programs that do other things meanwhile. Use it in ``async with``, or close it."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._driver.close()
