"""The drafts of a service."""

from __future__ import annotations

from typing import Any, Generic

from .bodies import Source
from .calls import Given, call, pages
from .paging import Pages
from .steps import Flow
from .verbs import D, Holder, flow, rows

Row = dict[str, Any]


class Drafts(Holder[D], Generic[D]):
    """Invoices that wait at the service until they are sent."""

    @rows
    def list(self, /, **filters: Any) -> Pages[Row]:
        """The drafts, each as data, page after page."""
        return pages(self._session, "drafts.list", filters)

    @flow
    def create(self, document: Source) -> Flow[str]:
        """A new draft, of which anything may be missing; its identifier."""
        return call(self._session, "drafts.create", {}, Given(document))

    @flow
    def get(self, uuid: str) -> Flow[Row]:
        """A draft."""
        return call(self._session, "drafts.get", {"id": uuid})

    @flow
    def update(self, uuid: str, document: Source) -> Flow[Any]:
        """Write a draft anew; ``Conflict`` when it is a draft no longer."""
        return call(self._session, "drafts.update", {"id": uuid}, Given(document))

    @flow
    def delete(self, uuid: str) -> Flow[None]:
        """Delete a draft; ``Conflict`` when it is a draft no longer."""
        return call(self._session, "drafts.delete", {"id": uuid})

    @flow
    def send(self, uuid: str) -> Flow[Any]:
        """Send a draft to SdI; ``Conflict`` when it cannot be sent."""
        return call(self._session, "drafts.send", {"id": uuid})
