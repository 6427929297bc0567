"""JSON text that is safe anywhere: well-formed Unicode, one physical line, nothing a terminal would obey."""

from __future__ import annotations

import json
import re
from typing import Final

from ..findings import NotEvaluated, Report
from ..texts import Language

_encode: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode
# Legal inside a JSON string, yet a terminal obeys the first, line-wise readers split at some, and none can be seen.
_ESCAPED: Final = re.compile(
    "[\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_HALVES: Final = re.compile("[\ud800-\udfff]")
_REMEMBERED = 256


def encode(value: object) -> str:
    r"""``value`` as JSON on one line, not forced to ASCII.

    Half a surrogate pair (an undecodable byte of a file name) becomes U+FFFD: many readers refuse the whole otherwise.

    >>> encode({"è": "a\u2028b\x9b"}), encode("\udce8")
    ('{"è": "a\\u2028b\\u009b"}', '"�"')
    """
    text = _encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return _HALVES.sub("\ufffd", _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


class Entries:
    """Document entries of ``fatturakit/report@1``, with the text of ``not_evaluated`` remembered.

    Most documents share one tuple of controls that were not judged; it is far larger than the rest of a clean entry.
    """

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self._texts: dict[tuple[NotEvaluated, ...], str] = {}
        self._last: tuple[tuple[NotEvaluated, ...], str] = ((), "[]")

    def entry(self, report: Report) -> dict[str, object]:
        """The entry without ``not_evaluated``."""
        return report.head(self._lang)

    def not_evaluated(self, rows: tuple[NotEvaluated, ...]) -> str:
        """``rows`` as a JSON array: the last tuple by identity, earlier ones (and unpickled twins) by value."""
        last, text = self._last
        if rows is not last:
            text = self._texts.get(rows) or self._remember(rows)
            self._last = (rows, text)
        return text

    def _remember(self, rows: tuple[NotEvaluated, ...]) -> str:
        if len(self._texts) >= _REMEMBERED:
            self._texts.clear()
        text = encode([{"code": row.code, "reason": row.reason.say(self._lang)} for row in rows])
        self._texts[rows] = text
        return text
