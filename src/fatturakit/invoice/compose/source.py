"""YAML and JSON as the input of ``compose``: every scalar stays what was written.

In YAML nothing is guessed: ``00184`` is a postcode and ``NO`` a province, not an octal number and a refusal. JSON
numbers are Decimal. A key given twice is an error in both.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ...errors import InputError
from ...findings import Layer
from ...texts import Text
from ...xmlio import refusal

if TYPE_CHECKING:
    import yaml

MAXIMUM: Final = 5_000_000
"""Bytes of an input; SdI takes no larger invoice."""


def load(data: bytes, name: str = "") -> dict[str, Any]:
    """The mapping in a YAML or JSON text; ``InputError`` when it is neither, or something else than a mapping."""
    if len(data) > MAXIMUM:
        raise refusal(_LARGE, _FIX, {"limit": str(MAXIMUM // 1_000_000)}, layer=Layer.ENVELOPE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(_ENCODING, _FIX, {"place": str(error.start)}, layer=Layer.ENVELOPE) from error
    try:
        found = _json(text) if _is_json(text, name) else _yaml(text)
    except RecursionError as error:
        raise refusal(_DEEP, _FIX, layer=Layer.ENVELOPE) from error
    if not isinstance(found, dict):
        raise refusal(_NO_MAPPING, _FIX, layer=Layer.ENVELOPE)
    return found


def _is_json(text: str, name: str) -> bool:
    return name.lower().endswith(".json") or (text.lstrip()[:1] == "{" and not name.lower().endswith((".yaml", ".yml")))


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _not("JSON", error.lineno, error.colno, error.msg) from error
    except ValueError as error:
        raise _not("JSON", 1, 1, str(error)) from error


def _refuse(word: str) -> None:
    raise ValueError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise refusal(_TWICE, _FIX, {"name": name})
    return found


def _yaml(text: str) -> Any:
    import yaml

    try:
        if "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.BaseLoader)):
            raise refusal(_ALIAS, _FIX, layer=Layer.ENVELOPE)
        return _plain(yaml.compose(text, Loader=yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _not("YAML", line, column, str(error.problem)) from error
    except yaml.YAMLError as error:
        raise _not("YAML", 1, 1, str(error).splitlines()[0]) from error


def _plain(node: yaml.Node | None) -> Any:
    """Texts, lists and mappings, and nothing else, from the nodes of YAML."""
    if node is None:
        return {}
    if isinstance(node.value, str):
        return None if node.style is None and node.value in {"", "~", "null"} else node.value
    if node.id == "sequence":
        return [_plain(each) for each in node.value]
    return _once([(str(_plain(key)), _plain(value)) for key, value in node.value])


def _not(what: str, line: int, column: int, detail: str) -> InputError:
    args = {"what": what, "line": str(line), "column": str(column), "detail": detail}
    return refusal(_BROKEN, _FIX, args, line, layer=Layer.ENVELOPE)


_BROKEN: Final = Text(
    "Non è {what} valido: riga {line}, colonna {column}: {detail}.",
    "It is not valid {what}: line {line}, column {column}: {detail}.",
)
_TWICE: Final = Text("La voce «{name}» compare due volte.", "The entry “{name}” is there twice.")
_NO_MAPPING: Final = Text(
    "Servono voci come «number: 1», non altro.", "It takes entries like “number: 1”, nothing else."
)
_ENCODING: Final = Text("Il testo non è UTF-8 (posizione {place}).", "The text is not UTF-8 (position {place}).")
_ALIAS: Final = Text(
    "Gli alias di YAML (*nome) non sono ammessi: poche righe ne farebbero milioni.",
    "Aliases of YAML (*name) are not taken: a few lines of them would make millions.",
)
_LARGE: Final = Text("Il file supera {limit} MB.", "The file is larger than {limit} MB.")
_DEEP: Final = Text("Il file annida troppo.", "The file nests too deeply.")
_FIX: Final = Text("Parti da un esempio: fatturakit new --example.", "Start from an example: fatturakit new --example.")
