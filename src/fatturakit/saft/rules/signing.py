"""PT7xxx: hash, hash control and ATCUD as far as they can be judged without a key (``saft verify`` has the key)."""

from __future__ import annotations

import re
from typing import Final

from ...findings import Layer
from ...texts import Text
from ..desk import Desk
from ..hashchain import HASH_LENGTH, series_of
from ..model import Doc
from ..pt.codes import ATCUD_SINCE
from ..tree import leaf
from .declare import ERROR, WARNING, table

_CODE: Final = Text(
    "ATCUD = codice di validazione della serie, trattino, numero del documento.",
    "ATCUD = validation code of the series, hyphen, number of the document.",
    "ATCUD = código de validação da série, hífen, número do documento.",
)
_SIGN: Final = Text(
    "L'hash lo calcola il programma che emette il documento: non si aggiunge dopo.",
    "The program that issues the document computes the hash: it is not added later.",
    "O hash é calculado pelo programa que emite o documento: não se acrescenta depois.",
)
SIGNING: Final = table(
    Layer.SIGNATURE,
    ("PT7001", ERROR, Text(
        "Manca l'hash (Hash è «{found}»), ma il programma è certificato (n. {certificate}).",
        "There is no hash (Hash is “{found}”), but the program is certified (no. {certificate}).",
        "Falta o hash (Hash é «{found}»), mas o programa é certificado (n.º {certificate}).",
    ), _SIGN),
    ("PT7002", ERROR, Text(
        "L'hash ha {length} caratteri invece di {expected}, o non è base64: è stato troncato o alterato.",
        "The hash has {length} characters instead of {expected}, or is not base64: it was cut or changed.",
        "O hash tem {length} caracteres em vez de {expected}, ou não é base64: foi truncado ou alterado.",
    ), _SIGN),
    ("PT7003", WARNING, Text(
        "HashControl «{found}» non si accorda con SourceBilling {source}.",
        "HashControl “{found}” does not agree with SourceBilling {source}.",
        "HashControl «{found}» não concorda com SourceBilling {source}.",
    ), Text(
        "P: la versione della chiave; I: certificato.versione; M: chiave-tipoM o D e il numero originale.",
        "P: the version of the key; I: certificate.version; M: key-typeM or D and the original number.",
        "P: a versão da chave; I: certificado.versão; M: chave-tipoM ou D e o número original.",
    )),
    ("PT7004", ERROR, Text(
        "ATCUD «{found}» non finisce con il numero del documento ({expected}).",
        "ATCUD “{found}” does not end with the number of the document ({expected}).",
        "ATCUD «{found}» não termina com o número do documento ({expected}).",
    ), _CODE),
    ("PT7005", WARNING, Text(
        "Manca l'ATCUD, obbligatorio dal {since}.",
        "There is no ATCUD, required since {since}.",
        "Falta o ATCUD, obrigatório desde {since}.",
    ), _CODE),
    ("PT7006", ERROR, Text(
        "ATCUD «{found}»: serve un codice di almeno 8 caratteri, un trattino e il numero.",
        "ATCUD “{found}”: it takes a code of at least 8 characters, a hyphen and the number.",
        "ATCUD «{found}»: é preciso um código de pelo menos 8 caracteres, um hífen e o número.",
    ), _CODE),
    ("PT7007", ERROR, Text(
        "Il codice di validazione {found} non è quello della serie {series} ({expected}).",
        "The validation code {found} is not that of the series {series} ({expected}).",
        "O código de validação {found} não é o da série {series} ({expected}).",
    ), _CODE),
    ("PT7008", ERROR, Text(
        "L'hash è identico a quello di {other}.",
        "The hash is the same as that of {other}.",
        "O hash é igual ao de {other}.",
    ), _SIGN),
    ("PT7009", WARNING, Text(
        "C'è un hash, ma SoftwareCertificateNumber è 0.",
        "There is a hash, but SoftwareCertificateNumber is 0.",
        "Há um hash, mas SoftwareCertificateNumber é 0.",
    ), Text("Indica il numero del certificato.", "State the certificate number.", "Indique o número do certificado.")),
)  # fmt: skip
_HASH: Final = re.compile(r"[A-Za-z0-9+/]{171}=|[A-Za-z0-9+/]{170}==|[A-Za-z0-9+/]{172}", re.ASCII)
_ATCUD: Final = re.compile(r"([A-Za-z0-9]{8,})-([0-9]+)", re.ASCII)
_CONTROL: Final = re.compile(r"[0-9]+(\.[0-9]+|-[A-Z]{2}[MD].*)?", re.ASCII | re.DOTALL)
"""What the schema lets through, roughly: of anything else it speaks."""
_CONTROLS: Final = {
    "P": re.compile(r"[0-9]+"),
    "I": re.compile(r"[0-9]+(\.[0-9]+)?"),
    "M": re.compile(r"[0-9]+(-[A-Z]{2}[MD] .+)?"),
}


class Signing:
    """The last hash and the validation code of every series; the certificate of the header."""

    def __init__(self, desk: Desk, *, atcud: bool = True) -> None:
        self._desk, self._atcud = desk, atcud
        self._last: dict[str, tuple[str, str]] = {}
        self._codes: dict[str, str] = {}
        self.certificate = "0"

    def document(self, doc: Doc) -> None:
        """One document."""
        series = series_of(doc.number)
        name = series[0] if series else doc.number
        if doc.section.signed:
            self._hash(doc, name)
        if self._atcud:
            self._code(doc, name)

    def _hash(self, doc: Doc, series: str) -> None:
        value = leaf(doc.node, "Hash")
        certified = self.certificate.strip("0") != ""
        if value in {"0", ""}:
            if certified and doc.source == "P" and "Hash" in doc.node:
                self._desk.add(SIGNING["PT7001"], doc.at("Hash"), found=value, certificate=self.certificate)
            return
        if not _HASH.fullmatch(value) and len(value) <= HASH_LENGTH:  # of what is longer the schema speaks
            self._desk.add(SIGNING["PT7002"], doc.at("Hash"), length=len(value), expected=HASH_LENGTH)
        elif not certified and not self._last:
            self._desk.add(SIGNING["PT7009"], doc.at("Hash"))
        key = f"{doc.section.name} {series}"
        before, other = self._last.get(key, ("", ""))
        if value == before:
            self._desk.add(SIGNING["PT7008"], doc.at("Hash"), other=other)
        self._last[key] = (value, doc.number)
        control = leaf(doc.node, "HashControl")
        form = _CONTROLS.get(doc.source)
        if form is not None and _CONTROL.fullmatch(control) and not form.fullmatch(control):
            self._desk.add(SIGNING["PT7003"], doc.at("HashControl"), found=control, source=doc.source)

    def _code(self, doc: Doc, series: str) -> None:
        value = leaf(doc.node, "ATCUD")
        if value in {"0", ""}:
            if doc.date >= ATCUD_SINCE:
                self._desk.add(SIGNING["PT7005"], doc.at("ATCUD"), since=ATCUD_SINCE)
            return
        found = _ATCUD.fullmatch(value)
        if found is None:
            self._desk.add(SIGNING["PT7006"], doc.at("ATCUD"), found=value)
            return
        digits = doc.number.rpartition("/")[2]
        if found[2] != digits and found[2].lstrip("0") != digits.lstrip("0"):
            self._desk.add(SIGNING["PT7004"], doc.at("ATCUD"), found=value, expected=digits)
        key = f"{doc.section.name} {series} {doc.type} {doc.source if doc.source != 'P' else ''}"
        known = self._codes.setdefault(key, found[1])
        if known != found[1]:
            args = {"found": found[1], "expected": known, "series": series}
            self._desk.add(SIGNING["PT7007"], doc.at("ATCUD"), **args)
