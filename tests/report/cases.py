"""Handmade reports, one group per situation a renderer must cope with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fatturakit.findings import BodyKey, Finding, Layer, NotEvaluated, Repair, Report, Severity, Verdict
from fatturakit.report import FORMATS as EVERY_FORMAT
from fatturakit.report import Summary, Tally, renderer
from fatturakit.texts import Language, Text

AS_OF = date(2026, 11, 20)
BODY = "/p:FatturaElettronica/FatturaElettronicaBody[1]"
UNJUDGED = (
    NotEvaluated(
        "00311", Text("serve l'elenco IPA, che solo SdI consulta", "needs the IPA list, which only SdI consults")
    ),
    NotEvaluated("00404", Text("servono le fatture già trasmesse", "needs the invoices already transmitted")),
    NotEvaluated("00102", Text("manca l'extra «sign»", 'the "sign" extra is missing')),
)
ONE = (BodyKey(1, "TD01", "12/A", "2026-11-03"),)

PRICE = Finding(
    code="00423",
    severity=Severity.ERROR,
    layer=Layer.SDI,
    message=Text(
        "<PrezzoTotale> è {found}, il calcolo dà {expected}", "<PrezzoTotale> is {found}, computed {expected}"
    ),
    fix=Text("scrivi {expected} oppure correggi quantità e prezzo", "write {expected} or correct quantity and price"),
    path=f"{BODY}/DatiBeniServizi/DettaglioLinee[2]/PrezzoTotale",
    line=55,
    field="2.2.1.11",
    body=1,
    args={"found": "901.64", "expected": "901.67"},
)
NUMBER = Finding(
    code="00425",
    severity=Severity.ERROR,
    layer=Layer.SDI,
    message=Text("<Numero> non contiene alcuna cifra: '{found}'", "<Numero> contains no digit: '{found}'"),
    fix=Text("aggiungi il numero progressivo, es. {found}/1", "add the progressive number, e.g. {found}/1"),
    path=f"{BODY}/DatiGenerali/DatiGeneraliDocumento/Numero",
    line=1204,
    field="2.1.1.4",
    body=2,
    args={"found": "ABC"},
)
NAME = Finding(
    code="00001",
    severity=Severity.WARNING,
    layer=Layer.NAME,
    message=Text(
        "il nome del file non segue la sintassi prevista", "the file name does not follow the required syntax"
    ),
    fix=Text("prima di trasmettere usa un nome come {example}", "before transmitting use a name like {example}"),
    args={"example": "IT01234567890_00001.xml"},
)
ADVICE = Finding(
    code="FK001",
    severity=Severity.INFO,
    layer=Layer.ADVICE,
    message=Text("{what} è vuoto", "{what} is empty"),
    line=9,
    args={"what": Text("il codice postale", "the postal code")},
)
BROKEN = Finding(
    code="00305",
    severity=Severity.ERROR,
    layer=Layer.XML,
    message=Text("il file non è XML: {reason}", "the file is not XML: {reason}"),
    args={"reason": "EOF"},
)
EVIL = (
    "<script>alert(1)</script>\n::error::x & \"q\" 'a' \x1b[31m\x07\x9b2J \u202egnp.exe ]]> %0A \x00\ufffe\u2028\udce8,"
)
HOSTILE = Finding(
    code="00200",
    severity=Severity.ERROR,
    layer=Layer.XSD,
    message=Text("valore non ammesso: '{found}'", "value not allowed: '{found}'"),
    fix=Text("togli '{found}'", "remove '{found}'"),
    path=f"{BODY}/*[name()='{EVIL}']",
    line=3,
    field=EVIL,
    body=1,
    args={"found": EVIL},
)


def report(path: str, verdict: Verdict = Verdict.VALID, **more: object) -> Report:
    """A report with everyday values for whatever is not given."""
    values: dict[str, object] = {
        "kind": "FPR12",
        "as_of": AS_OF,
        "bodies": ONE,
        "layers": ("xml",),
        "not_evaluated": UNJUDGED,
    }
    return Report(path=path, verdict=verdict, **{**values, **more})  # type: ignore[arg-type]


CLEAN = report("IT01234567890_00001.xml")
WRONG = report("in/IT01234567890_00002.xml", Verdict.INVALID, findings=(PRICE, NAME, ADVICE))
LOT = report(
    "IT01234567890_00003.xml",
    Verdict.INVALID,
    kind="FPA12",
    bodies=tuple(BodyKey(n, "TD01", f"{n}/B", "2026-11-04") for n in range(1, 13)),
    findings=(NUMBER,),
)
SMALL_LOT = report("lotto.xml", bodies=(*ONE, BodyKey(2, "TD04", None, None)), findings=(ADVICE,))
LOST = report(
    "posta.zip!inner/rotto.xml.p7m",
    Verdict.UNREADABLE,
    kind="unknown",
    bodies=(),
    layers=("zip", "cms"),
    findings=(BROKEN,),
    not_evaluated=(),
)
MENDED = report(
    "IT01234567890_00004.xml.p7m",
    layers=("base64", "cms", "xml"),
    bodies=(BodyKey(1, "TD04", "NC 7", "2026-11-05"),),
    repairs=(
        Repair(
            "R03", Text("byte {byte} tolto dopo l'XML", "byte {byte} removed after the XML"), 1234, {"byte": "0x00"}
        ),
        Repair("R01", Text("base64 senza riempimento", "base64 without padding")),
    ),
)
NOTICE = report("IT01234567890_00001_RC_001.xml", kind="RC", bodies=())
UNSURE = report("altro.xml", Verdict.UNCLEAR, kind="unknown", bodies=())
ODD = report(
    f"cattiva/{EVIL}.xml",
    Verdict.INVALID,
    bodies=(BodyKey(1, "TD99", EVIL, EVIL),),
    repairs=(Repair("R09", Text("tolto {what}", "removed {what}"), None, {"what": EVIL}),),
    findings=(HOSTILE,),
)

CASES: dict[str, tuple[Report, ...]] = {
    "clean": (CLEAN,),
    "errors": (WRONG,),
    "lot": (LOT, SMALL_LOT),
    "unreadable": (LOST,),
    "repairs": (MENDED,),
    "hostile": (ODD,),
    "many": (CLEAN, WRONG, NOTICE, LOT, UNSURE, LOST, MENDED),
    "none": (),
}
LANGUAGES: tuple[Language, ...] = ("it", "en")
FORMATS = tuple(name for name in EVERY_FORMAT if name != "receipt")  # that one is a message, not a report
ALL = [(name, case, lang) for name in FORMATS for case in CASES for lang in LANGUAGES]


def totals(reports: Iterable[Report], *, interrupted: bool = False) -> Summary:
    """What the caller would hand to ``end``."""
    tally = Tally()
    for each in reports:
        tally.add(each)
    return tally.summary(interrupted=interrupted)


def render(
    name: str, reports: tuple[Report, ...], lang: Language = "it", *, interrupted: bool = False, **options: object
) -> str:
    """The whole output of one format."""
    view = renderer(name, lang=lang, **options)  # type: ignore[arg-type]
    pieces = [*view.begin()]
    for each in reports:
        pieces += view.document(each)
    return "".join([*pieces, *view.end(totals(reports, interrupted=interrupted))])
