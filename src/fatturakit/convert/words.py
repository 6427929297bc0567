"""What conversion has to say, and the findings it is said with."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from lxml import etree

from ..findings import Finding, Layer, Severity
from ..schema import xpath
from ..schema.table import Element
from ..texts import EMPTY, Text
from ..xmlio import line_of, local

_SHOWN = 40


class Pair(NamedTuple):
    """A sentence and the remedy."""

    message: Text
    fix: Text = EMPTY


def lost(what: Pair, element: etree._Element, row: Element | None, severity: Severity = Severity.ERROR) -> Finding:
    """A finding about something the dialect has no place for."""
    return Finding(
        code="00200",
        severity=severity,
        layer=Layer.XML,
        message=what.message,
        fix=what.fix,
        path=xpath.of(element),
        line=line_of(element),
        field=(row.field or None) if row else None,
        args={"name": local(element)},
    )


def wrong(what: Pair, pointer: str, row: Element | None, **args: str | Text) -> Finding:
    """A finding about a place in a JSON text; ``pointer`` is its JSON Pointer."""
    return Finding(
        code="00200",
        severity=Severity.ERROR,
        layer=Layer.XSD,
        message=what.message,
        fix=what.fix,
        path=pointer,
        field=(row.field or None) if row else None,
        args=args,
    )


def shown(value: object) -> str:
    """A JSON value in a few characters."""
    words = str(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def kind_of(value: object) -> Text:
    """What a JSON value is, in words."""
    kind = type(value).__name__
    return next((name for kinds, name in _KINDS if isinstance(value, kinds)), Text(kind, kind))


AN_OBJECT: Final = Text("un oggetto", "an object")
A_LIST: Final = Text("un elenco", "a list")
A_TEXT: Final = Text("un testo o un numero", "a text or a number")
A_NUMBER: Final = Text("un numero", "a number")
_KINDS: Final[tuple[tuple[type | tuple[type, ...], Text], ...]] = (
    (dict, AN_OBJECT),
    (list, A_LIST),
    (str, Text("un testo", "a text")),
    (bool, Text("vero o falso", "true or false")),
    ((int, float, Decimal), Text("un numero", "a number")),
    (type(None), Text("null", "null")),
)
NOT_OURS: Final = Text(
    "<{root}> non è una fattura FatturaPA né un messaggio di SdI: non ha una forma JSON.",
    "<{root}> is neither a FatturaPA invoice nor a message of SdI: it has no form in JSON.",
)
NOT_OURS_FIX: Final = Text("Converti il file XML della fattura.", "Convert the XML file of the invoice.")
AUDIT_FILE: Final = Text(
    "È un file di audit SAF-T: ha tabelle, non la forma JSON di una fattura.",
    "This is a SAF-T audit file: it has tables, not the JSON of an invoice.",
    "É um ficheiro SAF-T: tem tabelas, não a forma JSON de uma fatura.",
)
AUDIT_FILE_FIX: Final = Text(
    'Usa fatturakit.saft.convert(file, "jsonl", cartella), o: fatturakit saft convert FILE --to jsonl -o CARTELLA/ '
    "(anche csv, xlsx, parquet, sqlite).",
    'Use fatturakit.saft.convert(file, "jsonl", folder), or: fatturakit saft convert FILE --to jsonl -o FOLDER/ '
    "(also csv, xlsx, parquet, sqlite).",
    'Use fatturakit.saft.convert(ficheiro, "jsonl", pasta), ou: fatturakit saft convert FICHEIRO --to jsonl -o PASTA/ '
    "(também csv, xlsx, parquet, sqlite).",
)
NO_MESSAGES: Final = Text(
    "Il dialetto {dialect} ha solo fatture, e questo è un messaggio di SdI.",
    "The dialect {dialect} has invoices only, and this is a message of SdI.",
)
NO_MESSAGES_FIX: Final = Text("Usa --dialect acube o xml.", "Use --dialect acube or xml.")
_KEEP: Final = Text("Con --lossless si conserva.", "--lossless keeps it.")
STRAY: Final = Pair(Text("Perso: testo dentro <{name}>.", "Lost: text inside <{name}>."), _KEEP)
MOVED: Final = Pair(
    Text("<{name}> non è al suo posto: nel JSON l'ordine si perde.", "<{name}> is out of place: JSON loses the order."),
    _KEEP,
)
INSIDE: Final = Pair(Text("Persi: elementi dentro <{name}>.", "Lost: elements inside <{name}>."), _KEEP)
MIDNIGHT: Final = Pair(Text("La data di <{name}> perde l'ora.", "The date of <{name}> loses its time."), _KEEP)
UNKNOWN_ELEMENT: Final = Pair(
    Text("Perso: <{name}>, che lo schema non ha qui.", "Lost: <{name}>, which the schema does not have here."), _KEEP
)
AGAIN: Final = Pair(Text("Perso: <{name}> ripetuto.", "Lost: a repeated <{name}>."), _KEEP)
SIGNATURE: Final = Pair(
    Text("La firma nel documento non ha posto nel JSON.", "The signature in the document has no place in JSON."), _KEEP
)
NAMESPACE: Final = Pair(Text("Lo spazio dei nomi di <{name}> si perde.", "The namespace of <{name}> is lost."), _KEEP)
ATTRIBUTE: Final = Pair(Text("Persi: attributi di <{name}>.", "Lost: attributes of <{name}>."), _KEEP)
ROOT: Final = Pair(
    Text("Dal JSON non si capisce che la radice è <{name}>.", "The JSON does not tell that the root is <{name}>."),
    _KEEP,
)
PROFILE: Final = Pair(
    Text("Dal JSON non si capisce la versione del formato.", "The JSON does not tell the version of the format."), _KEEP
)
VERSION: Final = Pair(
    Text("L'attributo «versione» di <{name}> si perde.", "The attribute “versione” of <{name}> is lost."), _KEEP
)
SYSTEM: Final = Pair(
    Text("L'attributo «SistemaEmittente» si perde.", "The attribute “SistemaEmittente” is lost."), _KEEP
)
UNKNOWN_KEY: Final = Pair(
    Text("«{key}» non è una chiave di questo posto.", "“{key}” is no key of this place."),
    Text("Scrivi una di: {near}.", "Write one of: {near}."),
)
ELSEWHERE: Final = Pair(
    Text("«{key}» non va in questo posto.", "“{key}” does not belong in this place."),
    Text("Mettila dentro «{home}».", "Put it in “{home}”."),
)
DUPLICATE: Final = Pair(
    Text("La chiave «{key}» è scritta più volte.", "The key “{key}” is written more than once."),
    Text("Lasciane una; se si ripete usa un elenco.", "Keep one; use a list for what repeats."),
)
WRONG_TYPE: Final = Pair(
    Text("In «{name}» va {wanted}, non {found}.", "“{name}” takes {wanted}, not {found}."),
    Text("Scrivi {wanted}.", "Write {wanted}."),
)
NO_AMOUNT: Final = Pair(
    Text("«{name}» ha un numero che nessun importo può essere.", "“{name}” has a number that no amount can be."),
    Text("Scrivilo per esteso, con al massimo 100 zeri.", "Write it out, with a hundred zeros at most."),
)
PHP_DATE: Final = Pair(
    Text(
        "In «{name}» c'è un oggetto DateTime di PHP, non una data.", "“{name}” has a DateTime object of PHP, no date."
    ),
    Text("Scrivi la data come testo: AAAA-MM-GG.", "Write the date as a text: YYYY-MM-DD."),
)
CONTROL: Final = Pair(
    Text("Il carattere {char} non può stare in XML.", "The character {char} cannot stand in XML."),
    Text("Toglilo.", "Remove it."),
)
DAMAGED: Final = Pair(
    Text(
        "La chiave riservata «_fatturakit» è danneggiata o di un'altra versione.",
        "The reserved key “_fatturakit” is damaged or of another version.",
    ),
    Text("Toglila: si perde solo ciò che il dialetto non ha.", "Remove it: only what the dialect lacks is lost."),
)
