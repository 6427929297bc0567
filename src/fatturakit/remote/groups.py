"""The verbs that belong together: drafts, receipts, configurations."""

from __future__ import annotations

from typing import Any, Generic

from ..limits import DEFAULT
from . import bodies
from .bodies import Source
from .endpoints import JSON, PDF
from .paging import Pages
from .steps import Flow
from .verbs import D, Holder, flow, rows

Row = dict[str, Any]


class Drafts(Holder[D], Generic[D]):
    """Invoices that wait at the service until they are sent."""

    @rows
    def list(self, /, **filters: Any) -> Pages[Row]:
        """The drafts, each as data, page after page."""
        return Pages(self._session, self._session.row("drafts.list"), filters)

    @flow
    def create(self, document: Source) -> Flow[str]:
        """A new draft, of which anything may be missing; its identifier."""
        return self._written("drafts.create", document, {})

    @flow
    def get(self, uuid: str) -> Flow[Row]:
        """A draft."""
        return self._session.data(self._session.row("drafts.get"), {"id": uuid})

    @flow
    def update(self, uuid: str, document: Source) -> Flow[Any]:
        """Write a draft anew; ``Conflict`` when it is a draft no longer."""
        return self._written("drafts.update", document, {"id": uuid})

    @flow
    def delete(self, uuid: str) -> Flow[None]:
        """Delete a draft; ``Conflict`` when it is a draft no longer."""
        return self._session.data(self._session.row("drafts.delete"), {"id": uuid})

    @flow
    def send(self, uuid: str) -> Flow[Any]:
        """Send a draft to SdI; ``Conflict`` when it cannot be sent."""
        return self._session.data(self._session.row("drafts.send"), {"id": uuid})

    def _written(self, verb: str, document: Source, values: Row) -> Flow[Any]:
        row = self._session.row(verb)
        body = bodies.invoice(self._session.provider, row, document, DEFAULT)
        return self._session.data(row, values, content=body)


class Receipts(Holder[D], Generic[D]):
    """Receipts, their returns and their voids."""

    @rows
    def list(self, /, **filters: Any) -> Pages[Row]:
        """The receipts, each as data, page after page."""
        return Pages(self._session, self._session.row("receipts.list"), filters)

    @flow
    def create(self, receipt: Source, *, check: bool = True) -> Flow[Row]:
        """Issue a receipt. check: judge it here first; ``FindingsError`` when it would be refused."""
        body = bodies.plain(receipt, DEFAULT, bodies.receipt if check else None)
        return self._session.data(self._session.row("receipts.create"), {}, content=body)

    @flow
    def get(self, receipt_id: str, form: str = "json") -> Flow[Any]:
        """A receipt: data, or bytes for "pdf"."""
        kind = PDF if form == "pdf" else JSON
        return self._session.data(self._session.row("receipts.get"), {"id": receipt_id}, kind=kind)

    @flow
    def return_(self, receipt_id: str, items: Source) -> Flow[Row]:
        """Return items of a receipt, ``{"items": [{"id", "quantity"}]}``; the new receipt of the return."""
        body = bodies.plain(items, DEFAULT)
        return self._session.data(self._session.row("receipts.return"), {"id": receipt_id}, content=body)

    @flow
    def void(self, receipt_id: str) -> Flow[Row]:
        """Void a receipt, within 24 hours; the new receipt of the void."""
        return self._session.data(self._session.row("receipts.void"), {"id": receipt_id})


class Configurations(Holder[D], Generic[D]):
    """The companies receipts are issued for."""

    @rows
    def list(self) -> Pages[Row]:
        """The configurations, each as data."""
        return Pages(self._session, self._session.row("configurations.list"), {})

    @flow
    def create(self, configuration: Source) -> Flow[Row]:
        """Configure a company: fiscal_id, name, email, receipts, callbacks."""
        body = bodies.plain(configuration, DEFAULT)
        return self._session.data(self._session.row("configurations.create"), {}, content=body)

    @flow
    def get(self, fiscal_id: str) -> Flow[Row]:
        """The configuration of a company."""
        return self._session.data(self._session.row("configurations.get"), {"fiscal_id": fiscal_id})

    @flow
    def update(self, fiscal_id: str, changes: Source) -> Flow[Row]:
        """Change the configuration of a company."""
        body = bodies.plain(changes, DEFAULT)
        return self._session.data(self._session.row("configurations.update"), {"fiscal_id": fiscal_id}, content=body)

    @flow
    def delete(self, fiscal_id: str) -> Flow[Any]:
        """Remove a company; refused once it has sent receipts."""
        return self._session.data(self._session.row("configurations.delete"), {"fiscal_id": fiscal_id})
