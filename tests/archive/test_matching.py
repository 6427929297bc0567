"""Messages find their file in any order, and states follow from what is known: against an independent little model."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fatturakit as fk

from .made import OURS, message, received, sent

STATES = [
    ("private", "", "transmitted"),
    ("private", "NS", "rejected"),
    ("private", "RC", "delivered"),
    ("private", "MC", "not_delivered"),
    ("private", "MC RC", "delivered"),
    ("private", "NS RC", "rejected"),
    ("pa", "", "transmitted"),
    ("pa", "NS", "rejected"),
    ("pa", "MC", "delivery_failed"),
    ("pa", "MC RC", "delivered_pa"),
    ("pa", "MC AT", "undeliverable"),
    ("pa", "RC", "delivered_pa"),
    ("pa", "RC DT", "expired"),
    ("pa", "RC NE:EC01", "accepted"),
    ("pa", "RC NE:EC02", "refused"),
    ("pa", "DT NE:EC01", "accepted"),
    ("pa", "NS NE:EC01", "rejected"),
]


def made(words: str, name: str, *, pa: bool) -> list[tuple[str, bytes]]:
    pieces = [word.partition(":") for word in words.split()]
    return [message(kind, name, pa=pa, answer=answer) for kind, _, answer in pieces]


@pytest.mark.parametrize(("audience", "words", "state"), STATES)
def test_every_order_gives_the_same_state(audience: str, words: str, state: str) -> None:
    name, data = sent(1, pa=audience == "pa")
    things = [(name, data), *made(words, name, pa=audience == "pa")]
    for order in itertools.permutations(things):
        with fk.Archive(":memory:") as archive:
            archive.add_company(OURS)
            for thing in order:
                archive.add(thing)
            assert archive.get(1).entry.state == state


def test_messages_find_their_file_on_either_store(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    name, data = sent(1, pa=True)
    archive.add(message("SE", name, pa=True, named=False), message("NE", name, pa=True, answer="EC02"))
    assert len(list(archive.notices(unmatched=True))) == 2
    archive.add(message("RC", "IT99999999999_99999.xml", pa=True, data=data))
    archive.add((name, data))
    assert not list(archive.notices(unmatched=True))
    entry = archive.get("111").entry
    assert (entry.state, entry.marking, entry.invoicetronic) == (
        "refused",
        "rejected-pa",
        (9, "RifiutatoDalDestinatario"),
    )


def test_the_bytes_win_over_the_name(archive: fk.Archive) -> None:
    name, data = sent(1)
    archive.add((name, data), ("x/" + sent(2)[0], sent(2)[1]))
    archive.add(message("RC", sent(2)[0], data=data))
    assert next(archive.notices()).document == archive.get(name).entry.id
    assert next(archive.notices()).how == "hash"


def test_two_files_of_one_name_match_nobody(archive: fk.Archive) -> None:
    archive.add(("A_00001.xml", sent(1)[1]), ("A_00001.xml.p7m", sent(2)[1]), message("RC", "A_00001.xml"))
    assert [notice.how for notice in archive.notices(unmatched=True)] == ["several"]


def test_one_refused_invoice_keeps_a_lot_open(archive: fk.Archive) -> None:
    one = sent(1, pa=True)[1].decode()
    start, end = one.index("  <FatturaElettronicaBody>"), one.index("</p:FatturaElettronica>")
    lot = (one[:end] + one[start:end].replace("1/A", "2/A") + one[end:]).encode()
    name = f"{OURS}_LOT01.xml"
    archive.add_company(OURS)
    archive.add((name, lot), message("RC", name, pa=True))
    archive.add(message("NE", name, pa=True, answer="EC02", about="2/A|2026|", sdi="111"))
    assert archive.get(1).entry.state == "delivered_pa"
    archive.add(message("NE", name, pa=True, answer="EC01", about="1/A|2026|1", sdi="111", when="2026-11-06"))
    assert archive.get(1).entry.definitive


TO_PA = ('versione="FPR12"', 'versione="FPA12"'), ("<FormatoTrasmissione>FPR12", "<FormatoTrasmissione>FPA12")
RECEIVED = [
    ("", "received_pa"),
    ("MT", "received_pa"),
    ("EC:EC01", "answered_accepted"),
    ("EC:EC02 SE", "answer_rejected"),
    ("EC:EC01 DT", "received_expired"),
]


@pytest.mark.parametrize(("words", "state"), RECEIVED)
def test_the_side_of_the_administration(words: str, state: str) -> None:
    name, data = received(1, *TO_PA)
    with fk.Archive(":memory:") as archive:
        archive.add_company(OURS)
        archive.add((name, data), *made(words, name, pa=True))
        assert archive.get(1).entry.state == state


def test_terms(archive: fk.Archive) -> None:
    archive.add_company(OURS)
    name, data = sent(1, pa=True)
    archive.add((name, data), message("RC", name, pa=True, when="2026-11-05T10:00:00"))
    entry = archive.get(1).entry
    assert (str(entry.due), entry.definitive) == ("2026-11-20", False)


# A model of who belongs to whom, written without looking at the archive: names and identifiers as a graph.
FILES = ["a", "b", "c"]
NOTICES = st.lists(
    st.tuples(st.sampled_from(["RC", "NS", "MC"]), st.sampled_from([*FILES, ""]), st.sampled_from("123")), max_size=8
)


def model(notices: list[tuple[str, str, str]]) -> dict[str, set[str]]:
    """File -> the kinds that reach it: through names that agree within one identifier."""
    reached: dict[str, set[str]] = {name: set() for name in FILES}
    for identifier in "123":
        mine = [row for row in notices if row[2] == identifier]
        names = {row[1] for row in mine if row[1]}
        if len(names) == 1:
            reached[names.pop()] |= {row[0] for row in mine}
    return reached


@settings(max_examples=40, deadline=None)
@given(NOTICES, st.randoms(use_true_random=False))
def test_matching_against_the_model(notices: list[tuple[str, str, str]], order: random.Random) -> None:
    things = [(f"{name}.xml", sent(number)[1]) for number, name in enumerate(FILES, 1)]
    things += [
        (f"m{place}.xml", message(kind, f"{name}.xml" if name else "q", sdi=sdi, named=bool(name))[1])
        for place, (kind, name, sdi) in enumerate(notices)
    ]
    order.shuffle(things)
    with fk.Archive(":memory:") as archive:
        for thing in things:
            archive.add(thing)
        for name, kinds in model(notices).items():
            assert {notice.kind for notice in archive.get(f"{name}.xml").notices} == kinds
