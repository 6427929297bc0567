"""From the messages about an invoice to its state: a function of what is known, whatever came first.

The same document may have been transmitted more than once: sent again under another name after a rejection, or by
mistake, and then rejected as a double. Every transmission has an IdentificativoSdI and an outcome of its own; one that
was not rejected decides.

A lot is accepted or rejected as a whole, but the administration may answer for one invoice of it: such messages name
the invoice, and the state of the lot is that of the invoice that is least far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ..clock import rome
from ..texts import Text
from .states import INITIAL, MEANINGS, STATES, Audience, Direction, State

STATED: Final = "STATED"
_REJECTED: Final = "rejected"


class Event(NamedTuple):
    """Something known about a file. kind: of the message, or ``STATED`` for a state somebody told us (``answer`` is its
    name); answer: EC01, EC02; moment: ISO 8601 as written, "" unknown; number, year, position: the invoice meant; sdi:
    the IdentificativoSdI of the transmission, "" unknown."""

    kind: str
    answer: str = ""
    moment: str = ""
    number: str = ""
    year: str = ""
    position: str = ""
    sdi: str = ""

    @property
    def word(self) -> str:
        """What the tables know it by."""
        return f"{self.kind} {self.answer}" if self.kind in {"NE", "EC"} else self.kind


class Invoice(NamedTuple):
    """What a message may name an invoice of a lot by."""

    position: int = 1
    number: str = ""
    year: str = ""


class Standing(NamedTuple):
    """Where an invoice stands. since: the moment of the event that led there, "" unknown; due: the last day of its
    term, None without one; ignored: events that mean nothing here (DT for a private recipient); sdi: the transmission
    that led there, "" unknown."""

    state: State
    since: str = ""
    due: date | None = None
    ignored: tuple[Event, ...] = ()
    sdi: str = ""


def standing(
    direction: Direction, audience: Audience, events: Iterable[Event], invoices: Sequence[Invoice] = (Invoice(),)
) -> Standing:
    """The state of a file of one or several invoices."""
    bodies = invoices or (Invoice(),)
    found = [_of_transmission(direction, audience, sdi, known, bodies) for sdi, known in _transmissions(events)]
    best = max(found, key=lambda each: (each.state.name != _REJECTED, each.state.rank, len(each.sdi), each.sdi))
    return best._replace(ignored=tuple(event for each in found for event in each.ignored))


def _transmissions(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    """The events by transmission; those of none belong to the only one, and else stand by themselves."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.sdi, []).append(event)
    if len(groups) < 3 and "" in groups:
        alone = groups.pop("")
        sdi = next(iter(groups), "")
        return [(sdi, [*groups.get(sdi, ()), *alone])]
    return list(groups.items()) or [("", [])]


def _of_transmission(
    direction: Direction, audience: Audience, sdi: str, events: list[Event], invoices: Sequence[Invoice]
) -> Standing:
    """The state of a file by what is known of one transmission: that of its least settled invoice, of settled ones that
    of the one that leaves something to do."""
    each = [_of_one(direction, audience, events, invoice) for invoice in invoices]
    least = min(each, key=lambda one: (one.state.definitive, one.state.settled, one.state.rank, one.state.name))
    return least._replace(sdi=sdi)


def concerns(event: Event, invoice: Invoice) -> bool:
    """True unless the event names another invoice.

    >>> concerns(Event("NE", number="7", year="2026"), Invoice(1, "8", "2026"))
    False
    """
    if event.position.isdecimal():
        return event.position.lstrip("0") == str(invoice.position)
    if not event.number or not invoice.number:
        return True
    return event.number.strip() == invoice.number.strip() and event.year in {"", invoice.year}


def moment_of(written: str) -> datetime | None:
    """A moment as SdI writes it, on an Italian clock; without an offset it is one already. None when it is none.

    >>> moment_of("2026-11-05T23:30:00Z")
    datetime.datetime(2026, 11, 6, 0, 30)
    """
    try:
        found = datetime.fromisoformat(written.strip())
        return (found.astimezone(rome()) if found.tzinfo else found).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _of_one(direction: Direction, audience: Audience, events: list[Event], invoice: Invoice) -> Standing:
    table = MEANINGS[direction, audience]
    mine = [event for event in events if concerns(event, invoice)]
    kept = _without_annulled(mine)
    meant = [(event, STATES[_meaning(event, table)]) for event in kept if _meaning(event, table)]
    ignored = tuple(event for event in mine if not _meaning(event, table))
    if not meant:
        return Standing(STATES[INITIAL[direction, audience]], ignored=ignored)
    event, state = max(meant, key=lambda pair: (pair[1].rank, str(moment_of(pair[0].moment) or ""), pair[1].name))
    return Standing(state, event.moment, _due(state, event.moment), ignored)


def _meaning(event: Event, table: dict[str, str]) -> str:
    if event.kind == STATED:
        return event.answer if event.answer in STATES else ""
    return table.get(event.word, "")


def _without_annulled(events: list[Event]) -> list[Event]:
    """As many answers (EC) as SdI rejected (SE) do not count."""
    rejected = sum(event.kind == "SE" for event in events)
    answers = sorted((event for event in events if event.kind == "EC"), key=lambda event: (event.moment, event.answer))
    standing_answers = answers[rejected:]
    return [event for event in events if event.kind != "EC"] + standing_answers


def _due(state: State, moment: str) -> date | None:
    found = moment_of(moment)
    try:
        return found.date() + timedelta(days=state.days) if found and state.days else None
    except OverflowError:  # the last days there are
        return None


def explained(found: Standing) -> Text:
    """The standing in a sentence: what it is, since when, what to do, until when."""
    state = found.state
    it, en = state.title.it, state.title.en
    if found.since:
        day = str(moment_of(found.since) or found.since)[:10]
        it, en = f"{it} dal {day}", f"{en} since {day}"
    it, en = f"{it}. {state.next.it}", f"{en}. {state.next.en}"
    if found.due and state.term.it:
        it, en = f"{it} ({state.term.it}: {found.due})", f"{en} ({state.term.en}: {found.due})"
    return Text(it.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))
