"""The tables of states hang together, and the words of the services lead back to where they came from."""

from __future__ import annotations

import pytest

from fatturakit.schema.profiles import PROFILES
from fatturakit.sdi.kinds import KINDS
from fatturakit.sdi.markings import ACUBE, INVOICETRONIC, acube_of, state_of_acube, state_of_invoicetronic
from fatturakit.sdi.states import INITIAL, MEANINGS, STATES, audience_of
from fatturakit.sdi.timeline import Event, Invoice, concerns, explained, moment_of, standing


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


def test_moments_are_taken_as_they_come() -> None:
    assert moment_of("2026-11-05T10:00:00Z") == moment_of("2026-11-05T10:00:00.000+01:00")
    assert moment_of("5 November") is None


def test_what_means_nothing_is_said_and_ignored() -> None:
    found = standing("sent", "private", [Event("DT")])
    assert (found.state.name, found.ignored) == ("transmitted", (Event("DT"),))


def test_in_a_sentence() -> None:
    found = standing("sent", audience_of("FPA12"), [Event("RC", moment="2026-11-05T10:00:00")])
    assert "2026-11-20" in explained(found).say("it")
