"""Drafts: written, read, rewritten, deleted, sent; once sent they are drafts no more (409)."""

from __future__ import annotations

from typing import Final

from ..call import Answer, Call, Refusal, as_json
from ..facts import facts_of
from ..ingest import errors_of, file_name, from_body, json_of, refused
from ..records import Invoice, Json
from . import states
from .resource import resource

_KEYS: Final = {"fattura_elettronica_header": dict, "fattura_elettronica_body": list}


def create(call: Call) -> Answer:
    """A new draft: header and body may both be missing."""
    body = _content(call)
    box = call.box
    draft = Invoice(key=box.uuid(), type=0, created_at=box.stamp(), draft=body, facts=facts_of(body))
    return as_json({"uuid": box.invoices.put(draft).key}, 201)


def get(call: Call) -> Answer:
    """One draft."""
    return as_json(resource(call.box, _draft(call)))


def update(call: Call) -> Answer:
    """Another content for a draft, all of it."""
    draft = _draft(call)
    draft.draft = _content(call)
    draft.facts = facts_of(draft.draft)
    return as_json(resource(call.box, call.box.invoices.put(draft)))


def delete(call: Call) -> Answer:
    """No draft, and no content, any more."""
    call.box.invoices.drop(_draft(call).key)
    return Answer(204, kind="")


def send(call: Call) -> Answer:
    """Judge a draft and send it; what SdI would reject stays a draft."""
    draft, box = _draft(call), call.box
    document = from_body(draft.draft, box)
    wrong = errors_of(document, box)
    if wrong:
        raise refused(wrong, document=document)
    body = json_of(document)
    number = list(box.invoices).index(draft) + 1
    draft.data, draft.draft = document.data, {}
    draft.name, draft.facts = file_name(body, number), facts_of(body, document.kind)
    states.start(box, draft)
    return as_json({"uuid": draft.key})


def _content(call: Call) -> Json:
    body = call.data()
    wrong = [
        (key, f"This value should be of type {kind.__name__}.")
        for key, kind in _KEYS.items()
        if not isinstance(body.get(key, kind()), kind | None)
    ]
    if wrong:
        raise Refusal(400, "; ".join(f"{key}: {what}" for key, what in wrong), violations=tuple(wrong))
    return body


def _draft(call: Call) -> Invoice:
    found = call.box.invoices.get(call.path["id"])
    if found is None:
        raise Refusal(404, "Not Found")
    if found.marking != "draft":
        raise Refusal(409, "Invoice not in draft state or cannot be sent to the SDI yet")
    return found
