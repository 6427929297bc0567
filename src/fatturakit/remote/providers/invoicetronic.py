"""Invoicetronic: the export of invoices as a ZIP. Sources: its API description 1.13.6, its Desk client, its pages."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from ..endpoints import JSON, PROBLEM, ZIP, Auth, Endpoint, Host, Param, Provider, Reply, Shape

_MOMENT: Final = "date"

EXPORT: Final = Endpoint(
    "invoicetronic.export",
    "export",
    "GET",
    "/export",
    Text("Le fatture di un periodo in uno ZIP.", "The invoices of a period as a ZIP."),
    params=(
        Param("type", allowed=("send", "receive", "both")),
        Param("company_id", "integer"),
        Param("year", "integer"),
        Param("month", "integer", least=1, most=12),
        Param("quarter", "integer", least=1, most=4),
        Param("document_date_from", _MOMENT),
        Param("document_date_to", _MOMENT),
        Param("Accept-Language", place="header", allowed=("it", "en", "de"), automatic=True),
    ),
    replies=(Reply(200, (ZIP, PROBLEM), "archive"), Reply(204)),
    errors=(400, 401, 403, 429),
    paid=True,  # unread invoices become read and are charged as operations
)


def _single(kind: str, title: Text, *, payload: bool = True, paid: bool = False) -> Endpoint:
    """One thing by the number its callback names it by."""
    params = [Param("id", "integer", "path", required=True), Param("include_payload", "boolean")]
    replies = (Reply(200, (JSON,), kind),)
    given = tuple(params if payload else params[:1])
    return Endpoint(
        f"invoicetronic.{kind}.get", f"{kind}.get", "GET", f"/{kind}/{{id}}", title, given, None, replies,
        (401, 403, 404, 429), idempotent=not paid, paid=paid,
    )  # fmt: skip


SINGLE: Final = (
    _single(
        "receive",
        Text("Una fattura ricevuta, che diventa letta.", "A received invoice, which becomes read."),
        paid=True,
    ),
    _single("send", Text("Una fattura inviata.", "A sent invoice.")),
    _single("update", Text("Una novità su una fattura inviata.", "News about a sent invoice."), payload=False),
)
PROVIDER: Final = Provider(
    name="invoicetronic",
    title="Invoicetronic",
    hosts=(Host("https://api.invoicetronic.com/v1"), Host("https://api.invoicetronic.com/v1", sandbox=True)),
    auth=Auth("basic", "key"),
    shape=Shape(detail=("detail", "title", "message"), code=("code",), wrapper="problem_details", violations="errors"),
    endpoints=(EXPORT,),
    supporting=SINGLE,
    page_size=100,
    dialect="invoicetronic",
    known={
        "state": (
            "Inviato",
            "Consegnato",
            "NonConsegnato",
            "Scartato",
            "AccettatoDalDestinatario",
            "RifiutatoDalDestinatario",
            "ImpossibilitaDiRecapito",
            "DecorrenzaTermini",
            "AttestazioneTrasmissioneFattura",
        ),
        "event": ("send", "receive", "update", "company", "status", "export", "webhook"),
    },
)
