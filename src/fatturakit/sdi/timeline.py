"""From the messages about an invoice to its state: a function of what is known, whatever came first.

A lot is accepted or rejected as a whole, but the administration may answer for one invoice of it: such messages name
the invoice, and the state of the lot is that of the invoice that is least far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from ..texts import Text
from .states import INITIAL, MEANINGS, STATES, Audience, Direction, State

STATED: Final = "STATED"


class Event(NamedTuple):
    """Something known about a file. kind: of the message, or ``STATED`` for a state somebody told us (``answer`` is its
    name); answer: EC01, EC02; moment: ISO 8601 as written, "" unknown; number, year, position: the invoice meant."""

    kind: str
    answer: str = ""
    moment: str = ""
    number: str = ""
    year: str = ""
    position: str = ""

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
    term, None without one; ignored: events that mean nothing here (DT for a private recipient)."""

    state: State
    since: str = ""
    due: date | None = None
    ignored: tuple[Event, ...] = ()


def standing(
    direction: Direction, audience: Audience, events: Iterable[Event], invoices: Sequence[Invoice] = (Invoice(),)
) -> Standing:
    """The state of a file of one or several invoices."""
    known = list(events)
    each = [_of_one(direction, audience, known, invoice) for invoice in invoices or (Invoice(),)]
    return min(each, key=lambda found: (found.state.definitive, found.state.rank, found.state.name))


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
    """A moment as SdI writes it, with or without an offset (then it is local time); None when it is none."""
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=None)


def _of_one(direction: Direction, audience: Audience, events: list[Event], invoice: Invoice) -> Standing:
    table = MEANINGS[direction, audience]
    mine = [event for event in events if concerns(event, invoice)]
    kept = _without_annulled(mine)
    meant = [(event, STATES[_meaning(event, table)]) for event in kept if _meaning(event, table)]
    ignored = tuple(event for event in mine if not _meaning(event, table))
    if not meant:
        return Standing(STATES[INITIAL[direction, audience]], ignored=ignored)
    event, state = max(meant, key=lambda pair: (pair[1].rank, pair[0].moment, pair[1].name))
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
    return found.date() + timedelta(days=state.days) if found and state.days else None


def explained(found: Standing) -> Text:
    """The standing in a sentence: what it is, since when, what to do, until when."""
    state = found.state
    it, en = state.title.it, state.title.en
    if found.since:
        it, en = f"{it} dal {found.since[:10]}", f"{en} since {found.since[:10]}"
    it, en = f"{it}. {state.next.it}", f"{en}. {state.next.en}"
    if found.due and state.term.it:
        it, en = f"{it} ({state.term.it}: {found.due})", f"{en} ({state.term.en}: {found.due})"
    return Text(it.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))
