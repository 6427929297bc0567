"""Read anything: ``python -m tests.fuzz.fuzz_read`` with atheris installed; ``check`` alone runs in the tests."""

from __future__ import annotations

import sys

import fatturakit as fk
from fatturakit.errors import InputError
from fatturakit.limits import Limits

LIMITS = Limits(document_bytes=2_000_000, unwrapped_bytes=8_000_000)


def check(data: bytes) -> None:
    """A report on anything; what was mended is within the document and SdI's opinion of it is there too."""
    report = fk.validate(data, limits=LIMITS)
    assert report.verdict.value in {"valid", "invalid", "unclear", "unreadable"}
    for repair in report.repairs:
        assert repair.message.say("it", repair.args)
        assert repair.offset is None or repair.offset >= 0
    try:
        document = fk.open(data, limits=LIMITS)
    except InputError:
        assert report.verdict.value == "unreadable"
    else:
        assert document.received == data
        assert all(repair.offset is None or repair.offset <= len(document.data) for repair in document.repairs)


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
