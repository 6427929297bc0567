"""The signature chain: the official vector, the demonstration company, our own throwaway key."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fatturakit.errors import InputError, UsageError
from fatturakit.saft.hashchain import HASH_LENGTH, Signer, Verifier, message, printed, series_of

from ..shared import ROOT, needs_shared, shared

KEYS = ROOT / "fixtures" / "saft"
VECTOR = "2017-10-23;2017-10-25T18:32:01;11T P/1;28.07;"
VECTOR_HASH = (
    "Niozekjl2e9pmgUC0cuDoII43yVpfHHFldwd3G45y9rpdODZmPd/uHr3YDP3UxDedPEGCqJR182qUFD8nYhRL4yn6ys9pKYKAtR2GVL2lTHoGqyvT8OB04"
    "X+w2SRD5fVuL/A1EqrSbSFj/FpEAJYrSDVJaZLVLwz9jK7KeuK/DM="
)


def test_the_message() -> None:
    assert message("2017-10-23", "2017-10-25T18:32:01", "11T P/1", Decimal("28.07256")) == VECTOR
    assert message("2026-01-02", "2026-01-02T03:04:05", "FT A/2", Decimal("0.005"), "abc").endswith(";0.01;abc")
    assert message("2026-01-02", "2026-01-02T03:04:05", "GT A/2", Decimal(0)).endswith(";0.00;")


@needs_shared
def test_the_official_vector() -> None:
    verifier = Verifier.from_file(shared("corpus", "saft", "idemo_public_key.pem"))
    assert verifier.verifies(VECTOR, VECTOR_HASH)
    assert not verifier.verifies(VECTOR.replace("28.07", "28.08"), VECTOR_HASH)
    assert not verifier.verifies(VECTOR, VECTOR_HASH[:-4])
    assert not verifier.verifies(VECTOR, "è")
    assert printed(VECTOR_HASH) == "N9oH"
    assert len(VECTOR_HASH) == HASH_LENGTH


def test_signing_is_deterministic_and_verifies() -> None:
    signer = Signer.from_file(KEYS / "throwaway-key.pem")
    value = signer.sign(VECTOR)
    assert value == signer.sign(VECTOR)
    assert len(value) == HASH_LENGTH
    assert Verifier.from_file(KEYS / "throwaway-public.pem").verifies(VECTOR, value)


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("FAC 001/14", ("FAC 001", 14)),
        ("1T A/1", ("1T A", 1)),
        ("1N 8/00001", ("1N 8", 1)),
        ("FT A/B/1", None),
        ("FT  A/1", None),
        ("FT ^A/1", None),
        ("FT A/", None),
        ("FTA/1", None),
        ("FT A/1 ", None),
        ("FT A/١", None),
    ],
)
def test_series(number: str, answer: tuple[str, int] | None) -> None:
    assert series_of(number) == answer


def test_keys_that_are_none() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    with pytest.raises(UsageError, match="2048"):
        Signer(rsa.generate_private_key(65537, 2048))
    with pytest.raises(UsageError):
        Signer(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(InputError):
        Signer.from_pem(b"nothing")
    with pytest.raises(InputError):
        Verifier.from_pem(b"nothing")
    with pytest.raises(InputError):
        Verifier.from_file(KEYS / "absent.pem")
