"""The tables of states hang together, and the words of the services lead back to where they came from."""

from __future__ import annotations

from itertools import permutations

import pytest

from fatturakit.schema.profiles import PROFILES
from fatturakit.sdi.kinds import KINDS
from fatturakit.sdi.markings import ACUBE, INVOICETRONIC, acube_of, state_of_acube, state_of_invoicetronic
from fatturakit.sdi.states import INITIAL, MEANINGS, STATES, audience_of
from fatturakit.sdi.timeline import STATED, Event, Invoice, concerns, explained, moment_of, standing


def test_every_state_has_its_words() -> None:
    assert set(ACUBE) == set(STATES)
    for state in STATES.values():
        assert all((state.title.it, state.title.en, state.next.it, state.next.en))
    for table in (*MEANINGS.values(), {str(key): name for key, name in INITIAL.items()}):
        assert set(table.values()) <= set(STATES)


def test_kinds_are_those_of_the_schemas() -> None:
    for profile in PROFILES:
        if profile.name.startswith("messages"):
            column = "pa" if "pa" in profile.name else "private"
            assert {
                getattr(kind, column): kind.code for kind in KINDS.values() if getattr(kind, column)
            } == profile.roots


@pytest.mark.parametrize("audience", ["private", "pa"])
def test_markings_lead_back(audience: str) -> None:
    for state in {*MEANINGS["sent", audience].values(), "transmitted", "waiting", "quarantined", "failed"}:  # type: ignore[index]
        back = state_of_acube(acube_of(state), audience)  # type: ignore[arg-type]
        assert back is not None
        assert acube_of(back) == acube_of(state)
        assert back == state or state == "delivery_failed"


@pytest.mark.parametrize("audience", ["private", "pa"])
def test_invoicetronic_leads_back(audience: str) -> None:
    for state in MEANINGS["sent", audience].values():  # type: ignore[index]
        number, name = INVOICETRONIC[state]
        for word in (number, str(number), name, name.upper()):
            assert state_of_invoicetronic(word, audience) == state  # type: ignore[arg-type]


def test_unknown_words_are_no_state() -> None:
    assert state_of_acube("signed", "pa") is None
    assert state_of_invoicetronic("42", "private") is None


@pytest.mark.parametrize(
    ("event", "invoice", "answer"),
    [
        (Event("NE"), Invoice(2, "7", "2026"), True),
        (Event("NE", number="7", year="2026"), Invoice(2, "7", "2026"), True),
        (Event("NE", number="7", year="2025"), Invoice(2, "7", "2026"), False),
        (Event("NE", number="8"), Invoice(2, "7", "2026"), False),
        (Event("NE", number="8", position="2"), Invoice(2, "7", "2026"), True),
    ],
)
def test_which_invoice_is_meant(event: Event, invoice: Invoice, answer: bool) -> None:
    assert concerns(event, invoice) is answer


def test_moments_are_on_an_italian_clock() -> None:
    assert moment_of("2026-11-05T10:00:00Z") == moment_of("2026-11-05T11:00:00.000+01:00")
    assert moment_of("5 November") is None


def test_what_means_nothing_is_said_and_ignored() -> None:
    found = standing("sent", "private", [Event("DT")])
    assert (found.state.name, found.ignored) == ("transmitted", (Event("DT"),))


def test_in_a_sentence() -> None:
    found = standing("sent", audience_of("FPA12"), [Event("RC", moment="2026-11-05T10:00:00")])
    assert "2026-11-20" in explained(found).say("it")


def test_terms_are_days_in_italy() -> None:
    found = standing("sent", "pa", [Event("RC", moment="2026-11-05T23:30:00Z")])
    assert str(found.due) == "2026-11-21"
    assert "2026-11-06" in explained(found).say("it")
    assert standing("sent", "pa", [Event("RC", moment="9999-12-31T10:00:00")]).due is None


@pytest.mark.parametrize(
    ("events", "state", "sdi"),
    [
        ([Event("NS", sdi="7"), Event("RC", sdi="12")], "delivered", "12"),
        ([Event("RC", sdi="7"), Event("NS", sdi="12")], "delivered", "7"),
        ([Event("NS", sdi="7"), Event("NS", sdi="12")], "rejected", "12"),
        ([Event("NS", sdi="7"), Event("RC", sdi="7")], "rejected", "7"),
        ([Event("NS", sdi="7"), Event(STATED, "delivered")], "rejected", "7"),
    ],
)
def test_a_transmission_that_was_not_rejected_decides(events: list[Event], state: str, sdi: str) -> None:
    for order in permutations(events):
        found = standing("sent", "private", order)
        assert (found.state.name, found.sdi) == (state, sdi)


def test_a_lot_shows_what_is_left_to_do() -> None:
    answers = [Event("NE", answer, position=place) for place, answer in (("1", "EC01"), ("2", "EC02"))]
    lot = [Invoice(1, "1"), Invoice(2, "2")]
    assert standing("sent", "pa", answers, lot).state.name == "refused"
    assert standing("sent", "pa", [answers[1], Event("DT", position="1")], lot).state.name == "refused"
