"""Where the rules and the signatures meet: what verifies a document for the controls on signatures.

The rooms below know nothing of each other; the command line, the workers and the library come through here.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Final

from ..document import Document
from ..findings import Report, given_names
from ..limits import DEFAULT, Limits
from ..rules import engine
from ..rules.options import Options, given_day, given_moment
from ..signature import extra
from ..sources import Source
from . import audit, audit_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..rules.options import Signatures
    from ..rules.signed import Judged, Signed
    from ..signature.verdict import Signer

_REVENUE: Final = "agenzia delle entrate"
_TRUST: Final = "FATTURAKIT_TRUST"


def validate(
    source: Document | Source,
    *,
    name: str | None = None,
    received_on: date | str | None = None,
    as_of: date | str | None = None,
    preflight: bool = False,
    channel: str = "sdicoop",
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    trust: str | Iterable[str] = (),
    strict: bool = False,
    limits: Limits = DEFAULT,
) -> Report:
    """The report on one document (an open ``Document``, a path, bytes or a binary file); never raises for a bad one.

    name: the file name to judge (default: that of the path). received_on: when SdI received it (a moment, a day,
    or ISO 8601 text; without an offset Europe/Rome; default now); as_of: the day whose controls apply (default that
    one); preflight: judge it as about to be sent on ``channel`` (web, sdicoop, pec, sftp); strict: mend nothing while
    reading. select, ignore: prefixes of codes, one or several.
    trust: certificates, folders or trusted lists for 00104 (default $FATTURAKIT_TRUST, else what ``trust update``
    kept). An audit file (SAF-T) is judged as one, streamed when it is a large file; ``fatturakit.saft.validate`` takes
    what only those know.
    """
    options = Options(
        received_on=given_moment(received_on),
        as_of_date=given_day(as_of),
        preflight=preflight,
        channel=channel,
        select=given_names(select),
        ignore=given_names(ignore),
        limits=limits,
        strict=strict,
        signatures=verifier(),
        trust=given_names(trust),
    )
    found = audit_source.given(source, options.limits)
    if found is None:
        return engine.judge_source(source, options, name=name)
    if isinstance(found, bytes):
        return engine.judge_source(found, options, name=engine.shown(source) if name is None else name)
    return audit.judged(found, options, name)


def verifier() -> Signatures | None:
    """What verifies signatures for the controls; None without the extra ``sign``, and the reports will say so."""
    return signatures if extra.available() else None


def trusted(names: tuple[str, ...]) -> tuple[str, ...]:
    """``names``, once it is sure that they can be read; the workers to come inherit what was read."""
    if names or os.environ.get(_TRUST):
        extra.require()
        from ..signature.trust import anchors

        anchors(names)
    return names


def signatures(document: Document, options: Options) -> Judged:
    """The signatures of a document as the controls want them."""
    from ..rules.signed import Judged
    from ..signature.verify import verify

    found = verify(document, trust=options.trust or None, at=options.received_on)
    return Judged(tuple([_signed(row) for row in found.signers]), found.anchors)


def _signed(row: Signer) -> Signed:
    from ..rules.signed import Signed
    from ..signature.verdict import Integrity, Trust

    facts = row.certificate
    base = Signed(
        name=facts.subject if facts else "?",
        intact=row.integrity is Integrity.INTACT,
        problem=row.problem,
        signed_at=row.signed_at,
        trusted={Trust.NOT_CHECKED: None, Trust.TRUSTED: True}.get(row.trust, False),
        chain_broken=bool(row.trust is Trust.BROKEN and row.at_signing),
        trust_problem=row.trust_problem,
    )
    if facts is None:
        return base
    return base._replace(
        not_before=facts.not_before,
        not_after=facts.not_after,
        may_sign=facts.may_sign,
        non_repudiation=not facts.usage or "nonRepudiation" in facts.usage,
        qualified=facts.qualified,
        issuer=facts.issuer,
        revenue=_REVENUE in facts.issuer_organisation.lower() and not row.format.startswith("X"),
    )
