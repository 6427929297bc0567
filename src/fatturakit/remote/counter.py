"""What a shop needs: receipts, and the companies they are issued for."""

from __future__ import annotations

from typing import Any, Generic

from .bodies import Source
from .calls import Given, call, pages
from .paging import Pages
from .steps import Flow
from .verbs import D, Holder, flow, rows

Row = dict[str, Any]


class Receipts(Holder[D], Generic[D]):
    """Receipts, their returns and their voids."""

    @rows
    def list(self, /, **filters: Any) -> Pages[Row]:
        """The receipts, each as data, page after page."""
        return pages(self._session, "receipts.list", filters)

    @flow
    def create(self, receipt: Source, *, check: bool = True) -> Flow[Row]:
        """Issue a receipt. check: judge it here first; ``FindingsError`` when it would be refused."""
        return call(self._session, "receipts.create", {}, Given(receipt, check=check))

    @flow
    def get(self, receipt_id: str, form: str = "json") -> Flow[Any]:
        """A receipt: data, or bytes for "pdf"."""
        return call(self._session, "receipts.get", {"id": receipt_id}, Given(form=form))

    @flow
    def return_(self, receipt_id: str, items: Source) -> Flow[Row]:
        """Return items of a receipt, ``{"items": [{"id", "quantity"}]}``; the new receipt of the return."""
        return call(self._session, "receipts.return", {"id": receipt_id}, Given(items))

    @flow
    def void(self, receipt_id: str) -> Flow[Row]:
        """Void a receipt, within 24 hours; the new receipt of the void."""
        return call(self._session, "receipts.void", {"id": receipt_id})


class Configurations(Holder[D], Generic[D]):
    """The companies receipts are issued for."""

    @rows
    def list(self) -> Pages[Row]:
        """The configurations, each as data."""
        return pages(self._session, "configurations.list", {})

    @flow
    def create(self, configuration: Source) -> Flow[Row]:
        """Configure a company: fiscal_id, name, email, receipts, callbacks."""
        return call(self._session, "configurations.create", {}, Given(configuration))

    @flow
    def get(self, fiscal_id: str) -> Flow[Row]:
        """The configuration of a company."""
        return call(self._session, "configurations.get", {"fiscal_id": fiscal_id})

    @flow
    def update(self, fiscal_id: str, changes: Source) -> Flow[Row]:
        """Change the configuration of a company."""
        return call(self._session, "configurations.update", {"fiscal_id": fiscal_id}, Given(changes))

    @flow
    def delete(self, fiscal_id: str) -> Flow[Any]:
        """Remove a company; refused once it has sent receipts."""
        return call(self._session, "configurations.delete", {"fiscal_id": fiscal_id})
