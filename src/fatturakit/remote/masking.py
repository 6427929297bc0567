"""Secrets, and the one place that takes them out of whatever is shown: logs, errors, requests, answers."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, quote_plus

MASK: Final = "***"
_SHORTEST: Final = 4
_KEYS: Final = r"password|pin|token|refreshToken|api_key|apikey|secret|client_secret|authorization"
_PATTERNS: Final = (
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), MASK),
    (re.compile(r"(?i)\b(basic|bearer)\s+[\w.~+/=-]{4,}"), rf"\1 {MASK}"),
    (re.compile(r"(?i)\b(api_key)=[^&\s\"'<>]+"), rf"\1={MASK}"),
    (re.compile(rf'(?i)("(?:{_KEYS})"\s*:\s*)"(?:[^"\\]|\\.)*"'), rf'\1"{MASK}"'),
    (re.compile(r'("headers"\s*:\s*)\{[^{}]*\}'), rf'\1"{MASK}"'),
)


class Secret:
    """A text that shows itself only to who asks for it by ``reveal()``."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    __str__ = __repr__

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret is not written down")


class Masker:
    """Takes the secrets it was told of out of texts and bytes, in every form they travel in."""

    def __init__(self) -> None:
        self._forms: list[str] = []

    def learn(self, secrets: Iterable[Secret]) -> None:
        """From now on hide these too."""
        found = {form for secret in secrets for form in _forms(secret.reveal())}
        self._forms = sorted(found.union(self._forms), key=len, reverse=True)

    def text(self, text: str) -> str:
        """The text without secrets."""
        for form in self._forms:
            text = text.replace(form, MASK)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text

    def raw(self, data: bytes) -> bytes:
        """The bytes without secrets; every other byte stays."""
        return self.text(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def __repr__(self) -> str:
        return f"<Masker of {len(self._forms)} forms>"


def _forms(value: str) -> Iterator[str]:
    if len(value) < _SHORTEST:
        return
    yield from (value, quote(value, safe=""), quote_plus(value), quote(value))
    yield b64encode(value.encode()).decode()
    yield b64encode(f"{value}:".encode()).decode()
    yield value.replace("\\", "\\\\").replace('"', '\\"')
