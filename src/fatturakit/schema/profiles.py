"""Which document a root element announces: the registry of the formats we have a schema for.

One row a vocabulary. The namespace v1.2 covers the schema versions 1.2 to 1.2.3: documents are judged by the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

INVOICE_NS: Final = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
SIMPLIFIED_NS: Final = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0"
OLD_NS: Final = "http://www.fatturapa.gov.it/sdi/fatturapa/v1."
PA_MESSAGES_NS: Final = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"
PRIVATE_MESSAGES_NS: Final = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0"
DSIG_NS: Final = "http://www.w3.org/2000/09/xmldsig#"
SAFT_PT_NS: Final = "urn:OECD:StandardAuditFile-Tax:PT_"


class Profile:
    """One vocabulary: its name (also the element table's and, with ``.xsd``, the schema file's), namespace and roots.

    roots: local name of the root -> kind ("FPR12", "RC", …), "" where ``versione`` decides the kind.
    """

    __slots__ = ("file", "formats", "name", "namespace", "roots", "version")

    def __init__(
        self,
        name: str,
        file: str,
        namespace: str,
        version: str,
        roots: Mapping[str, str],
        formats: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.file = file
        self.namespace = namespace
        self.version = version
        self.roots = roots
        self.formats = formats

    def __repr__(self) -> str:
        return f"<Profile {self.name}>"

    @property
    def is_invoice(self) -> bool:
        """True for FatturaPA documents, false for messages of SdI."""
        return bool(self.formats)


_ORDINARY = {"FatturaElettronica": ""}
PROFILES: Final[tuple[Profile, ...]] = (
    Profile("ordinary-1.2.3", "fatturapa-ordinary-1.2.3.xsd", INVOICE_NS, "1.2.3", _ORDINARY, ("FPA12", "FPR12")),
    Profile(
        "simplified-1.0.2",
        "fatturapa-simplified-1.0.2.xsd",
        SIMPLIFIED_NS,
        "1.0.2",
        {"FatturaElettronicaSemplificata": ""},
        ("FSM10",),
    ),
    Profile("ordinary-1.1", "fatturapa-ordinary-1.1.xsd", OLD_NS + "1", "1.1", _ORDINARY, ("SDI11",)),
    Profile("ordinary-1.0", "fatturapa-ordinary-1.0.xsd", OLD_NS + "0", "1.0", _ORDINARY, ("SDI10",)),
    Profile(
        "messages-pa-1.1",
        "messages-pa-1.1.xsd",
        PA_MESSAGES_NS,
        "1.1",
        {
            "RicevutaConsegna": "RC",
            "NotificaScarto": "NS",
            "NotificaMancataConsegna": "MC",
            "NotificaEsito": "NE",
            "NotificaDecorrenzaTermini": "DT",
            "AttestazioneTrasmissioneFattura": "AT",
            "NotificaEsitoCommittente": "EC",
            "ScartoEsitoCommittente": "SE",
            "MetadatiInvioFile": "MT",
        },
    ),
    Profile(
        "messages-private-1.0",
        "messages-private-1.0.xsd",
        PRIVATE_MESSAGES_NS,
        "1.0",
        {
            "RicevutaConsegna": "RC",
            "RicevutaScarto": "NS",
            "RicevutaImpossibilitaRecapito": "MC",
            "FileMetadati": "MT",
        },
    ),
)
_BY_NAMESPACE: Final = {profile.namespace: profile for profile in PROFILES}


def profile_of(namespace: str, root: str) -> Profile | None:
    """The profile of an exactly qualified root, else of its local name alone, else None."""
    exact = _BY_NAMESPACE.get(namespace)
    if exact and root in exact.roots:
        return exact
    return next((profile for profile in PROFILES if root in profile.roots), None)


def by_name(name: str) -> Profile:
    """The profile called ``name``; ``KeyError`` when there is none."""
    return next(profile for profile in PROFILES if profile.name == name)
