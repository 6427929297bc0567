"""Finding documents: the filters of the A-Cube collection and ours, declared as SQL, and full text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from ..errors import UsageError
from ..sdi.markings import ACUBE
from ..texts import Text
from .facts import Party
from .period import day_of
from .records import Entry, amount, uuid_of
from .sides import key_of
from .store import Row, Store, listed, storable
from .told import KINDS

PAGE: Final = 30
_PARTY: Final = "name country code tax"
_SELECT: Final = f"""SELECT d.id, d.content, s.direction, s.company, s.reason, d.name, d.kind, d.signed, d.created_at,
    d.sdi_id, {", ".join(f"d.{who}_{what}" for who in ("seller", "buyer") for what in _PARTY.split())},
    i.type, i.number, i.day, i.currency, i.total, i.stamp,
    (SELECT COUNT(*) FROM invoices n WHERE n.document = d.id), s.state, s.definitive, s.since, s.due,
    s.downloaded_at, s.read_at, s.dismissed_at,
    (SELECT {{joined}} FROM ({KINDS}) m)
    FROM {{source}}"""  # noqa: S608 - our own names
_BESIDE: Final = """JOIN documents d ON d.id = s.document
    LEFT JOIN invoices i ON i.document = d.id AND i.position = 1"""
_WALK: Final = f"sides s {_BESIDE.replace('LEFT JOIN', 'JOIN')}"
_MUCH: Final = 2000
_ALL: Final = f"sides s {_BESIDE}"
# Which ones first, by keys alone; everything about those few then: sorting whole rows takes a thousand times longer.
_PAGE: Final = """WITH page AS (SELECT s.document, s.company, s.direction FROM {keys} WHERE {where}
    ORDER BY {order} LIMIT :_limit OFFSET :_offset) {select} ORDER BY {order}"""
_PAGED: Final = f"""page JOIN sides s
    ON s.document = page.document AND s.company = page.company AND s.direction = page.direction {_BESIDE}"""
_COUNT: Final = "SELECT COUNT(*) FROM sides s JOIN documents d ON d.id = s.document"
_ANY: Final = "EXISTS (SELECT 1 FROM invoices x WHERE x.document = d.id AND {condition})"
_BOUNDS: Final = {"before": "<=", "strictly_before": "<", "after": ">=", "strictly_after": ">"}


class Rule(NamedTuple):
    """How one filter becomes SQL. sql: with ``{name}`` for its value (of "part", the column it is sought in); kind: how
    the value is read."""

    sql: str
    kind: str


def _rules() -> dict[str, Rule]:
    rules = dict(_FIXED)
    for word, sign in _BOUNDS.items():
        rules[f"created_at_{word}"] = Rule(f"d.created_at {sign} :{{name}}", f"moment {word}")
        rules[f"invoice_date_{word}"] = Rule(_ANY.format(condition=f"x.day {sign} :{{name}}"), "day")
    for who, column in (("sender", "seller"), ("recipient", "buyer")):
        rules[who] = Rule(_KEYED.format(what=f"{_VAT} OR {_TAX}").replace("{party}", column), "codes")
        rules[f"{who}_business_name"] = Rule(f"d.{column}_name", "part")
        rules[f"{who}_business_vat_number_code"] = Rule(_KEYED.format(what=_VAT).replace("{party}", column), "codes")
        rules[f"{who}_business_fiscal_code"] = Rule(_KEYED.format(what=_TAX).replace("{party}", column), "codes")
    return rules


# Asked for by a list of documents, which an index gives; a condition on every row would be a walk through all of them.
_KEYED: Final = "d.id IN (SELECT p.id FROM documents p WHERE {what})"
_VAT: Final = (
    "(p.{party}_code IN {bare} AND (p.{party}_code IN {names} OR (p.{party}_country || p.{party}_code) IN {names}))"
)
_TAX: Final = "p.{party}_tax IN {names}"
_FIXED: Final = {
    "invoice_number": Rule("d.id IN (SELECT x.document FROM invoices x WHERE x.number = :{name})", "text"),
    "signed": Rule("d.signed = :{name}", "flag"),
    "downloaded": Rule("(s.downloaded_at IS NOT NULL) = (:{name} = 1)", "flag"),
    "read": Rule("(s.read_at IS NOT NULL) = (:{name} = 1)", "flag"),
    "stamp": Rule("(" + _ANY.format(condition="x.stamp = 1") + ") = (:{name} = 1)", "flag"),
    "to_pa": Rule("(d.kind IN ('FPA12', 'SDI10', 'SDI11')) = (:{name} = 1)", "flag"),
    "rejected_to_fix": Rule("(s.state = 'rejected' AND s.dismissed_at IS NULL) = (:{name} = 1)", "flag"),
    "definitive": Rule("s.definitive = :{name}", "flag"),
    "type": Rule("s.direction IN {names}", "direction"),
    "company": Rule("s.company IN {names}", "companies"),
    "marking": Rule("s.state IN {names}", "marking"),
    "state": Rule("s.state IN {names}", "small"),
    "document_type": Rule(_ANY.format(condition="x.type IN {names}"), "codes"),
    "name": Rule("d.name", "part"),
    "sdi_id": Rule("d.id IN (SELECT m.document FROM messages m WHERE m.sdi_id = :{name})", "text"),
    "id": Rule("d.id IN {names}", "numbers"),
    "after_id": Rule("d.id > :{name}", "number"),
}
FILTERS: Final = _rules()
DIRECTIONS: Final = {"0": "sent", "1": "received", "sent": "sent", "received": "received", "unknown": "unknown"}
ORDERS: Final = {
    "created_at": "s.document",
    "invoice_date": "i.day",
    "invoice_number": "i.number",
}


class Query(NamedTuple):
    """Conditions and their values, made from filters; names: of those that are asked for."""

    where: str
    values: dict[str, object]
    names: frozenset[str] = frozenset()


def query(store: Store, filters: Mapping[str, object], text: str | None = None) -> Query:
    """The filters as SQL; None and () are no filter. ``UsageError`` for an unknown one or a senseless value."""
    conditions: dict[str, str] = {}
    values: dict[str, object] = {}
    for number, (name, value) in enumerate(filters.items()):
        if name not in FILTERS:
            raise UsageError(_NO_FILTER, name=name, known=", ".join(sorted(FILTERS)))
        if value is not None and value not in ((), []):
            conditions[name] = _condition(store, name, value, f"v{number}", values)
    if text is not None and text.strip():
        values["words"] = _sought(text, store)
        conditions["words"] = store.dialect.match.format(name="words")
    return Query(" AND ".join(conditions.values()) or "1 = 1", values, frozenset(conditions))


def _condition(store: Store, name: str, value: object, key: str, values: dict[str, object]) -> str:
    rule = FILTERS[name]
    read = _READ[rule.kind.partition(" ")[0]](name, value, rule)
    if isinstance(read, list):
        if not read:
            return "1 = 0"
        names = _named(key, read, values)
        bare = _named(f"{key}b", [*read, *(code[2:] for code in read)], values) if "{bare}" in rule.sql else ""
        return rule.sql.replace("{names}", names).replace("{bare}", bare)
    values[key] = storable(read) if isinstance(read, str) else read
    if rule.kind == "part":
        lower = "LOWER({what})" if str(read).isascii() else store.dialect.lower
        return f"{lower.format(what=rule.sql)} LIKE :{key} ESCAPE '!'"
    return rule.sql.format(name=key)


def _named(key: str, read: list[Any], values: dict[str, object]) -> str:
    """A list as SQL has it, its values by name."""
    found = {f"{key}_{place}": storable(each) if isinstance(each, str) else each for place, each in enumerate(read)}
    values.update(found)
    return listed(found)


def entries(
    store: Store, found: Query, order: str | None = None, *, limit: int | None = None, offset: int = 0
) -> Iterator[Entry]:
    """The entries, newest first unless ordered otherwise; equal ones by their number, so that pages are steady."""
    where, by, joined = found.where, _order(order), store.dialect.joined.format(what="m.kind")
    if limit is None:
        sql = f"{_SELECT.format(source=_ALL, joined=joined)} WHERE {where} ORDER BY {by}"
        return map(_entry, store.stream(sql, found.values))
    keys, where = _ways(store, found, order)
    sql = _PAGE.format(keys=keys, where=where, order=by, select=_SELECT.format(source=_PAGED, joined=joined))
    return map(_entry, store.rows(sql, {**found.values, "_limit": limit, "_offset": offset}))


def _ways(store: Store, found: Query, order: str | None) -> tuple[str, str]:
    """From where the keys of a page are taken, and the condition. Along the index of the order itself where nothing or
    one side is asked for and there is much of it; else what passes is sorted."""
    if not order or "created_at" in order or found.names - {"type"}:
        return _ALL, found.where
    some = f"SELECT 1 FROM sides s WHERE {found.where} LIMIT {_MUCH}"  # noqa: S608 - our own names
    if len(store.rows(some, found.values)) < _MUCH:
        return _ALL, found.where
    return _WALK, found.where.replace("s.direction", "COALESCE(s.direction, '')")  # hides it from its own index


def count(store: Store, found: Query) -> int:
    """How many there are."""
    return int(store.rows(f"{_COUNT} WHERE {found.where}", found.values)[0][0])


def _order(order: str | None) -> str:
    """``invoice_date``, ``-invoice_date`` and ``invoice_date:desc``: a column, downwards with a minus."""
    tie = "s.document DESC, s.direction, s.company"  # as the index of the sides has it
    if not order:
        return tie
    name, _, way = order.lstrip("-").partition(":")
    if name not in ORDERS or way not in {"", "asc", "desc"}:
        raise UsageError(_NO_ORDER, order=order, known=", ".join(ORDERS))
    return f"{ORDERS[name]} {'DESC' if order.startswith('-') or way == 'desc' else 'ASC'}, {tie}"


def _entry(row: Row) -> Entry:
    number, content, *side = row[:10]
    parties = [Party(*row[start : start + 4]) for start in (10, 14)]
    kind, written, day, currency, total, stamp, bodies = row[18:25]
    state, definitive, since, due, *flags, kinds = row[25:]
    side[5], last = bool(side[5]), date.fromisoformat(due) if due else None
    head = (kind or "", written or "", day or "", currency or "", amount(total), bool(stamp), bodies)
    body = (*side, *parties, *head, state, bool(definitive), since, last, *flags, tuple(sorted((kinds or "").split())))
    return Entry(number, uuid_of(bytes(content)), *body)


def tokens(text: str) -> list[str]:
    """The words of a text without case and accents: what both databases agree on.

    >>> tokens("Caffè dell'Università")
    ['caffe', 'dell', 'universita']
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", bare.lower())


def _sought(text: str, store: Store) -> str:
    """What is searched for: all the words, a phrase in quotes, the beginning of a word with ``*``."""
    terms = [term for phrase, word in re.findall(r'"([^"]*)"|(\S+)', text) for term in _term(phrase, word)]
    if not terms:
        raise UsageError(_NO_WORDS, sought=text)
    postgres = store.dialect.blob == "BYTEA"
    return " & ".join(map(_postgres, terms)) if postgres else " AND ".join(map(_fts5, terms))


def _term(phrase: str, word: str) -> Iterator[tuple[list[str], bool]]:
    found = tokens(phrase or word)
    if found:
        yield found, bool(word) and word.endswith("*")


def _fts5(term: tuple[list[str], bool]) -> str:
    return '"' + " ".join(term[0]) + '"' + ("*" if term[1] else "")


def _postgres(term: tuple[list[str], bool]) -> str:
    words = list(term[0])
    words[-1] += ":*" if term[1] else ""
    return "(" + " <-> ".join(words) + ")"


def _flag(name: str, value: object, rule: Rule) -> int:
    known = {"true": 1, "false": 0, "1": 1, "0": 0}
    found = known.get(str(value).lower())
    if found is None:
        raise UsageError(_BAD_VALUE, name=name, value=value, wanted="true, false")
    return found


def _several(value: object) -> list[str]:
    given = value.split(",") if isinstance(value, str) else value
    return [str(each).strip() for each in given] if isinstance(given, list | tuple | set | frozenset) else [str(given)]


def _codes(name: str, value: object, rule: Rule) -> list[str]:
    """Numbers of companies and people, in capitals, with or without the country."""
    return [code.upper() for code in _several(value)]


def _companies(name: str, value: object, rule: Rule) -> list[str]:
    return [key_of(company) for company in _several(value)]


def _direction(name: str, value: object, rule: Rule) -> list[str]:
    found = [DIRECTIONS.get(each.lower(), "") for each in _several(value)]
    if not all(found):
        raise UsageError(_BAD_VALUE, name=name, value=value, wanted=", ".join(DIRECTIONS))
    return found


def _marking(name: str, value: object, rule: Rule) -> list[str]:
    wanted = {each.lower() for each in _several(value)}
    return [state for state, marking in ACUBE.items() if marking in wanted]


def _moment(name: str, value: object, rule: Rule) -> str:
    """A bound for ``created_at``: a day stands for the whole of it, so its end where that matters."""
    text = str(value).strip().replace("Z", "+00:00")
    whole_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    if whole_day and rule.kind.endswith((" before", " strictly_after")):
        return f"{_day(name, value, rule)}T99"
    return _day(name, value, rule) if whole_day else _utc(name, text)


def _utc(name: str, text: str) -> str:
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(_BAD_VALUE, name=name, value=text, wanted="2026-11-21, 2026-11-21T10:00:00Z") from error
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _day(name: str, value: object, rule: Rule) -> str:
    try:
        return day_of(str(value))
    except UsageError as error:
        raise UsageError(_BAD_VALUE, name=name, value=value, wanted="2026-11-21") from error


def _part(name: str, value: object, rule: Rule) -> str:
    bare = re.sub(r"([!%_])", r"!\1", str(value).lower())
    return f"%{bare}%"


def _number(name: str, value: object, rule: Rule) -> int:
    if not str(value).isdecimal() or len(str(value)) > 18:
        raise UsageError(_BAD_VALUE, name=name, value=value, wanted="1, 2, 3")
    return int(str(value))


_READ: Final[dict[str, Any]] = {
    "text": lambda name, value, rule: str(value),
    "small": lambda name, value, rule: [each.lower() for each in _several(value)],
    "numbers": lambda name, value, rule: [_number(name, each, rule) for each in _several(value)],
    "number": _number,
    "flag": _flag,
    "codes": _codes,
    "companies": _companies,
    "direction": _direction,
    "marking": _marking,
    "moment": _moment,
    "day": _day,
    "part": _part,
}


def by_uuid(store: Store, uuid: UUID) -> int | None:
    """The document with a UUID."""
    first = uuid.bytes[:6]
    last = (int.from_bytes(first) + 1).to_bytes(7)[1:] if first != b"\xff" * 6 else b"\xff" * 33
    found = store.rows(
        "SELECT id, content FROM documents WHERE content >= :a AND content < :b", {"a": first, "b": last}
    )
    return next((number for number, content in found if uuid_of(bytes(content)) == uuid), None)


_NO_FILTER: Final = Text("Non c'è un filtro «{name}»: usa {known}.", "There is no filter “{name}”: use {known}.")
_NO_ORDER: Final = Text("Non si ordina per «{order}»: usa {known}.", "No order by “{order}”: use {known}.")
_BAD_VALUE: Final = Text(
    "{name}: «{value}» non ha senso; esempi: {wanted}.", "{name}: “{value}” makes no sense; examples: {wanted}."
)
_NO_WORDS: Final = Text(
    "In «{sought}» non ci sono parole da cercare.", "There are no words to search for in “{sought}”."
)
