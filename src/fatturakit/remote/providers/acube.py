"""A-Cube, the Italian invoices. Sources: its pages, and its interface as described under another label."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from ..endpoints import (
    BYTES,
    HTML,
    JSON,
    LD_JSON,
    PDF,
    XML,
    ZIP,
    Auth,
    Body,
    Endpoint,
    Host,
    Login,
    Param,
    Provider,
    Reply,
    Shape,
)

_SIDES: Final = ("before", "strictly_before", "after", "strictly_after")
_NUMBERS: Final = ("business_vat_number_code", "business_fiscal_code")
MARKINGS: Final = (
    "waiting", "quarantena", "sent", "invoice-error", "received", "rejected", "delivered", "delivered-pa",
    "not-delivered", "accepted-pa", "rejected-pa", "deadline-terms", "signed", "notification-error", "draft",
)  # fmt: skip
FILTERS: Final = (
    *(Param(f"{name}[{side}]", "date") for name in ("created_at", "invoice_date") for side in _SIDES),
    Param("invoice_number"),
    Param("signed", "boolean"),
    Param("downloaded", "boolean"),
    Param("stamp", "boolean"),
    Param("toPa"),
    Param("type", allowed=("0", "1")),  # 0 sent, 1 received
    Param("sender", "list", joined=True),
    Param("recipient", "list", joined=True),
    Param("rejectedToFix", "boolean"),
    Param("sender.business_name"),
    Param("recipient.business_name"),
    *(
        Param(f"{side}.{number}{ending}", "list" if ending else "string")
        for side in ("recipient", "sender")
        for number in _NUMBERS
        for ending in ("", "[]")
    ),
    Param("marking"),
    Param("marking[]", "list"),
    Param("document_type"),
    Param("document_type[]", "list"),
    Param("order[invoice_date]", allowed=("asc", "desc")),
    Param("order[invoice_number]", allowed=("asc", "desc")),
    Param("page", "integer", least=1),
    Param("itemsPerPage", "integer", least=1, most=30),
)
_ID: Final = Param("id", place="path", required=True)
_UUID: Final = Param("uuid", place="path", required=True, keyword="id")
_INVOICE: Final = Body((JSON, XML), "invoice")
_DRAFT: Final = Body((JSON,), "draft")
_FLAGS: Final = (
    Param("X-SignInvoice", "boolean", "header", keyword="sign"),
    Param("X-Apply-LegalStorage", "boolean", "header", keyword="legal_storage"),
    Param("X-DisableEndpoints", "boolean", "header", keyword="mute"),
)
_DONE: Final = (Reply(200, (JSON,)),)
_LIST: Final = (Reply(200, (JSON, ZIP, LD_JSON), "invoices"),)

ENDPOINTS: Final = (
    Endpoint(
        "acube.invoices.list", "list", "GET", "/invoices",
        Text("Le fatture, a una a una.", "The invoices, one by one."),
        FILTERS, replies=_LIST, paging="page", idempotent=True,
    ),
    Endpoint(
        "acube.invoices.create", "send", "POST", "/invoices",
        Text("Invia una fattura a SdI.", "Send an invoice to SdI."),
        _FLAGS, _INVOICE, (Reply(202, (JSON,), "uuid"),), (400, 401, 500),
    ),
    Endpoint(
        "acube.invoices.convert", "convert", "POST", "/invoices/convert",
        Text("Da XML a JSON o da JSON a XML, fatto dal servizio.", "From XML to JSON or back, done by the service."),
        (), _INVOICE, (Reply(200, (XML, JSON), "invoice"),), (400, 401),
    ),
    Endpoint(
        "acube.invoices.downloaded", "downloaded", "POST", "/invoices/downloaded",
        Text("Segna fatture come scaricate.", "Mark invoices as downloaded."),
        (), Body((JSON,), "downloaded"), _DONE, (400, 401, 404),
    ),
    Endpoint(
        "acube.drafts.list", "drafts.list", "GET", "/invoices/draft",
        Text("Le bozze, a una a una.", "The drafts, one by one."),
        FILTERS, replies=(Reply(200, (JSON,), "invoices"),), paging="page", idempotent=True,
    ),
    Endpoint(
        "acube.drafts.create", "drafts.create", "POST", "/invoices/draft",
        Text("Una bozza nuova; non parte da sola.", "A new draft; it is not sent by itself."),
        (), _DRAFT, (Reply(201, (JSON,), "uuid"),), (400, 401),
    ),
    Endpoint(
        "acube.drafts.get", "drafts.get", "GET", "/invoices/draft/{id}",
        Text("Una bozza.", "A draft."),
        (_ID,), replies=(Reply(200, (JSON,), "invoice"),), errors=(401, 404), idempotent=True,
    ),
    Endpoint(
        "acube.drafts.update", "drafts.update", "PUT", "/invoices/draft/{id}",
        Text("Riscrive una bozza.", "Write a draft anew."),
        (_ID,), _DRAFT, _DONE, (400, 401, 404, 409), idempotent=True,
    ),
    Endpoint(
        "acube.drafts.delete", "drafts.delete", "DELETE", "/invoices/draft/{id}",
        Text("Cancella una bozza.", "Delete a draft."),
        (_ID,), replies=(Reply(204),), errors=(401, 404, 409), idempotent=True,
    ),
    Endpoint(
        "acube.drafts.send", "drafts.send", "POST", "/invoices/draft/{id}/send",
        Text("Invia una bozza a SdI.", "Send a draft to SdI."),
        (_ID,), replies=_DONE, errors=(400, 401, 404, 409),
    ),
    Endpoint(
        "acube.invoices.report", "report", "GET", "/invoices/report",
        Text("Le righe del resoconto.", "The rows of the report."),
        FILTERS, replies=(Reply(200, (JSON,), "report"),), paging="page", idempotent=True,
    ),
    Endpoint(
        "acube.invoices.validate", "validate", "POST", "/invoices/validate",
        Text("Controllo fatto dal servizio; niente resta.", "A check by the service; nothing is kept."),
        (), _INVOICE, (Reply(202, (JSON,)),), (400, 401),
    ),
    Endpoint(
        "acube.invoices.get", "get", "GET", "/invoices/{id}",
        Text("Una fattura: dati, XML, pagina, PDF, originale.", "An invoice: data, XML, page, PDF, original."),
        (
            _ID,
            Param("X-PrintTheme", place="header", allowed=("standard", "assosoftware", "acube"), keyword="theme"),
            Param("dynamic[head-notes]", keyword="head_notes"),
            Param("dynamic[foot-notes]", keyword="foot_notes"),
        ),
        replies=(Reply(200, (JSON, XML, HTML, PDF, BYTES), "invoice"),), errors=(401, 404), idempotent=True,
    ),
    Endpoint(
        "acube.invoices.archive_rejected", "archive_rejected", "PUT", "/invoices/{id}/archive-rejected",
        Text("Archivia una fattura scartata.", "Put away a rejected invoice."),
        (_ID,), replies=(Reply(204),), errors=(401, 404, 409), idempotent=True,
    ),
    Endpoint(
        "acube.invoices.notifications_notify", "notifications_notify", "POST", "/invoices/{id}/notifications/notify",
        Text("Rimanda gli avvisi delle notifiche.", "Fire the callbacks of the notifications again."),
        (_ID,), replies=_DONE, errors=(401, 404),
    ),
    Endpoint(
        "acube.invoices.notify", "notify", "POST", "/invoices/{id}/notify",
        Text("Rimanda l'avviso della fattura.", "Fire the callback of the invoice again."),
        (_ID,), replies=_DONE, errors=(401, 404),
    ),
    Endpoint(
        "acube.invoices.preserved_document", "preserved", "GET", "/invoices/{id}/preserved-document",
        Text("Com'è andata la conservazione.", "How its preservation went."),
        (_ID,), replies=(Reply(200, (JSON,), "preserved"),), errors=(401, 404), idempotent=True,
    ),
    Endpoint(
        "acube.invoices.attachment", "attachment", "GET", "/invoices/{uuid}/attachments/{index}",
        Text("Un allegato, contando da 0.", "An attachment, counted from 0."),
        (_UUID, Param("index", "integer", "path", required=True, least=0)),
        replies=(Reply(200, (BYTES,), "bytes"),), errors=(401, 404), idempotent=True,
    ),
    Endpoint(
        "acube.invoices.preserve", "preserve", "POST", "/invoices/{uuid}/preserve",
        Text("Manda una fattura in conservazione.", "Have an invoice preserved."),
        (_UUID,), replies=(Reply(200, (JSON,)), Reply(201, (JSON,))), errors=(400, 401, 404, 422),
    ),
    Endpoint(
        "acube.invoices.notifications", "notifications", "GET", "/invoices/{uuid}/notifications",
        Text("Le notifiche di SdI su una fattura.", "What SdI said about an invoice."),
        (_UUID,), replies=(Reply(200, (JSON, XML), "notifications"),), idempotent=True,
    ),
)  # fmt: skip

LOGIN: Final = Endpoint(
    "acube.login", "login", "POST", "/login",
    Text("Entra e riceve un token.", "Log in and receive a token."),
    body=Body((JSON,), "credentials"), replies=(Reply(200, (JSON,), "token"),), idempotent=True, open=True, login=True,
)  # fmt: skip
_SIMULATE: Final = Text("Solo in prova: fa succedere qualcosa.", "On trial only: makes something happen.")
SUPPORTING: Final = (
    LOGIN,
    Endpoint(
        "acube.webhook.public_key", "public_key", "GET", "/signature-public-key",
        Text("La chiave che firma gli avvisi.", "The key that signs callbacks."),
        replies=(Reply(200, (JSON,), "public_key"),), idempotent=True, open=True, login=True,
    ),
    Endpoint(
        "acube.simulate.customer_notification", "simulate.notification", "POST",
        "/simulate/customer-notification/{type}/{invoiceUuid}", _SIMULATE,
        (
            Param("type", place="path", required=True, allowed=("NS", "RC", "MC", "NE", "DT", "AT")),
            Param("invoiceUuid", place="path", required=True, keyword="id"),
        ),
        errors=(401, 404, 409),
    ),
    Endpoint(
        "acube.simulate.supplier_invoice", "simulate.supplier_invoice", "POST", "/simulate/supplier-invoice", _SIMULATE,
    ),
    Endpoint(
        "acube.simulate.legal_storage_receipt", "simulate.legal_storage_receipt", "POST",
        "/simulate/legal-storage-receipt/{invoiceUuid}", _SIMULATE,
        (Param("invoiceUuid", place="path", required=True, keyword="id"),), errors=(401, 404),
    ),
)  # fmt: skip

PROVIDER: Final = Provider(
    name="acube",
    title="A-Cube",
    hosts=(
        Host("https://api.acubeapi.com", "https://common.api.acubeapi.com"),
        Host("https://api-sandbox.acubeapi.com", "https://common-sandbox.api.acubeapi.com", sandbox=True),
        Host("https://it.api.acubeapi.com", "https://common.api.acubeapi.com"),
        Host("https://it-sandbox.api.acubeapi.com", "https://common-sandbox.api.acubeapi.com", sandbox=True),
    ),
    auth=Auth("bearer", "token", login=Login(LOGIN, ("email", "password"))),
    shape=Shape(detail=("detail", "message", "title", "error"), code=("code",), violations="violations"),
    endpoints=ENDPOINTS,
    supporting=SUPPORTING,
    dialect="acube",
    known={
        "marking": MARKINGS,
        "notification": ("NS", "MT", "RC", "MC", "EC", "SE", "NE", "DT", "AT"),
        "preserved": ("to_be_stored", "sent", "stored", "error"),
        "event": (
            "supplier-invoice", "customer-invoice", "customer-notification", "invoice-status-quarantena",
            "invoice-status-invoice-error", "legal-storage-missing-vat", "legal-storage-receipt", "receipt",
            "receipt-retry", "receipt-error", "appointee",
        ),
    },
)  # fmt: skip
