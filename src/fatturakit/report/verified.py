"""What signatures are worth, for people and for programs (``fatturakit/verify@1``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ..errors import InputError
from ..signature.verdict import Certificate, Signer, TimeStamp, Trust, Verdict, Verification
from ..texts import EMPTY, Language, Text
from ._encode import encode
from .screen import Column, Page

SCHEMA: Final = "fatturakit/verify@1"
BEGIN: Final = f'{{"schema": "{SCHEMA}",\n "documents": ['
END: Final = "\n ]}\n"
_WIDEST: Final = 36
_NAMES: Final = 18
_SHOWN: Final = {"rsassa_pkcs1v15": "RSA", "rsassa_pss": "RSA-PSS"}


class Row(NamedTuple):
    """One input of several, in words: its verdict and its signers."""

    shown: str
    verdict: str
    signers: str


def colour(found: Verification | InputError) -> str:
    """ok, warning or error, as the exit code has it."""
    if isinstance(found, InputError) or not found.ok:
        return "error"
    return "ok" if found.verdict is Verdict.TRUSTED else "warning"


def screen(shown: str, found: Verification, page: Page) -> Iterator[str]:
    """The verdict of one file and a block for every signer."""
    yield f"{page.name(shown)}  {page.paint(found.say(page.lang), colour(found))}"
    if found.problem != EMPTY:
        yield f"  {page.paint(page.words(found.problem), colour(found))}"
    for stamp in found.time_stamps:
        yield f"  {_stamp(stamp, page)}"
    for signer in found.signers:
        yield from (f"  {line}" for line in _signer(signer, page))


def _stamp(stamp: TimeStamp, page: Page) -> str:
    """A time stamp in one line: when, by whom, and what is wrong with it."""
    who = page.value(stamp.authority.subject) if stamp.authority else page.words(_UNKNOWN)
    said = page.words(_STAMP, when=_moment(stamp.time, page.lang), who=who)
    if not stamp.holds:
        return page.paint(f"{said}: {page.words(stamp.problem)}", "warning")
    return said if stamp.trust is Trust.TRUSTED else f"{said} ({page.words(_STAMP_NOT_VERIFIED)})"


def _signer(signer: Signer, page: Page) -> Iterator[str]:
    facts = signer.certificate
    who = page.value(facts.subject) if facts else page.words(_UNKNOWN)
    code = f" · {page.value(facts.tax_code)}" if facts and facts.tax_code else ""
    counter = f" ({page.words(_COUNTER)})" if signer.counter else ""
    yield f"{signer.level}. {page.paint(who, 'bold')}{code} · {signer.format}{counter}"
    yield f"   {page.words(_WHEN, when=_moment(signer.signed_at, page.lang))} · {_methods(signer)}"
    if facts:
        yield f"   {page.words(_ISSUED, **_period(facts))}"
    for stamp in signer.time_stamps:
        yield f"   {_stamp(stamp, page)}"
    for text in _remarks(signer):
        yield f"   {page.paint(page.words(text, obsolete=', '.join(signer.obsolete)), 'warning')}"


def _methods(signer: Signer) -> str:
    from ..signature.algorithms import shown

    key = signer.certificate.key if signer.certificate else ""
    method = _SHOWN.get(signer.algorithm, "")
    named = f"{method} {key.partition(' ')[2]}".strip() if method else key
    return ", ".join(filter(None, (shown(signer.digest), named)))


def _period(facts: Certificate) -> dict[str, str]:
    days = {"since": facts.not_before.date().isoformat(), "until": facts.not_after.date().isoformat()}
    return {"issuer": facts.issuer, "serial": facts.serial, **days}


def _remarks(signer: Signer) -> Iterator[Text]:
    """What a reader must know beside the verdict."""
    if signer.problem != EMPTY:
        yield signer.problem
    if signer.certificate and not signer.certificate.may_sign:
        yield _USAGE
    if signer.obsolete:
        yield _OBSOLETE
    if signer.proven_at and signer.certificate and not signer.at_signing and signer.certificate.may_sign:
        yield _PROVEN_LATE
    if signer.signed_at is None:
        yield _NO_TIME
    if signer.trust not in {Trust.TRUSTED, Trust.NOT_CHECKED}:
        yield signer.trust_problem


def _moment(moment: datetime | None, lang: Language) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC") if moment else _NEVER.say(lang)


def row(shown: str, found: Verification | InputError, lang: Language) -> Row:
    """A file in the table at the end."""
    if isinstance(found, InputError):
        return Row(shown, _REFUSED.say(lang), "")
    names = (signer.certificate.subject if signer.certificate else "?" for signer in found.signers)
    return Row(shown, found.say(lang), ", ".join(dict.fromkeys(names)))


def table(rows: Sequence[Row], page: Page) -> Iterator[str]:
    """A row a file, and how many there are of each verdict."""
    heads = (
        Column(page.words(_FILE), most=_WIDEST),
        Column(page.words(_VERDICT), flexible=True),
        Column(page.words(_WHO), most=_NAMES),
    )
    cells = [(page.ending(each.shown, _WIDEST), each.verdict, page.value(each.signers)) for each in rows]
    first, *lines = page.table(heads, cells, height=2)
    yield page.paint(first, "bold")
    yield from lines
    counts = Counter(each.verdict for each in rows)
    yield page.words(_SUM, all=str(len(rows)), each=" · ".join(f"{count} {name}" for name, count in counts.items()))


def entry(shown: str, found: Verification | InputError, lang: Language) -> str:
    """A file as one entry of ``documents``."""
    if not isinstance(found, InputError):
        return encode({"path": shown, **found.to_dict(lang)})
    fix = found.finding.remedy(lang) if found.finding else ""
    return encode({"path": shown, "verdict": "unreadable", "message": found.say(lang), "problem": fix, "signers": []})


_UNKNOWN: Final = Text("firmatario sconosciuto", "unknown signer")
_COUNTER: Final = Text("controfirma", "counter-signature")
_WHEN: Final = Text("dice di aver firmato: {when}", "claims to have signed: {when}")
_NEVER: Final = Text("senza data e ora", "no date and time")
_STAMP: Final = Text("marca temporale: {when}, di {who}", "time stamp: {when}, by {who}")
_STAMP_NOT_VERIFIED: Final = Text("autorità non verificata", "authority not verified")
_ISSUED: Final = Text(
    "certificato di {issuer}, n. {serial}, dal {since} al {until}",
    "certificate by {issuer}, no. {serial}, {since} to {until}",
)
_PROVEN_LATE: Final = Text(
    "all'ora provata dalla marca temporale il certificato non era in vigore",
    "at the time the time stamp proves, the certificate was not in force",
)
_USAGE: Final = Text("l'uso del certificato non ammette firme", "the key usage does not allow signatures")
_OBSOLETE: Final = Text("algoritmo obsoleto: {obsolete}", "obsolete algorithm: {obsolete}")
_NO_TIME: Final = Text("manca l'ora di firma (SdI: 00103)", "the signing time is missing (SdI: 00103)")
_REFUSED: Final = Text("non si apre", "cannot be opened")
_SUM: Final = Text("{all} file: {each}", "{all} files: {each}")
_FILE: Final = Text("file", "file")
_VERDICT: Final = Text("esito", "verdict")
_WHO: Final = Text("firmatari", "signers")
