"""OpenAPI.com: receipts, their configurations, and three callbacks. Sources: its descriptions and pages."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from ..endpoints import FORM, JSON, PDF, Auth, Body, Endpoint, Host, Login, Param, Provider, Reply, Shape

_FISCAL_ID: Final = Param("fiscal_id", place="path", required=True)
_ID: Final = Param("id", place="path", required=True)
STATUSES: Final = ("new", "retry", "submitted", "ready", "failed", "voided")
TYPES: Final = ("sale", "return", "void")
_RECEIPT: Final = (Reply(200, (JSON,), "receipt"),)
_CONFIGURATION: Final = (Reply(200, (JSON,), "configuration"),)

ENDPOINTS: Final = (
    Endpoint(
        "openapi.configurations.list", "configurations.list", "GET", "/IT-configurations",
        Text("Le aziende configurate.", "The companies that are configured."),
        replies=(Reply(200, (JSON,), "configurations"),), idempotent=True,
    ),
    Endpoint(
        "openapi.configurations.create", "configurations.create", "POST", "/IT-configurations",
        Text("Configura un'azienda.", "Configure a company."),
        (), Body((JSON,), "configuration"), _CONFIGURATION, (400, 401, 402, 404), paid=True,
    ),
    Endpoint(
        "openapi.configurations.get", "configurations.get", "GET", "/IT-configurations/{fiscal_id}",
        Text("La configurazione di un'azienda.", "The configuration of a company."),
        (_FISCAL_ID,), replies=_CONFIGURATION, errors=(401, 404), idempotent=True,
    ),
    Endpoint(
        "openapi.configurations.update", "configurations.update", "PATCH", "/IT-configurations/{fiscal_id}",
        Text("Cambia la configurazione di un'azienda.", "Change the configuration of a company."),
        (_FISCAL_ID,), Body((JSON,), "configuration changes"), _CONFIGURATION, (400, 401, 404),
    ),
    Endpoint(
        "openapi.configurations.delete", "configurations.delete", "DELETE", "/IT-configurations/{fiscal_id}",
        Text("Toglie un'azienda.", "Remove a company."),
        (_FISCAL_ID,), replies=(Reply(200, (JSON,)),), errors=(400, 401, 404), idempotent=True,
    ),
    Endpoint(
        "openapi.receipts.list", "receipts.list", "GET", "/IT-receipts",
        Text("Gli scontrini, a uno a uno.", "The receipts, one by one."),
        (
            Param("fiscal_id", "list", joined=True),
            Param("document_number"),
            Param("status", "list", joined=True),
            Param("type", "list", joined=True),
            Param("created_at", "date"),
            Param("document_date", "date"),
            Param("parent_receipt_id"),
            Param("skip", "integer", least=0),
            Param("limit", "integer", least=1, most=100),
            Param("created_at[before]", "date"),
            Param("created_at[after]", "date"),
        ),
        replies=(Reply(200, (JSON,), "receipts"),), paging="skip", idempotent=True,
    ),
    Endpoint(
        "openapi.receipts.create", "receipts.create", "POST", "/IT-receipts",
        Text("Emette uno scontrino.", "Issue a receipt."),
        (), Body((JSON,), "receipt"), _RECEIPT, (400, 401, 402), paid=True,
    ),
    Endpoint(
        "openapi.receipts.get", "receipts.get", "GET", "/IT-receipts/{id}",
        Text("Uno scontrino, anche in PDF.", "A receipt, as PDF too."),
        (_ID,), replies=(Reply(200, (JSON, PDF), "receipt"),), errors=(401, 404), idempotent=True,
        form_header="Content-Type",  # its own way of asking for the PDF
    ),
    Endpoint(
        "openapi.receipts.return", "receipts.return", "PATCH", "/IT-receipts/{id}",
        Text("Reso di righe di uno scontrino: un documento nuovo.", "Return items of a receipt: a new document."),
        (_ID,), Body((JSON,), "return"), _RECEIPT, (400, 401, 404), paid=True,
    ),
    Endpoint(
        "openapi.receipts.void", "receipts.void", "DELETE", "/IT-receipts/{id}",
        Text("Annulla uno scontrino: un documento nuovo.", "Void a receipt: a new document."),
        (_ID,), replies=_RECEIPT, errors=(400, 401, 404), paid=True,
    ),
)  # fmt: skip


def _callback(name: str, title: Text) -> Endpoint:
    body = Body((JSON, FORM), "receipt")
    return Endpoint(f"openapi.callback.{name}", f"callback.{name}", "POST", "{your_url}", title, (), body,
                    (Reply(200),), (), inbound=True)  # fmt: skip


CALLBACKS: Final = (
    _callback("create", Text("Uno scontrino ha cambiato stato.", "A receipt has changed its state.")),
    _callback("return", Text("Un reso ha cambiato stato.", "A return has changed its state.")),
    _callback("void", Text("Un annullamento ha cambiato stato.", "A void has changed its state.")),
)
TOKENS: Final = Endpoint(
    "openapi.oauth_v2.create_token", "tokens", "POST", "/tokens",
    Text("Riceve un token.", "Receive a token."),
    body=Body((JSON,), "scopes"), replies=(Reply(200, (JSON,), "token"),), errors=(401, 422), open=True, login=True,
)  # fmt: skip
TOKEN_V1: Final = Endpoint(
    "openapi.oauth_v1.create_token", "token", "POST", "/token",
    Text("Riceve un token, alla maniera vecchia.", "Receive a token, the old way."),
    body=Body((JSON,), "scopes"), replies=(Reply(200, (JSON,), "token"),), errors=(401, 406), open=True, login=True,
)  # fmt: skip

PROVIDER: Final = Provider(
    name="openapi",
    title="OpenAPI.com",
    hosts=(
        Host("https://invoice.openapi.com", "https://oauth.openapi.com"),
        Host("https://test.invoice.openapi.com", "https://test.oauth.openapi.com", sandbox=True),
    ),
    auth=Auth(
        "bearer", "token", login=Login(TOKENS, ("email", "key"), expiry="expireAt", basic=True, scoped=True)
    ),
    shape=Shape(detail=("message", "detail", "title"), code=("error",), refusal="success"),
    endpoints=ENDPOINTS,
    callbacks=CALLBACKS,
    supporting=(TOKENS, TOKEN_V1),
    envelope="data",
    page_size=100,
    known={
        "status": STATUSES,
        "type": TYPES,
        "event": (
            "receipt", "receipt-credentials", "receipt-retry", "receipt-error", "customer-invoice", "supplier-invoice",
            "appointee",
        ),
    },
)  # fmt: skip
