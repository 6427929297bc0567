"""What the controls on signatures look at. Who fills it in lives upstairs: rules know nothing of cryptography."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..texts import EMPTY, Text


class Signed(NamedTuple):
    """One signature. name: of the signer; problem: why it is not intact; signed_at: the time it claims.

    at_signing: the certificate was in force then; may_sign, non_repudiation, qualified: what the certificate allows
    and says of itself; trusted: None when there was nobody to trust; chain_broken: there is a way to a trusted
    authority, and it does not hold; revenue: the certificate names the Agenzia delle Entrate as its issuer (CAdES).
    """

    name: str
    intact: bool
    problem: Text = EMPTY
    signed_at: datetime | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    may_sign: bool = True
    non_repudiation: bool = True
    qualified: bool = True
    trusted: bool | None = None
    chain_broken: bool = False
    trust_problem: Text = EMPTY
    issuer: str = ""
    revenue: bool = False


class Judged(NamedTuple):
    """All signatures of a file that could be read; anchors: there was somebody to trust."""

    signatures: tuple[Signed, ...]
    anchors: bool = False
