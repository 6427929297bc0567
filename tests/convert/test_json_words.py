"""What is wrong with a JSON text is said in both languages, nothing of it in the parser's English alone."""

from __future__ import annotations

import pytest

import fatturakit

WRONG = (
    "{",
    "[1",
    '{"a" 1}',
    '{"a":1 "b":2}',
    "{}x",
    '{"a":"b',
    '{"a":"\\q"}',
    '{"a":"\n"}',
    '{"a":NaN}',
    '{"a":1,}',
    '{"a":}',
)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_text(text: str) -> None:
    with pytest.raises(fatturakit.InputError) as refused:
        fatturakit.from_json(text)
    it, en = (refused.value.say(lang).rpartition(": ")[2] for lang in ("it", "en"))
    assert it != en
    assert "Expecting" not in en
