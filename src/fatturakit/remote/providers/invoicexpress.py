"""InvoiceXpress: the SAF-T (PT) of a month. Starting the work and asking whether it is done are the same request."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from ..endpoints import JSON, Auth, Endpoint, Host, Param, Provider, Reply, Shape

SAFT: Final = Endpoint(
    "invoicexpress.export_saft",
    "saft",
    "GET",
    "/api/export_saft.json",
    Text("Il SAF-T (PT) di un mese, o di un anno.", "The SAF-T (PT) of a month, or of a year."),
    params=(
        Param("month", "integer", required=True, least=1, most=12),
        Param("year", "integer", required=True),
        Param("years", "integer", automatic=True),  # its pages say year, its examples years: both are sent
        Param("api_key", automatic=True),
    ),
    replies=(Reply(200, (JSON,), "url"), Reply(202, (JSON,), "message")),
    errors=(401, 404, 406, 422, 429, 500),
    idempotent=True,
)

PROVIDER: Final = Provider(
    name="invoicexpress",
    title="InvoiceXpress",
    hosts=(Host("https://{account}.app.invoicexpress.com"),),
    auth=Auth("query", "key", name="api_key"),
    shape=Shape(detail=("message", "error"), violations="errors"),
    endpoints=(SAFT,),
    settings=("account",),
)
