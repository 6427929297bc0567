"""Which document a JSON object is: its dialect, its profile and root, and the version it declares.

What is of no dialect is refused with a sentence that names what it looks like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from ..errors import ExitCode, InputError
from ..schema.profiles import PROFILES, Profile, by_name
from ..texts import Text
from .dialects import DIALECTS, RESERVED, Dialect
from .shapes import shape_of

_ORDINARY: Final = by_name("ordinary-1.2.3")
_SIMPLIFIED: Final = by_name("simplified-1.0.2")
_BY_FORMAT: Final = {name: profile for profile in PROFILES for name in profile.formats}
_VERSIONS: Final = {"SDI11": "1.1", "SDI10": "1.0"}
_BY_VERSION: Final = {"1.1": by_name("ordinary-1.1"), "1.0": by_name("ordinary-1.0")}
_OFFICE: Final = 6  # characters of the code of a public office; private recipients have seven
Found = tuple[Profile, str]


def dialect_in(data: Mapping[str, Any]) -> Dialect | None:
    """The dialect an object is written in, by the keys at its top; None when it is none."""
    if "fattura_elettronica_header" in data or "fattura_elettronica_body" in data:
        return DIALECTS["acube"]
    if "FatturaElettronicaHeader" in data or "FatturaElettronicaBody" in data:
        return DIALECTS["invoicetronic"]
    key = inner_key(data)
    if key in _SNAKE_ROOTS:
        return DIALECTS["acube"]
    return DIALECTS["xml"] if key.rpartition(":")[2] in _ROOTS else None


def profile_and_root(data: Mapping[str, Any], dialect: Dialect) -> Found | None:
    """The profile and the name of the root; None when the object is of no document the dialect knows."""
    key = inner_key(data)
    named = _named(dialect.name).get(key.rpartition(":")[2] if dialect.rooted else key)
    if named:
        inside = data[key]
        if _is_generic(inside):
            return None
        return _variant(named, inside if isinstance(inside, dict) else {}, dialect)
    if dialect.rooted:
        return None
    profile = _invoice(data, dialect)
    return profile, next(iter(profile.roots))


def inner_key(data: Mapping[str, Any]) -> str:
    """The key of the root at the top of a rooted object, as written; "" when there is none."""
    keys = [key for key in data if key != RESERVED]
    if len(keys) > 1:  # what stands beside a root is wrong, and said later
        keys = [key for key in keys if key in _SNAKE_ROOTS or str(key).rpartition(":")[2] in _ROOTS]
    return str(keys[0]) if keys else ""


def version(profile: Profile, data: Mapping[str, Any], dialect: Dialect) -> str | None:
    """The ``versione`` that goes with the transmission format, else with the length of the recipient's code."""
    transmission = _down(data, dialect, "FatturaElettronicaHeader", "DatiTrasmissione")
    stated = transmission.get(dialect.key("FormatoTrasmissione"))
    if profile is not _ORDINARY:
        return _VERSIONS.get(profile.formats[0], profile.formats[0])
    if isinstance(stated, str) and stated.strip():
        return stated
    code = transmission.get(dialect.key("CodiceDestinatario"))
    return "FPA12" if isinstance(code, str) and len(code) == _OFFICE else "FPR12"


def stated_format(data: Mapping[str, Any], dialect: Dialect) -> Any:
    """FormatoTrasmissione as an invoice has it; None when it is not there."""
    transmission = _down(data, dialect, "FatturaElettronicaHeader", "DatiTrasmissione")
    return transmission.get(dialect.key("FormatoTrasmissione"))


def unrecognised(data: object, wanted: Dialect | None = None) -> InputError:
    """The refusal of what is of no dialect, or not of the one that is wanted, naming what it looks like."""
    other = dialect_in(data) if isinstance(data, dict) else None
    if wanted is not None and other is not None and other is not wanted:
        return WrongJson(_OTHER, wanted=wanted.name, found=other.name)
    what = next((name for name, looks in _LOOKS if looks(data)), _SOMETHING)
    return WrongJson(_NO_DIALECT, what=what, known=", ".join(DIALECTS))


class WrongJson(InputError):
    """A JSON text that is no document of any dialect."""

    exit_code = ExitCode.FINDINGS


@cache
def _named(dialect: str) -> dict[str, Found]:
    """The keys of the roots a dialect has, each with its profile (the first that has it) and its name."""
    way = DIALECTS[dialect]
    profiles = [one for one in PROFILES if way.wraps(one) and (way.messages or one.is_invoice)]
    return {way.key(root): (one, root) for one in reversed(profiles) for root in one.roots}


def _variant(found: Found, inside: Mapping[str, Any], dialect: Dialect) -> Found:
    """The right one among the profiles that share a name of the root."""
    profile, root = found
    if profile.is_invoice:
        stated = stated_format(inside, dialect)
        older = _BY_VERSION.get(str(inside.get("versione"))) or _BY_FORMAT.get(str(stated))
        return (older, root) if older and root in older.roots else found
    private = by_name("messages-private-1.0")
    return (private, root) if root in private.roots and dialect.key("Hash") in inside else found


def _invoice(data: Mapping[str, Any], dialect: Dialect) -> Profile:
    stated = stated_format(data, dialect)
    profile = _BY_FORMAT.get(stated) if isinstance(stated, str) else None
    if profile:
        return profile
    seller = _down(data, dialect, "FatturaElettronicaHeader", "CedentePrestatore")
    own = {place.key for place in shape_of(_SIMPLIFIED, dialect, next(iter(_SIMPLIFIED.roots))).below[0].below[1].below}
    return _SIMPLIFIED if seller and set(seller) <= own and dialect.key("DatiAnagrafici") not in seller else _ORDINARY


def _down(data: Mapping[str, Any], dialect: Dialect, *names: str) -> Mapping[str, Any]:
    found: Any = data
    for name in names:
        found = found.get(dialect.key(name)) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _is_generic(inside: object) -> bool:
    """True for the marks generic converters put on what was an attribute or a text."""
    return isinstance(inside, dict) and any(str(key)[:1] in _MARKS for key in inside)


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and all(key in data for key in keys)


def _any_key(test: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda data: isinstance(data, dict) and any(test(str(key)) for key in data)


_ROOTS: Final = frozenset(root for profile in PROFILES for root in profile.roots)
_SNAKE_ROOTS: Final = frozenset(
    DIALECTS["acube"].key(root) for profile in PROFILES if not profile.is_invoice for root in profile.roots
)
_SOMETHING: Final = Text("un oggetto di altro tipo", "an object of another kind")
_MARKS: Final = ("@", "$", "#", "-", "_")
_LOOKS: Final[tuple[tuple[Text, Callable[[Any], bool]], ...]] = (
    (Text("un elenco, non un documento", "a list, not one document"), lambda data: isinstance(data, list)),
    (Text("un valore, non un oggetto", "a value, not an object"), lambda data: not isinstance(data, dict)),
    (
        Text(
            "il risultato di un convertitore generico da XML a JSON, con gli attributi sotto «@» o simili",
            "what a generic converter from XML to JSON makes, with attributes under “@” or the like",
        ),
        lambda data: any(_is_generic(inside) for inside in data.values()),
    ),
    (Text("un oggetto vuoto", "an empty object"), lambda data: not data),
    (Text("uno schema JSON", "a JSON Schema"), _has("$schema")),
    (Text("un rapporto di fatturakit", "a report of fatturakit"), _has("schema", "documents")),
    (
        Text("una mappa di tipi dello schema, non una fattura", "a map of schema types, not an invoice"),
        _any_key(lambda key: key.startswith("FatturaElettronica") and key.endswith("Type")),
    ),
    (
        Text(
            "una risorsa di A-Cube: la fattura è nel suo campo «payload»",
            "a resource of A-Cube: the invoice is in its field “payload”",
        ),
        _has("uuid", "payload"),
    ),
    (
        Text(
            "un invio di Invoicetronic: la fattura è nel suo campo «payload»",
            "a transmission of Invoicetronic: the invoice is in its field “payload”",
        ),
        _has("file_name", "payload"),
    ),
    (
        Text("una fattura UBL (Peppol)", "a UBL invoice (Peppol)"),
        _any_key(lambda key: key.rpartition(":")[2] in {"Invoice", "CreditNote", "CrossIndustryInvoice"}),
    ),
    (
        Text("una fattura con nomi in camelCase", "an invoice with camelCase names"),
        _any_key(lambda key: key.startswith("fatturaElettronica")),
    ),
    (Text("uno scontrino elettronico", "an electronic receipt"), _has("items", "fiscal_id")),
)
_OTHER = Text(
    "Il JSON non è nel dialetto {wanted}: è in {found}.", "The JSON is not in the dialect {wanted}: it is in {found}."
)
_NO_DIALECT = Text(
    "Il JSON non è di nessun dialetto conosciuto ({known}): sembra {what}.",
    "The JSON is of no known dialect ({known}): it looks like {what}.",
)
