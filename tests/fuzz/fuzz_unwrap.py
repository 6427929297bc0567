"""Unwrap anything: ``python -m tests.fuzz.fuzz_unwrap`` with atheris installed; ``check`` alone runs in the tests."""

from __future__ import annotations

import sys

from fatturakit.envelope.unwrap import unwrap
from fatturakit.errors import InputError
from fatturakit.limits import Limits

LIMITS = Limits(document_bytes=2_000_000, unwrapped_bytes=8_000_000)


def check(data: bytes) -> None:
    """Content or a refusal that explains itself, never anything else."""
    try:
        found = unwrap(data, "fuzz", limits=LIMITS)
    except InputError as error:
        explains_itself(error)
    else:
        assert found.steps[-1].size == len(found.content)
        assert found.recovered == any(envelope.recovered for envelope in found.envelopes)


def explains_itself(error: InputError) -> None:
    """A refusal has a code and a sentence in both languages."""
    finding = error.finding
    assert finding
    assert finding.code in {"00003", "00102", "00106", "00200"}
    assert finding.say("it")
    assert finding.say("en")


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
