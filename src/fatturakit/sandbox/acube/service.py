"""A-Cube as it is served: every row of its table and what answers it."""

from __future__ import annotations

from typing import Final

from ...remote.providers.acube import PROVIDER
from ..call import Answer, Call, as_json
from ..service import Service
from ..signatures import public_key
from . import access, drafts, invoices, lists, simulate, states


def _public_key(_call: Call) -> Answer:
    return as_json({"public_key": public_key()})


SERVICE: Final = Service(
    PROVIDER,
    {
        "acube.invoices.list": lists.invoices,
        "acube.invoices.create": invoices.create,
        "acube.invoices.convert": invoices.convert,
        "acube.invoices.downloaded": invoices.downloaded,
        "acube.drafts.list": lists.drafts,
        "acube.drafts.create": drafts.create,
        "acube.drafts.get": drafts.get,
        "acube.drafts.update": drafts.update,
        "acube.drafts.delete": drafts.delete,
        "acube.drafts.send": drafts.send,
        "acube.invoices.report": lists.report,
        "acube.invoices.validate": invoices.validate,
        "acube.invoices.get": invoices.get,
        "acube.invoices.archive_rejected": invoices.archive_rejected,
        "acube.invoices.notifications_notify": invoices.notifications_notify,
        "acube.invoices.notify": invoices.notify,
        "acube.invoices.preserved_document": invoices.preserved,
        "acube.invoices.attachment": invoices.attachment,
        "acube.invoices.preserve": invoices.preserve,
        "acube.invoices.notifications": invoices.notifications,
        "acube.login": access.login,
        "acube.webhook.public_key": _public_key,
        "acube.simulate.customer_notification": simulate.notification,
        "acube.simulate.supplier_invoice": simulate.supplier_invoice,
        "acube.simulate.legal_storage_receipt": simulate.legal_storage_receipt,
    },
    enter=access.enter,
    refused=access.refused,
    tick=states.tick,
    slow=frozenset({"acube.invoices.get"}),
    prefixes=("/acube",),
)
