"""What a verification answers: one verdict for the file, one row for each signer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..texts import EMPTY, Language, Text


class Verdict(StrEnum):
    """The one answer about a file; the values are stable names for programs."""

    TRUSTED = "intact-trusted"
    NOT_VERIFIED = "intact-signer-not-verified"
    EXPIRED_AFTER = "intact-certificate-expired-after-signing"
    NOT_VALID_AT_SIGNING = "intact-certificate-not-valid-at-signing"
    CHANGED = "content-changed"
    NOT_VERIFIABLE = "recovered-not-verifiable"
    UNSIGNED = "not-signed"

    def say(self, lang: Language = "it") -> str:
        """The verdict in words."""
        return _WORDS[self].say(lang)

    @property
    def is_intact(self) -> bool:
        """True when every signature fits what it signs, whoever signed."""
        return self.value.startswith("intact")


class Integrity(StrEnum):
    """Whether one signature fits what it signs."""

    INTACT = "intact"
    CHANGED = "changed"
    NOT_VERIFIABLE = "not-verifiable"


class Trust(StrEnum):
    """Whether the certificate of a signer leads to an authority the user trusts."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    BROKEN = "broken-chain"
    REVOKED = "revoked"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a certificate says of its holder. serial: hexadecimal; key: "RSA 2048"; usage: names of RFC 5280.

    qualified: it states to be a qualified certificate (QCStatements); tax_code: of the holder, without its prefix.
    """

    subject: str
    tax_code: str
    issuer: str
    issuer_organisation: str
    serial: str
    not_before: datetime
    not_after: datetime
    key: str
    usage: tuple[str, ...]
    qualified: bool

    @property
    def may_sign(self) -> bool:
        """Whether its key usage allows signatures; without the extension everything is allowed."""
        return not self.usage or bool({"digitalSignature", "nonRepudiation"} & set(self.usage))

    def to_dict(self) -> dict[str, object]:
        """The certificate as in ``fatturakit/verify@1``."""
        return {
            "subject": self.subject,
            "tax_code": self.tax_code,
            "issuer": self.issuer,
            "serial": self.serial,
            "not_before": self.not_before.isoformat(),
            "not_after": self.not_after.isoformat(),
            "key": self.key,
            "usage": list(self.usage),
            "qualified": self.qualified,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A time stamp. time: when its authority saw what it is over; problem: why it proves nothing, else EMPTY."""

    time: datetime | None = None
    integrity: Integrity = Integrity.NOT_VERIFIABLE
    authority: Certificate | None = None
    digest: str = ""
    obsolete: tuple[str, ...] = ()
    trust: Trust = Trust.NOT_CHECKED
    problem: Text = EMPTY

    @property
    def holds(self) -> bool:
        """It is over this, by an authority for time stamps, whom nobody we trust disowns."""
        return self.problem == EMPTY and self.integrity is Integrity.INTACT

    def to_dict(self, lang: Language = "it") -> dict[str, object]:
        """The time stamp as in ``fatturakit/verify@1``."""
        return {
            "time": self.time.isoformat() if self.time else None,
            "holds": self.holds,
            "integrity": self.integrity.value,
            "digest": self.digest,
            "obsolete": list(self.obsolete),
            "authority": self.authority.to_dict() if self.authority else None,
            "trust": self.trust.value,
            "problem": self.problem.say(lang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signature. level: 1 is the outermost envelope; format: "CAdES-BES", "CMS", "XAdES-BES enveloped"…

    signed_at: the time the signer claims; certificate_match: whether the signed certificate reference names the
    certificate that verifies (None without one); problem: why it is not intact; obsolete: weak algorithms used.
    time_stamps: over this signature; proven_at: when it existed at the latest, by a time stamp that holds; tokens: the
    time stamps as they are, stamped: what they must be over.
    """

    level: int
    format: str
    integrity: Integrity
    counter: bool = False
    certificate: Certificate | None = None
    signed_at: datetime | None = None
    digest: str = ""
    algorithm: str = ""
    obsolete: tuple[str, ...] = ()
    certificate_match: bool | None = None
    time_stamps: tuple[TimeStamp, ...] = ()
    proven_at: datetime | None = None
    at_signing: bool | None = None
    expired_since: bool = False
    trust: Trust = Trust.NOT_CHECKED
    problem: Text = EMPTY
    trust_problem: Text = EMPTY
    der: bytes = field(default=b"", repr=False)
    tokens: tuple[bytes, ...] = field(default=(), repr=False)
    stamped: bytes = field(default=b"", repr=False)
    chain: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def verdict(self) -> Verdict:
        """The verdict this signature alone would give."""
        if self.integrity is Integrity.CHANGED:
            return Verdict.CHANGED
        if self.integrity is Integrity.NOT_VERIFIABLE:
            return Verdict.NOT_VERIFIABLE
        if not self.at_signing or self.trust is Trust.REVOKED:
            return Verdict.NOT_VALID_AT_SIGNING
        if self.expired_since:
            return Verdict.EXPIRED_AFTER
        return Verdict.TRUSTED if self.trust is Trust.TRUSTED else Verdict.NOT_VERIFIED

    def to_dict(self, lang: Language = "it") -> dict[str, object]:
        """The row as in ``fatturakit/verify@1``."""
        return {
            "level": self.level,
            "format": self.format,
            "counter_signature": self.counter,
            "verdict": self.verdict.value,
            "integrity": self.integrity.value,
            "problem": self.problem.say(lang),
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "timestamped": bool(self.time_stamps),
            "time_stamps": [each.to_dict(lang) for each in self.time_stamps],
            "proven_at": self.proven_at.isoformat() if self.proven_at else None,
            "digest": self.digest,
            "algorithm": self.algorithm,
            "obsolete": list(self.obsolete),
            "certificate": self.certificate.to_dict() if self.certificate else None,
            "signing_certificate_match": self.certificate_match,
            "certificate_valid_at_signing": self.at_signing,
            "trust": self.trust.value,
            "trust_problem": self.trust_problem.say(lang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The answer about one file. anchors: whether there was anybody to trust; at: the moment it was judged for;
    time_stamps: those around the whole of it (.tsd, .m7m)."""

    verdict: Verdict
    signers: tuple[Signer, ...] = ()
    at: datetime
    anchors: bool = False
    recovered: bool = False
    layers: tuple[str, ...] = ()
    problem: Text = EMPTY
    time_stamps: tuple[TimeStamp, ...] = ()

    @property
    def ok(self) -> bool:
        """Intact, valid at signing and, when there were anchors, trusted."""
        sound = self.verdict.is_intact and self.verdict is not Verdict.NOT_VALID_AT_SIGNING
        return sound and (not self.anchors or all(signer.trust is Trust.TRUSTED for signer in self.signers))

    def say(self, lang: Language = "it") -> str:
        """The verdict in words."""
        if self.verdict is Verdict.NOT_VERIFIABLE and not self.recovered:
            return _NOT_RECOVERED.say(lang)
        return self.verdict.say(lang)

    def to_dict(self, lang: Language = "it") -> dict[str, object]:
        """The document entry of ``fatturakit/verify@1``."""
        return {
            "verdict": self.verdict.value,
            "message": self.say(lang),
            "problem": self.problem.say(lang),
            "ok": self.ok,
            "at": self.at.isoformat(timespec="seconds"),
            "anchors": self.anchors,
            "recovered": self.recovered,
            "layers": list(self.layers),
            "time_stamps": [each.to_dict(lang) for each in self.time_stamps],
            "signers": [signer.to_dict(lang) for signer in self.signers],
        }


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of several signatures together: the least good of them."""
    return min(verdicts, key=_FROM_THE_WORST.index, default=Verdict.UNSIGNED)


_FROM_THE_WORST: Final = (
    Verdict.CHANGED,
    Verdict.NOT_VERIFIABLE,
    Verdict.NOT_VALID_AT_SIGNING,
    Verdict.EXPIRED_AFTER,
    Verdict.NOT_VERIFIED,
    Verdict.TRUSTED,
    Verdict.UNSIGNED,
)
_NOT_RECOVERED: Final = Text("firma non verificabile", "signature not verifiable")
_WORDS: Final = {
    Verdict.TRUSTED: Text("intatto e firmatario affidabile", "intact and trusted"),
    Verdict.NOT_VERIFIED: Text("intatto, firmatario non verificato", "intact, signer not verified"),
    Verdict.EXPIRED_AFTER: Text(
        "intatto, certificato scaduto dopo la firma", "intact, certificate expired after signing"
    ),
    Verdict.NOT_VALID_AT_SIGNING: Text(
        "intatto, certificato non valido alla firma", "intact, certificate not valid at signing"
    ),
    Verdict.CHANGED: Text("contenuto cambiato: la firma non è valida", "content changed: the signature is not valid"),
    Verdict.NOT_VERIFIABLE: Text("recuperato, firma non verificabile", "recovered, signature not verifiable"),
    Verdict.UNSIGNED: Text("non firmato", "not signed"),
}
