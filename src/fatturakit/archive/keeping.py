"""Changing what the archive knows beside the documents: our companies, flags, states that others told us."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from ..errors import UsageError
from ..sdi.states import STATES
from ..texts import Text
from .facts import Party
from .lookup import find
from .sides import bare, key_of, sides_of
from .state import companies as companies
from .state import refresh
from .store import Store, among

_VAT: Final = re.compile(r"IT[0-9]{11}|(?!IT[0-9]+$)[A-Z]{2}[A-Z0-9+*.]{2,28}")
_CODE: Final = re.compile(r"[A-Z0-9]{11,16}")
_PARTIES: Final = """SELECT id, seller_name, seller_country, seller_code, seller_tax, buyer_name, buyer_country,
    buyer_code, buyer_tax FROM documents WHERE UPPER(seller_code) IN {keys} OR UPPER(buyer_code) IN {keys}
    OR UPPER(seller_tax) IN {keys} OR UPPER(buyer_tax) IN {keys}"""
_OLD: Final = "SELECT document, company, direction, reason FROM sides WHERE document IN {keys}"
_ADD: Final = """INSERT INTO sides (document, company, direction, reason, state, definitive, since)
    VALUES (:document, :company, :direction, :reason, '', 0, '')"""
_DROP: Final = "DELETE FROM sides WHERE document = :document AND company = :company AND direction = :direction"
_COMPANY: Final = """INSERT INTO companies (vat, tax_codes, added_at) VALUES (:vat, :codes, :now)
    ON CONFLICT (vat) DO UPDATE SET tax_codes = :codes"""
_STATE: Final = """INSERT INTO stated (document, direction, state, moment, source)
    VALUES (:document, :direction, :state, :moment, :source) ON CONFLICT DO NOTHING"""
_FLAGS: Final = {"downloaded": "downloaded_at", "read": "read_at", "archived": "dismissed_at"}


class Marks(NamedTuple):
    """What to set: True and False change a flag, None leaves it."""

    downloaded: bool | None = None
    read: bool | None = None
    archived: bool | None = None
    state: str | None = None


def add_company(store: Store, vat: str, tax_codes: Iterable[str], now: str) -> int:
    """Declare a company ours; how many documents see it."""
    name, codes = key_of(vat), sorted({bare(code) for code in tax_codes})
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if not _VAT.fullmatch(name) or wrong:
        raise UsageError(_NO_VAT, vat=wrong[0] if wrong else vat)
    with store.writing():
        store.run(_COMPANY, {"vat": name, "codes": " ".join(codes), "now": now})
        return _resettle(store, [name, *codes])


def ours(store: Store, companies: Iterable[str]) -> tuple[str, ...]:
    """These companies as the archive knows them; ``UsageError`` for one that is not ours."""
    known = {row[0] for row in store.rows("SELECT vat FROM companies")}
    wanted = tuple(key_of(company) for company in companies)
    for company in wanted:
        if company not in known:
            raise UsageError(_NOT_OURS, company=company, known=", ".join(sorted(known)) or "-")
    return wanted


def remove_company(store: Store, vat: str) -> int:
    """Declare a company no longer ours."""
    name = key_of(vat)
    with store.writing():
        known = store.rows("SELECT tax_codes FROM companies WHERE vat = :vat", {"vat": name})
        if not known:
            raise UsageError(_NO_COMPANY, vat=vat)
        store.run("DELETE FROM companies WHERE vat = :vat", {"vat": name})
        return _resettle(store, [name, *known[0][0].split()])


def _resettle(store: Store, codes: Iterable[str]) -> int:
    """Work out the sides again of every document these codes stand on; flags of sides that stay are kept."""
    ours = companies(store)
    keys = {part for code in codes for part in (code, code[2:])}
    changed: list[int] = []
    rows = store.rows(_PARTIES.format(keys=_names(len(keys))), {f"k{n}": key for n, key in enumerate(sorted(keys))})
    old, types = _sides(store, [row[0] for row in rows]), _types(store, [row[0] for row in rows])
    for row in rows:
        number, wanted = row[0], sides_of(types.get(row[0], ()), Party(*row[1:5]), Party(*row[5:9]), ours)
        if _replace(
            store, number, old.get(number, {}), {(side.company, side.direction): side.reason for side in wanted}
        ):
            changed.append(number)
    refresh(store, changed)
    return len(changed)


def _names(count: int) -> str:
    return "(" + ", ".join(f":k{number}" for number in range(count)) + ")"


def _sides(store: Store, documents: list[int]) -> dict[int, dict[tuple[str, str], str]]:
    found: dict[int, dict[tuple[str, str], str]] = {}
    for number, company, direction, reason in among(store, _OLD, documents):
        found.setdefault(number, {})[company, direction] = reason
    return found


def _types(store: Store, documents: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, kind in among(store, "SELECT document, type FROM invoices WHERE document IN {keys}", documents):
        found.setdefault(number, []).append(kind)
    return found


def _replace(store: Store, number: int, old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]) -> bool:
    def row(key: tuple[str, str], **more: Any) -> dict[str, Any]:
        return {"document": number, "company": key[0], "direction": key[1], **more}

    store.run_many(_DROP, [row(key) for key in old if key not in new])
    store.run_many(_ADD, [row(key, reason=new[key]) for key in new if key not in old])
    change = (
        "UPDATE sides SET reason = :reason WHERE document = :document AND company = :company AND direction = :direction"
    )
    store.run_many(change, [row(key, reason=new[key]) for key in new if old.get(key, new[key]) != new[key]])
    return old != new


def mark(store: Store, keys: Iterable[int | str], marks: Marks, direction: str | None, source: str, now: str) -> int:
    """Set flags and a state, all or none; how many sides they are."""
    if marks.state is not None and marks.state not in STATES:
        raise UsageError(_NO_STATE, state=marks.state, known=", ".join(STATES))
    with store.writing():
        numbers = [find(store, key) for key in keys]
        sides = [row for row in among(store, _ALL, numbers) if direction in {None, row[2]}]
        if marks.archived is not None and marks.state != "rejected":
            sides = _only_rejected(sides)
        for document, company, side, _ in sides:
            _set(store, {"document": document, "company": company, "direction": side}, marks, now)
            if marks.state is not None:
                values = {
                    "document": document,
                    "direction": side,
                    "state": marks.state,
                    "moment": now,
                    "source": source,
                }
                store.run(_STATE, values)
        refresh(store, numbers)
    return len(sides)


def _only_rejected(sides: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rejected sides of documents, of which each has one."""
    rejected = [row for row in sides if row[3] == "rejected"]
    for document, *_ in sides:
        if document not in {row[0] for row in rejected}:
            raise UsageError(_NOT_REJECTED, id=document)
    return rejected


def _set(store: Store, where: dict[str, Any], marks: Marks, now: str) -> None:
    for name, column in _FLAGS.items():
        wanted = getattr(marks, name)
        if wanted is not None:
            value = f"COALESCE({column}, :now)" if wanted else "NULL"
            sql = f"UPDATE sides SET {column} = {value} WHERE document = :document"  # noqa: S608 - our own names
            values = {**where, "now": now} if wanted else where
            store.run(sql + " AND company = :company AND direction = :direction", values)


_ALL: Final = "SELECT document, company, direction, state FROM sides WHERE document IN {keys}"
_NO_VAT: Final = Text(
    "«{vat}» non è una partita IVA con il paese (IT01234567890) né un codice fiscale.",
    "“{vat}” is no VAT number with its country (IT01234567890) and no tax code.",
)
_NO_COMPANY: Final = Text("«{vat}» non è fra le proprie aziende.", "“{vat}” is not one of our companies.")
_NOT_OURS: Final = Text(
    "{company} non è fra le proprie aziende ({known}): aggiungila con «fatturakit archive company add {company}».",
    "{company} is not one of our companies ({known}): add it with “fatturakit archive company add {company}”.",
)
_NO_STATE: Final = Text("Stato «{state}» sconosciuto: usa {known}.", "Unknown state “{state}”: use {known}.")
_NOT_REJECTED: Final = Text(
    "Il documento {id} non è scartato: solo gli scartati escono dall'elenco da correggere.",
    "Document {id} is not rejected: only rejected ones leave the list to fix.",
)
