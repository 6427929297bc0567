"""The screen of a message of SdI: what happened, to which file, when, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from ..invoice.messages import Message, MessageError
from . import screen_message_words as words
from .screen import Checks, Page
from .screen_invoice import closing
from .screen_message_words import OUTCOMES, Outcome
from .screen_values import decoded, moment

_AT_MOST = 10


def screen(page: Page, path: str, kind: str, message: Message, checks: Checks | None) -> Iterator[str]:
    """Every line of the screen."""
    outcome = _outcome(message)
    audience = "PA" if message.audience == "pa" else "B2B"
    yield from page.heading(page.words(outcome.title), f"{kind} · {audience}")
    yield from page.labelled(words.HAPPENED, [page.words(outcome.happened)], outcome.colour)
    yield from page.labelled(words.ERRORS, _errors(page, message))
    yield from page.labelled(words.REASON, filter(None, [_reason(page, message)]))
    yield from page.labelled(words.TO_DO, [page.words(outcome.next)])
    yield ""
    yield from page.labelled(words.FILE, _file(page, message))
    yield from page.labelled(words.WHEN, _when(page, message))
    yield from page.labelled(words.RECIPIENT, filter(None, [_recipient(page, message)]))
    yield from page.labelled(words.FORMAT, filter(None, [_format(page, message)]))
    yield from page.labelled(words.IDENTIFIERS, filter(None, [_identifiers(page, message)]))
    yield from page.labelled(words.HASH, filter(None, [page.value(message.hash)]))
    yield from page.labelled(words.NOTE, filter(None, [page.value(message.note)]))
    if checks is None or checks.errors or checks.warnings:
        yield from closing(page, path, checks)


def _outcome(message: Message) -> Outcome:
    key = "delivered_pa" if message.outcome == "delivered" and message.audience == "pa" else message.outcome
    return OUTCOMES[key]


def _errors(page: Page, message: Message) -> Iterator[str]:
    kept = message.errori if page.verbose else message.errori[:_AT_MOST]
    for error in kept:
        yield from _error(page, error)
    if len(kept) < len(message.errori):
        yield f"… +{len(message.errori) - len(kept)} (-v)"


def _error(page: Page, error: MessageError) -> Iterator[str]:
    parts = (page.value(error.codice), page.value(error.descrizione))
    yield "  ".join(part for part in parts if part) or "?"
    if error.suggerimento:
        yield from page.indented(page.value(error.suggerimento), 7)


def _reason(page: Page, message: Message) -> str:
    code = decoded(page, "Scarto", message.scarto) or decoded(page, "EsitoCommittente", message.esito)
    text = page.value(message.descrizione)
    return ": ".join(part for part in (code, text) if part)


def _file(page: Page, message: Message) -> Iterator[str]:
    if message.nome_file:
        name = page.name(" ".join(message.nome_file.split()))
        archive = message.archivio
        yield page.words(words.ARCHIVE, file=name, archive=archive) if archive else name
    if message.numero_fattura:
        text = page.words(words.NUMBERED, number=message.numero_fattura, year=message.anno_fattura or "?")
        place = message.posizione_fattura
        yield f"{text}, {page.words(words.PLACE, place=place)}" if place else text
    elif message.esito:
        yield page.words(words.WHOLE)


def _when(page: Page, message: Message) -> Iterator[str]:
    rows = (
        (words.RECEIVED, message.data_ora_ricezione),
        (words.DELIVERED, message.data_ora_consegna),
        (words.AVAILABLE, message.data_messa_a_disposizione),
    )
    for text, value in rows:
        if value:
            yield page.words(text, when=moment(value, page.lang))


def _recipient(page: Page, message: Message) -> str:
    parts = (page.value(message.codice_destinatario), page.value(message.destinatario))
    return "  ".join(part for part in parts if part)


def _format(page: Page, message: Message) -> str:
    if message.formato and message.tentativi_invio:
        return page.words(words.ATTEMPTS, format=message.formato, number=message.tentativi_invio)
    return page.value(message.formato)


def _identifiers(page: Page, message: Message) -> str:
    if message.identificativo_sdi and message.message_id:
        return page.words(words.MESSAGE, sdi=message.identificativo_sdi, message=message.message_id)
    return page.value(message.identificativo_sdi or message.message_id)
