"""The series of a ledger: numbers that grow, days that do not go back, unique codes, and the chain of signatures."""

from __future__ import annotations

import re
from binascii import a2b_base64
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from ..texts import Text
from .hashchain import HASH_LENGTH, Signer, message, series_of
from .kinds import escaped
from .ledger.joined import Unordered
from .ledger.source import Source
from .ledger.troubles import Troubles
from .variant import Variant

_CONTROL: Final = re.compile(r"\d+|\d+\.\d+|\d+-[A-Z]{2}M [^/^ ]+/\d+|\d+-[A-Z]{2}D [^ ]+ [^/^ ]+/\d+", re.ASCII)
_ATCUD: Final = re.compile(r"([^-]{8,})-(\d+)", re.ASCII)
_HASH: Final = re.compile(f"[A-Za-z0-9+/]{{{HASH_LENGTH - 1}}}=")
"""How every hash looks that a key of the right size makes."""
_LONGEST: Final = 60


class Paper(NamedTuple):
    """What of a document the chain looks at."""

    number: str
    type: str
    section: str
    day: str
    entry: str
    source: str
    gross: Decimal
    hash: str
    control: str
    atcud: str


class Signed(NamedTuple):
    """What the chain adds to it."""

    hash: str
    control: str
    atcud: str


class _Series:
    """Where one series is. quiet: nothing is said of documents that go on like the last one.

    next: the number of such a document, "" while nobody knows; stem: the length of what comes before the place in it.
    """

    __slots__ = ("code", "day", "entry", "hash", "known", "next", "number", "quiet", "section", "stem", "type")

    def __init__(self, code: str = "", last_hash: str = "") -> None:
        self.code, self.hash = code, last_hash
        self.known = bool(last_hash)
        self.number, self.quiet, self.next, self.stem = 0, False, "", 0
        self.day = self.entry = self.type = self.section = ""


class Chain:
    """Takes the documents of all series in order. signer: signs those that have no hash yet.

    signing: whether documents before the span matter, because the chain runs through them.
    """

    def __init__(
        self,
        source: Source,
        variant: Variant,
        troubles: Troubles,
        signer: Signer | None,
        version: str,
        *,
        indexed: bool,
    ) -> None:
        self._variant, self._troubles, self._signer, self._version = variant, troubles, signer, version
        self._indexed = indexed
        self.signing = signer is not None
        self._series: dict[str, _Series] = {}
        self._last = _Series()
        self._types: dict[str, str] = {}
        self.unsigned = False
        self._no_code = "0" if variant.atcud_since else ""
        if "series" in source.tables():
            self._read(source)

    def _read(self, source: Source) -> None:
        rows = source.open("series", self._troubles)
        for number, cells in rows.rows:
            self._troubles.at(rows.file, number)
            row = dict(zip(rows.columns, (cell.strip() for cell in cells), strict=True))
            code = row.get("validation_code", "")
            if code and (len(code) < 8 or "-" in code or not code.isascii()):
                self._troubles.error("SL011", _CODE, column="validation_code", value=code)
            self._series[row.get("series", "")] = _Series(code, row.get("last_hash", ""))

    def next(
        self, section: str, kind: str, day: str, entry: str, number: str, hash_: str, control: str, atcud: str
    ) -> tuple[str, str, str] | None:
        """The next document of a series of which there is nothing to say: what ``take`` would answer.

        None, with nothing done, for any other.
        """
        series = self._last
        if series.next != number or len(number) > _LONGEST:
            found = self._followed(number)
            if found is None:
                return None
            series = found
        if day < series.day or entry < series.entry or series.type != kind or series.section != section:
            return None
        place, digits = series.number + 1, number[series.stem :]
        code = f"{series.code}-{digits}" if series.code else self._no_code
        if (atcud and atcud != code) or (control and not _is_version(control)):
            return None
        if hash_ in ("", "0"):
            if self.signing:
                return None
            hash_, control = "0", control or "0"
            series.known, self.unsigned = False, True
        elif _HASH.fullmatch(hash_):
            control = control or self._version
            series.hash, series.known = hash_, True
        else:
            return None
        series.number, series.day, series.entry = place, day, entry
        series.next, self._last = f"{number[: series.stem]}{place + 1}", series
        return hash_, control, code

    def _followed(self, number: str) -> _Series | None:
        """The series that a number is the next of, when nothing is said of documents that go on like its last one."""
        name, _, digits = number.rpartition("/")
        series = self._series.get(name)
        if series is None or not series.quiet or not (digits.isascii() and digits.isdecimal()):
            return None
        series.stem = len(name) + 1
        return series if len(number) <= _LONGEST and int(digits) == series.number + 1 else None

    def take(self, paper: Paper) -> Signed:
        """The next document of a series."""
        name, _, digits = paper.number.rpartition("/")
        series = self._series.get(name)
        if series is None or not digits.isdecimal() or not digits.isascii() or len(paper.number) > _LONGEST:
            if series_of(paper.number) is None or len(paper.number) > _LONGEST:
                self._troubles.error("SL011", _SHAPE, _SHAPE_FIX, "number", value=paper.number)
                return Signed("0", "0", "0")
            series = self._series.setdefault(name, _Series())
        number, series.next = int(digits), ""
        if number != series.number + 1 or paper.day < series.day or paper.entry < series.entry:
            self._judge_order(series, number, paper)
        if series.type != paper.type or series.section != paper.section:
            self._judge_type(series, name.partition(" ")[0], paper)
        series.number, series.day, series.entry = number, paper.day, paper.entry
        usual = f"{series.code}-{digits}"
        atcud = escaped(usual if series.code and paper.atcud in ("", usual) else self._atcud(paper, series))
        if paper.section == "payments":
            return Signed("", "", atcud)
        series.quiet = self._is_quiet(name, series, paper.day)
        return Signed(*self._signature(paper, series, number), atcud)

    def _is_quiet(self, name: str, series: _Series, day: str) -> bool:
        """Whether the name and the code of a series are written as they are, and a lack of the code was said."""
        if not self._variant.atcud_since:
            return not series.code and escaped(name) == name
        code, since = series.code, self._variant.atcud_since
        return escaped(name + code) == name + code and (bool(code) or day >= since)

    def _judge_order(self, series: _Series, number: int, paper: Paper) -> None:
        if number <= series.number:
            if not self._indexed:
                raise Unordered
            self._troubles.error("SL007", _TWICE, _TWICE_FIX, "number", value=paper.number)
        elif series.number and number > series.number + 1:
            self._troubles.error("SL011", _GAP, _GAP_FIX, "number", value=paper.number, last=series.number)
        if paper.day < series.day or paper.entry < series.entry:
            column = "date" if paper.day < series.day else "system_entry"
            self._troubles.error("SL014", _BACK, _BACK_FIX, column, value=paper.number)

    def _judge_type(self, series: _Series, code: str, paper: Paper) -> None:
        series.type, series.section = paper.type, paper.section
        kind = f"{paper.section} {paper.type}"
        if self._types.setdefault(code, kind) != kind:
            self._troubles.error(
                "SL011", _ONE_TYPE, _ONE_TYPE_FIX, "number", code=code, first=self._types[code], second=kind
            )

    def _atcud(self, paper: Paper, series: _Series) -> str:
        text = paper.number.rpartition("/")[2]
        if paper.atcud and paper.atcud != "0":
            found = _ATCUD.fullmatch(paper.atcud)
            if not found or found[2] != text:
                self._troubles.error("SL011", _WRONG_ATCUD, _ATCUD_FIX, "atcud", value=paper.atcud, number=text)
            elif series.code and found[1] != series.code:
                self._troubles.error("SL011", _TWO_CODES, column="atcud", value=paper.atcud, code=series.code)
            else:
                series.code = found[1]
            return paper.atcud
        if series.code:
            return f"{series.code}-{text}"
        since = self._variant.atcud_since
        if since and paper.day >= since and self._troubles.once("atcud", paper.number.rpartition("/")[0]):
            self._troubles.warn("SL012", _NO_ATCUD, _ATCUD_FIX, "atcud", value=paper.number, since=since, number=text)
        return "0"

    def _signature(self, paper: Paper, series: _Series, number: int) -> tuple[str, str]:
        if paper.hash and paper.hash != "0":
            series.hash, series.known = self._given(paper), True
            return series.hash, self._control(paper, self._version)
        if self._signer is None or paper.source == "I":
            self.unsigned = True
            series.known = False
            return "0", self._control(paper, "0")
        if number != 1 and not series.known:
            self._troubles.error("SL011", _NO_HASH_BEFORE, _NO_HASH_FIX, "hash", value=paper.number)
        elif not series.known:
            series.hash = ""
        text = message(paper.day, paper.entry, paper.number, paper.gross, series.hash)
        series.hash, series.known = self._signer.sign(text), True
        return series.hash, self._control(paper, self._version)

    def _given(self, paper: Paper) -> str:
        if len(paper.hash) != HASH_LENGTH or not _is_base64(paper.hash):
            self._troubles.error("SL011", _WRONG_HASH, column="hash", length=len(paper.hash))
            return "0"
        return paper.hash

    def _control(self, paper: Paper, default: str) -> str:
        if not paper.control:
            if paper.source == "M" and default != "0":
                self._troubles.warn("SL011", _MANUAL, column="hash_control", value=paper.number)
            return default
        if _is_version(paper.control):
            return paper.control
        if not _CONTROL.fullmatch(paper.control) or len(paper.control) > 70:
            self._troubles.error("SL011", _WRONG_CONTROL, _CONTROL_FIX, "hash_control", value=paper.control)
            return "0"
        return paper.control


@lru_cache(64)
def _is_version(control: str) -> bool:
    return control.isdecimal() and control.isascii() and len(control) <= _LONGEST


def _is_base64(text: str) -> bool:
    try:
        return bool(a2b_base64(text, strict_mode=True))
    except ValueError:
        return False


_SHAPE: Final = Text(
    "«{value}» non è un numero di documento.",
    "“{value}” is no document number.",
    "«{value}» não é um número de documento.",
)
_SHAPE_FIX: Final = Text(
    "Tipo, uno spazio, serie, barra, numero: FT A/1. Al più 60 caratteri.",
    "Type, one space, series, slash, number: FT A/1. At most 60 characters.",
    "Tipo, um espaço, série, barra, número: FT A/1. No máximo 60 caracteres.",
)
_TWICE: Final = Text(
    "Il numero {value} c'è già.", "The number {value} is there already.", "O número {value} já existe."
)
_TWICE_FIX: Final = Text(
    "Due documenti non possono avere un numero.",
    "Two documents cannot have one number.",
    "Dois documentos não podem ter o mesmo número.",
)
_GAP: Final = Text(
    "{value} segue il numero {last}: ne mancano.",
    "{value} follows number {last}: some are missing.",
    "{value} segue o número {last}: faltam documentos.",
)
_GAP_FIX: Final = Text(
    "Una serie non ha buchi: aggiungi i documenti (anche gli annullati, con status A).",
    "A series has no gaps: add the documents (cancelled ones too, with status A).",
    "Uma série não tem falhas: junte os documentos (também os anulados, com status A).",
)
_BACK: Final = Text(
    "{value} è prima del documento che lo precede nella serie.",
    "{value} is earlier than the document before it.",
    "{value} é anterior ao documento que o precede.",
)
_BACK_FIX: Final = Text(
    "In una serie giorni e registrazioni non tornano indietro.",
    "In a series days and entries do not go back.",
    "Numa série as datas e os registos não recuam.",
)
_ONE_TYPE: Final = Text(
    "Il tipo interno {code} serve a {first} e a {second}: può servirne uno solo.",
    "The internal type {code} serves {first} and {second}: it may serve one only.",
    "O tipo interno {code} serve {first} e {second}: só pode servir um.",
)
_ONE_TYPE_FIX: Final = Text(
    "Usa un tipo interno per ogni tipo di documento.",
    "Use one internal type per document type.",
    "Use um tipo interno por tipo de documento.",
)
_CODE: Final = Text(
    "«{value}» non è un codice di validazione.",
    "“{value}” is no validation code.",
    "«{value}» não é um código de validação.",
)
_WRONG_ATCUD: Final = Text(
    "«{value}» non è l'ATCUD del numero {number}.",
    "“{value}” is not the ATCUD of number {number}.",
    "«{value}» não é o ATCUD do número {number}.",
)
_TWO_CODES: Final = Text(
    "{value}: la serie ha il codice {code}.",
    "{value}: the series has the code {code}.",
    "{value}: a série tem o código {code}.",
)
_NO_ATCUD: Final = Text(
    "La serie di {value} non ha ATCUD, obbligatorio dal {since}: scritto 0.",
    "The series of {value} has no ATCUD, mandatory since {since}: written as 0.",
    "A série de {value} não tem ATCUD, obrigatório desde {since}: escrito 0.",
)
_ATCUD_FIX: Final = Text(
    "Scrivi CODICE-{number}, o validation_code nella tabella series.",
    "Write CODE-{number}, or validation_code in the table series.",
    "Escreva CÓDIGO-{number}, ou validation_code na tabela series.",
)
_NO_HASH_BEFORE: Final = Text(
    "{value} non è il primo della serie e manca l'hash di quello prima.",
    "{value} is not the first of its series and the hash before it is missing.",
    "{value} não é o primeiro da série e falta o hash anterior.",
)
_NO_HASH_FIX: Final = Text(
    "Metti last_hash nella tabella series, o i documenti precedenti nel registro.",
    "Put last_hash into the table series, or the documents before into the ledger.",
    "Indique last_hash na tabela series, ou junte os documentos anteriores.",
)
_WRONG_HASH: Final = Text(
    "L'hash ha {length} caratteri: sono 172, in base64.",
    "The hash has {length} characters: they are 172, in base64.",
    "O hash tem {length} caracteres: devem ser 172, em base64.",
)
_MANUAL: Final = Text(
    "{value} è recuperato (M): hash_control nomina il documento di carta.",
    "{value} is recovered (M): hash_control names the paper document.",
    "{value} foi recuperado (M): hash_control indica o documento em papel.",
)
_WRONG_CONTROL: Final = Text(
    "«{value}» non è un HashControl.", "“{value}” is no HashControl.", "«{value}» não é um HashControl."
)
_CONTROL_FIX: Final = Text(
    "La versione della chiave (1), 9999.1, o 1-FTM abc/00001; senza certificato 0.",
    "The version of the key (1), 9999.1, or 1-FTM abc/00001; without a certificate 0.",
    "A versão da chave (1), 9999.1, ou 1-FTM abc/00001; sem certificado 0.",
)
