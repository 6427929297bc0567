"""Keys to sign with: a PKCS#12 file, or a key that never leaves its token (PKCS#11). Both through pyHanko."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import MissingExtra, UsageError
from ..refusals import reason
from ..texts import Text
from . import extra
from .verdict import Certificate

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer

_MOST_BYTES: Final = 1024 * 1024


class Key(NamedTuple):
    """A key ready to sign: pyHanko's signer, and what its certificate says."""

    signer: Signer
    certificate: Certificate
    chain: tuple[bytes, ...]

    def usable(self, at: datetime | None = None) -> bool:
        """Whether its certificate is in force and allows signatures."""
        facts = self.certificate
        return facts.may_sign and facts.not_before <= (at or datetime.now(UTC)) <= facts.not_after


class Locked(NamedTuple):
    """A PKCS#12 file and its password, for a process that must open it again. Shown without them."""

    name: str
    data: bytes
    secret: str | None

    def __repr__(self) -> str:
        return f"Locked({self.name!r})"

    def open(self) -> Key:
        """The key; ``UsageError`` when the password is wrong or it is no such file."""
        from .filekey import FileSigner

        secret = None if self.secret is None else self.secret.encode()
        try:
            found = FileSigner.load_pkcs12_data(self.data, [], secret)
            signer = FileSigner(found.signing_cert, found.signing_key, found.cert_registry)
        except (ValueError, TypeError, AttributeError) as error:
            raise UsageError(_BAD_FILE, name=self.name) from error
        return _key(signer)


def locked_key(path: str | os.PathLike[str], secret: str | None) -> Locked:
    """The PKCS#12 file at ``path``, not yet opened; ``UsageError`` when it cannot be read."""
    extra.require()
    try:
        with Path(path).open("rb") as stream:
            return Locked(os.fspath(path), stream.read(_MOST_BYTES), secret)
    except OSError as error:
        raise UsageError(_NO_FILE, name=os.fspath(path), reason=reason(error)) from error


@contextmanager
def signing_key(
    *,
    p12: str | os.PathLike[str] | None = None,
    pkcs11: str | os.PathLike[str] | None = None,
    token: str | None = None,
    key: str | None = None,
    secret: str | None = None,
) -> Iterator[Key]:
    """A key from the PKCS#12 file ``p12``, or from the token labelled ``token`` through the module ``pkcs11``.

    key: the label of key and certificate in the token; secret: password or PIN. ``UsageError`` when it cannot be
    opened, ``MissingExtra`` without the extra ``sign``.
    """
    extra.require()
    if p12 is not None:
        yield locked_key(p12, secret).open()
        return
    if pkcs11 is None or not key:
        raise UsageError(_NO_KEY)
    session = _session(os.fspath(pkcs11), token, secret)
    try:
        yield _from_token(session, key)
    finally:
        session.close()  # type: ignore[attr-defined]


def _session(module: str, token: str | None, pin: str | None) -> object:
    try:
        import pkcs11
    except ImportError as error:
        raise MissingExtra(_NO_PKCS11) from error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import open_pkcs11_session

    try:
        return open_pkcs11_session(module, token_criteria=TokenCriteria(label=token) if token else None, user_pin=pin)
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        said = _TROUBLE.get(type(error).__name__) or Text(*2 * (str(error) or type(error).__name__,))
        raise UsageError(_NO_TOKEN, name=token or module, reason=said) from error


def _from_token(session: object, label: str) -> Key:
    from pyhanko.sign.pkcs11 import PKCS11Signer

    try:
        signer = PKCS11Signer(session, cert_label=label, key_label=label, other_certs_to_pull=None)  # type: ignore[arg-type]
        own = signer.signing_cert
        if own is not None and own.public_key.algorithm == "ec":  # many tokens cannot hash for elliptic curves
            signer = PKCS11Signer(
                session,  # type: ignore[arg-type]
                signing_cert=own,
                key_label=label,
                other_certs_to_pull=None,
                use_raw_mechanism=True,
            )
        return _key(signer)
    except Exception as error:
        raise UsageError(_NO_LABEL, name=label, reason=str(error) or type(error).__name__) from error


def _key(signer: Signer) -> Key:
    from . import certificate

    own = signer.signing_cert
    if own is None:
        raise UsageError(_NO_KEY)
    others = tuple(sorted(bytes(each.dump()) for each in signer.cert_registry if each != own))
    return Key(signer, certificate.read(bytes(own.dump())).facts, others)


_NO_KEY: Final = Text(
    "Serve una chiave: --p12 FILE, oppure --pkcs11 MODULO --token ETICHETTA --key ETICHETTA.",
    "A key is needed: --p12 FILE, or --pkcs11 MODULE --token LABEL --key LABEL.",
)
_NO_FILE: Final = Text("«{name}» non si può leggere: {reason}.", "“{name}” cannot be read: {reason}.")
_BAD_FILE: Final = Text(
    "«{name}» non si apre: la password è sbagliata o non è un file PKCS#12 con chiave e certificato.",
    "“{name}” cannot be opened: the password is wrong, or it is no PKCS#12 file with key and certificate.",
)
_NO_TOKEN: Final = Text("Il token «{name}» non si apre: {reason}.", "The token “{name}” cannot be opened: {reason}.")
_NO_LABEL: Final = Text(
    "La chiave «{name}» non è utilizzabile: {reason}.", "The key “{name}” cannot be used: {reason}."
)
_NO_PKCS11: Final = Text(
    "Per i token serve un pacchetto: pip install python-pkcs11", "Tokens need a package: pip install python-pkcs11"
)
_TROUBLE: Final = {
    "PinIncorrect": Text("PIN sbagliato", "wrong PIN"),
    "PinLocked": Text("PIN bloccato", "the PIN is locked"),
}
