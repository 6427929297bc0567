"""InvoiceXpress as it is served: a SAF-T is asked for until it is there; the file needs no key."""

from __future__ import annotations

import re
from typing import Final

from ..remote.endpoints import BYTES, XML, ZIP, Endpoint, Param, Reply
from ..remote.providers.invoicexpress import PROVIDER
from ..texts import Text
from .box import Box
from .call import Answer, Call, Refusal, as_json
from .ledger import packed
from .records import Job
from .saft import audit_file
from .service import Service

KEY: Final = "sandbox-key"
ACCOUNT: Final = "sandbox"
_MONTH: Final = re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_YEAR: Final = re.compile(r"(19|20)\d\d", re.ASCII)
_STARTED: Final = "The SAF-T file generation was started. Please keep requesting until you get back the url."
_FAILED: Final = "Error generating SAF-T. Please try again."
_NOTHING: Final = "There are no documents in this month."
FILE: Final = Endpoint(
    "invoicexpress.saft_download", "download", "GET", "/files/{key}",
    Text("Il file pronto.", "The file that is ready."),
    (Param("key", place="path", required=True),),
    replies=(Reply(200, (XML, ZIP, BYTES), "bytes"),), errors=(404,), open=True,
)  # fmt: skip


def saft(call: Call) -> Answer:
    """Start, ask, receive: the same request each time, by month."""
    month, year = call.one("month") or "", _year(call)
    if not _MONTH.fullmatch(month) or not _YEAR.fullmatch(year):
        raise Refusal(422)
    box, key = call.box, f"{year}-{int(month):02d}"
    if box.has("saft-fails"):
        box.jobs.drop(key)
        raise Refusal(500, _FAILED)
    job = box.jobs.get(key) or Job(key=key)
    job.asked += 1
    box.jobs.put(job)
    if job.asked <= box.settings["saft_polls"]:
        return Answer(202) if box.has("saft-silent") else as_json({"message": _STARTED}, 202)
    if box.has("saft-empty") or key > f"{box.now():%Y-%m}":
        return as_json({"message": _NOTHING})
    return as_json({"url": _ready(box, job)})


def _year(call: Call) -> str:
    box = call.box
    year = None if box.has("only-years") else call.one("year")
    years = None if box.has("only-year") else call.one("years")
    return year or years or ""


def _ready(box: Box, job: Job) -> str:
    if not job.file:
        job.file = box.uuid()
        box.jobs.put(job)
    return f"{box.base}/invoicexpress/files/{job.file}"


def download(call: Call) -> Answer:
    """The SAF-T itself, as XML or in a ZIP."""
    job = next((row for row in call.box.jobs if row.file and row.file == call.path["key"]), None)
    if job is None:
        raise Refusal(404)
    data = audit_file(job.key)
    if call.box.has("saft-zip"):
        return Answer(200, packed([("", f"saft_{job.key}.xml", data)]), ZIP)
    return Answer(200, data, XML)


def enter(call: Call) -> None:
    """Refuse a request without the key in its query."""
    if call.one("api_key") != KEY:
        raise Refusal(401)


def refused(_box: Box, refusal: Refusal) -> Answer:
    """An empty body, or a message where there is one."""
    if refusal.status == _UNPROCESSABLE or not refusal.detail:
        return Answer(refusal.status, b"", "")
    return as_json({"message": refusal.detail}, refusal.status)


_UNPROCESSABLE: Final = 422
SERVICE: Final = Service(
    PROVIDER,
    {"invoicexpress.export_saft": saft, "invoicexpress.saft_download": download},
    enter=enter,
    refused=refused,
    prefixes=("/invoicexpress",),
    extra=(FILE,),
    bad=_UNPROCESSABLE,
    silent=frozenset({401, 404, 406, 422, 429}),
    optional=frozenset({"year"}),  # its examples say years
)
