"""A violation put into words: where, what is wrong, what was expected, what to do (it, en).

Two tables: ``RULES`` for structure, ``VALUES`` for simple values. Every sentence has both languages side by side.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from lxml import etree

from ..findings import Finding, Layer, Severity
from ..texts import EMPTY, Text
from ..xmlio import line_of, local
from . import xpath
from .expected import expected, foreign_character, sizes, suggestion
from .structure import Violation
from .table import Element, ElementTable

_SHOWN: Final = 80
Args = dict[str, str | Text]


def finding(violation: Violation, table: ElementTable) -> Finding:
    """The 00200 finding of one violation."""
    row = violation.row
    args = _args(violation)
    message, fix = _value(violation, args) if violation.rule in VALUES else _rule(violation, table, args)
    return Finding(
        code="00200",
        severity=Severity.ERROR,
        layer=Layer.XSD,
        message=message,
        fix=fix,
        path=_path(violation, table),
        line=line_of(violation.at),
        field=(row.field if row else None) or None,
        body=xpath.body_index(violation.at),
        args=args,
    )


def value_sentence(rule: str, found: str, row: Element) -> tuple[Text, Text, Args]:
    """Message, remedy and arguments for a single value that breaks ``rule`` at ``row``, in no document yet."""
    violation = Violation(rule, etree.Element(row.name), row, found=found)
    args = _args(violation)
    message, fix = _value(violation, args)
    return message, fix, args


def shortened(value: str) -> str:
    """A value as it is quoted in a sentence: never more than 80 characters."""
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"


def _path(violation: Violation, table: ElementTable) -> str:
    path = xpath.of(violation.at, table)
    present = violation.attribute and violation.attribute in violation.at.attrib
    return f"{path}/{xpath.attribute(violation.attribute)}" if present else path


def _args(violation: Violation) -> Args:
    row, parent = violation.row, violation.parent
    args: Args = {"found": shortened(violation.found), "name": row.name if row else local(violation.at)}
    args["title"] = _title(row) if row else Text("<{name}>", "<{name}>")
    if parent:
        args["parent"] = parent.name
    if violation.attribute:
        args["attribute"] = violation.attribute
    return args


def _title(row: Element) -> Text:
    shown = f"@{row.name}" if row.kind == "attribute" else f"<{row.name}>"
    return Text(f"{shown} ({row.it})", f"{shown} ({row.en})")


def _value(violation: Violation, args: Args) -> tuple[Text, Text]:
    row = violation.row
    if row is None or row.type is None:
        return VALUES["fixed"], EMPTY
    args["expected"] = Text(f"«{row.fixed}»", f"“{row.fixed}”") if row.fixed else expected(row.type)
    word = _refine(violation, args)
    better = suggestion(violation.found, row.type)
    if better is None:
        return VALUES[word], Text("Scrivi {expected}.", "Write {expected}.")
    args["suggestion"] = shortened(better)
    return VALUES[word], Text("Scrivi «{suggestion}».", "Write “{suggestion}”.")


def _refine(violation: Violation, args: Args) -> str:
    """A broken pattern is said as what the eye sees: too long, a forbidden character; else the pattern in words."""
    row = violation.row
    if row is None or row.type is None or violation.rule not in {"pattern", "too_long", "too_short"}:
        return violation.rule
    low, high = sizes(row.type)
    args["length"] = str(len(violation.found))
    if stranger := foreign_character(violation.found, row.type):
        place = violation.found.index(stranger) + 1
        args.update(character=stranger, codepoint=f"U+{ord(stranger):04X}", place=str(place))
        return "character"
    if high is not None and len(violation.found) > high:
        args["max"] = str(high)
        return "too_long"
    if len(violation.found) < low:
        args["min"] = str(low)
        return "too_short"
    return violation.rule


def _rule(violation: Violation, table: ElementTable, args: Args) -> tuple[Text, Text]:
    message, fix = RULES[violation.rule]
    args.update(_EXTRAS[violation.rule](violation, table) if violation.rule in _EXTRAS else {})
    return message, args.pop("fix") if isinstance(args.get("fix"), Text) else fix  # type: ignore[return-value]


def _where(violation: Violation, table: ElementTable) -> Args:
    """ "dopo <X>" / "come primo elemento": where the schema puts an element."""
    row = violation.row
    if row is None:
        return {}
    before = [twin for twin in table.children(row.parent) if twin.order < row.order]
    node = violation.at if violation.rule == "missing" else violation.at.getparent()
    present = {local(child) for child in node} if node is not None else set()
    near = next((twin.name for twin in reversed(before) if twin.name in present), None)
    if near is None:
        return {"where": Text("come primo elemento", "as the first element")}
    return {"where": Text(f"dopo <{near}>", f"after <{near}>")}


def _alternatives(violation: Violation, table: ElementTable) -> Args:
    groups: dict[int, list[str]] = {}
    for row in violation.others:
        if row.choice:
            groups.setdefault(row.choice[1], []).append(f"<{row.name}>")
    return {
        "alternatives": Text(
            " oppure ".join(" e ".join(names) for names in groups.values()),
            " or ".join(" and ".join(names) for names in groups.values()),
        )
    }


def _homes(violation: Violation, table: ElementTable) -> Args:
    """Where an unknown element would be right, or which known name it resembles."""
    siblings = [row.name for row in table.children(violation.parent.path)] if violation.parent else []
    similar = get_close_matches(violation.found, siblings, n=1, cutoff=0.75)
    if similar:
        return {"fix": Text(f"Forse intendevi <{similar[0]}>.", f"Did you mean <{similar[0]}>?")}
    homes = ["/".join(row.parent.split("/")[-2:]) for row in table.by_name(violation.found) if row.kind != "attribute"]
    if homes:
        listed = ", ".join(list(dict.fromkeys(homes))[:4])
        return {"fix": Text(f"Spostalo: il suo posto è dentro {listed}.", f"Move it: it belongs inside {listed}.")}
    return {}


def _maximum(violation: Violation, table: ElementTable) -> Args:
    return {"max": str(violation.row.max if violation.row else 1)}


_EXTRAS: Final = {
    "missing": _where,
    "misplaced": _where,
    "missing_choice": _alternatives,
    "both": _alternatives,
    "unknown": _homes,
    "repeated": _maximum,
}
RULES: Final[dict[str, tuple[Text, Text]]] = {
    "missing": (
        Text("Manca {title}, obbligatorio dentro <{parent}>.", "{title} is missing; <{parent}> requires it."),
        Text("Aggiungi <{name}> {where}.", "Add <{name}> {where}."),
    ),
    "missing_choice": (
        Text("Dentro <{parent}> manca {alternatives}.", "<{parent}> needs {alternatives}."),
        Text("Aggiungi {alternatives}.", "Add {alternatives}."),
    ),
    "both": (
        Text(
            "Dentro <{parent}> ci sono dati di due alternative: serve {alternatives}, non insieme.",
            "<{parent}> mixes two alternatives: it takes {alternatives}, not both.",
        ),
        Text("Lascia una sola alternativa: {alternatives}.", "Keep one alternative: {alternatives}."),
    ),
    "unknown": (
        Text("<{found}> non esiste nel tracciato dentro <{parent}>.", "The format has no <{found}> inside <{parent}>."),
        Text("Togli <{found}>.", "Remove <{found}>."),
    ),
    "misplaced": (
        Text("{title} è fuori posto: l'ordine degli elementi conta.", "{title} is out of place: the order counts."),
        Text("Sposta <{name}> {where}.", "Move <{name}> {where}."),
    ),
    "repeated": (
        Text(
            "{title} compare più volte dentro <{parent}>: ne è ammesso al massimo {max}.",
            "{title} occurs too often inside <{parent}>: at most {max} allowed.",
        ),
        Text("Togli gli elementi <{name}> in più.", "Remove the extra <{name}> elements."),
    ),
    "namespace": (
        Text(
            "<{name}> è nel namespace «{found}», ma qui gli elementi non ne hanno.",
            "<{name}> is in the namespace “{found}”, but elements here have none.",
        ),
        Text(
            "Dichiara il namespace con un prefisso sulla sola radice (xmlns:p=…), non come predefinito.",
            "Declare the namespace with a prefix on the root only (xmlns:p=…), not as the default.",
        ),
    ),
    "text": (
        Text(
            "Testo «{found}» dentro <{name}>, che contiene solo elementi.",
            "Text “{found}” in <{name}>, which holds only elements.",
        ),
        Text("Togli il testo.", "Remove the text."),
    ),
    "children": (
        Text(
            "<{parent}> contiene <{found}>, ma deve contenere solo testo.",
            "<{parent}> contains <{found}> but may hold only text.",
        ),
        Text("Togli <{found}> e lascia il valore.", "Remove <{found}> and keep the value."),
    ),
    "attribute": (
        Text("<{name}> non ha l'attributo «{attribute}».", "<{name}> has no attribute “{attribute}”."),
        Text("Togli l'attributo.", "Remove the attribute."),
    ),
    "attribute_missing": (
        Text("A <{parent}> manca l'attributo «{attribute}».", "<{parent}> lacks the attribute “{attribute}”."),
        Text("Aggiungi l'attributo «{attribute}».", "Add the attribute “{attribute}”."),
    ),
}
VALUES: Final[dict[str, Text]] = {
    "empty": Text("{title} è vuoto. Atteso: {expected}.", "{title} is empty. Expected: {expected}."),
    "enumeration": Text(
        "{title}: «{found}» non è un valore ammesso. Atteso: {expected}.",
        "{title}: “{found}” is not allowed. Expected: {expected}.",
    ),
    "pattern": Text(
        "{title}: «{found}» non va bene. Atteso: {expected}.", "{title}: “{found}” does not fit. Expected: {expected}."
    ),
    "character": Text(
        "{title}: il carattere «{character}» ({codepoint}, posizione {place}) non è ammesso. Atteso: {expected}.",
        "{title}: the character “{character}” ({codepoint}, position {place}) is not allowed. Expected: {expected}.",
    ),
    "too_long": Text(
        "{title}: «{found}» ha {length} caratteri, il massimo è {max}.",
        "{title}: “{found}” has {length} characters, the most is {max}.",
    ),
    "too_short": Text(
        "{title}: «{found}» ha {length} caratteri, il minimo è {min}.",
        "{title}: “{found}” has {length} characters, the least is {min}.",
    ),
    "length": Text(
        "{title}: «{found}» ha una lunghezza sbagliata. Atteso: {expected}.",
        "{title}: “{found}” has the wrong length. Expected: {expected}.",
    ),
    "date": Text(
        "{title}: «{found}» non è una data. Atteso: {expected}.",
        "{title}: “{found}” is not a date. Expected: {expected}.",
    ),
    "date_time": Text(
        "{title}: «{found}» non è data e ora. Atteso: {expected}.",
        "{title}: “{found}” is not a date and time. Expected: {expected}.",
    ),
    "decimal": Text(
        "{title}: «{found}» non è un numero scritto come vuole il tracciato. Atteso: {expected}.",
        "{title}: “{found}” is not a number as the format wants it. Expected: {expected}.",
    ),
    "integer": Text(
        "{title}: «{found}» non è un numero intero. Atteso: {expected}.",
        "{title}: “{found}” is not a whole number. Expected: {expected}.",
    ),
    "base64": Text("{title}: il contenuto non è base64 valido.", "{title}: the content is not valid base64."),
    "below": Text(
        "{title}: «{found}» è sotto il minimo. Atteso: {expected}.",
        "{title}: “{found}” is below the least. Expected: {expected}.",
    ),
    "above": Text(
        "{title}: «{found}» è sopra il massimo. Atteso: {expected}.",
        "{title}: “{found}” is above the most. Expected: {expected}.",
    ),
    "too_many_digits": Text(
        "{title}: «{found}» ha troppe cifre. Atteso: {expected}.",
        "{title}: “{found}” has too many digits. Expected: {expected}.",
    ),
    "fixed": Text(
        "{title}: «{found}» non va bene; qui è ammesso solo {expected}.",
        "{title}: “{found}” does not fit; only {expected} is allowed here.",
    ),
}
