"""Trusted lists made and signed on the spot (ETSI TS 119 612): one country, and a list of lists."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from pathlib import Path

from fatturakit.signature.keys import signing_key
from fatturakit.signature.sign import sign

from .making import NOW, Holder

ISSUED = f"{NOW - timedelta(days=20):%Y-%m-%dT00:00:00Z}"
NEXT = f"{NOW + timedelta(days=160):%Y-%m-%dT00:00:00Z}"
TSL = "http://uri.etsi.org/02231/v2#"
BASE = "http://uri.etsi.org/TrstSvc"
EU_RULES = f"{BASE}/TrustedList/schemerules/EUlistofthelists"
MIME = "application/vnd.etsi.tsl+xml"
GRANTED = f"{BASE}/TrustedList/Svcstatus/granted"
WITHDRAWN = f"{BASE}/TrustedList/Svcstatus/withdrawn"


def signed(text: str, holder: Holder, folder: Path) -> bytes:
    """A list with an enveloped XAdES signature."""
    with signing_key(p12=holder.p12(folder / "operator.p12"), secret="segreta") as key:
        return sign(text.encode(), key, form="xades", any_certificate=True)


def country(*services: tuple[Holder, str, str], territory: str = "IT", stamps: tuple[Holder, ...] = ()) -> str:
    """A national list: (authority, status, since) for each service; stamps: authorities for time stamps."""
    rows = "".join(_service(*each) for each in services)
    rows += "".join(_service(each, GRANTED, "2020-01-01T00:00:00Z", "TSA/QTST") for each in stamps)
    return _LIST.format(
        scheme=_SCHEME.format(territory=territory, pointers="", uris=""),
        body="<TrustServiceProviderList><TrustServiceProvider><TSPInformation>"
        f"{_name('TSPName')}<TSPAddress><PostalAddresses><PostalAddress xml:lang='en'><StreetAddress>V</StreetAddress>"
        "<Locality>R</Locality><CountryName>IT</CountryName></PostalAddress></PostalAddresses><ElectronicAddress>"
        "<URI xml:lang='en'>https://example.invalid</URI></ElectronicAddress></TSPAddress>"
        "<TSPInformationURI><URI xml:lang='en'>https://example.invalid</URI></TSPInformationURI></TSPInformation>"
        f"<TSPServices>{rows}</TSPServices></TrustServiceProvider></TrustServiceProviderList>",
    )


def list_of_lists(url: str, operator: Holder, territory: str = "IT") -> str:
    """The list of lists, with a pointer to one country's."""
    pointer = _POINTER.format(url=url, cert=_b64(operator), territory=territory, mime=MIME)
    return _LIST.format(
        scheme=_SCHEME.format(territory="EU", pointers=f"<PointersToOtherTSL>{pointer}</PointersToOtherTSL>", uris=""),
        body="",
    )


def _b64(holder: Holder) -> str:
    return b64encode(holder.der).decode()


def _name(tag: str, text: str = "CA Inventata") -> str:
    return f"<{tag}><Name xml:lang='en'>{text}</Name></{tag}>"


def dated(text: str, issued: str, following: str) -> str:
    """A list with other dates."""
    return text.replace(ISSUED, issued).replace(NEXT, following)


def _service(authority: Holder, status: str, since: str, kind: str = "CA/QC") -> str:
    return (
        f"<TSPService><ServiceInformation><ServiceTypeIdentifier>{BASE}/Svctype/{kind}</ServiceTypeIdentifier>"
        f"{_name('ServiceName')}<ServiceDigitalIdentity><DigitalId><X509Certificate>{_b64(authority)}</X509Certificate>"
        f"</DigitalId></ServiceDigitalIdentity><ServiceStatus>{status}</ServiceStatus>"
        f"<StatusStartingTime>{since}</StatusStartingTime></ServiceInformation></TSPService>"
    )


_LIST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<TrustServiceStatusList xmlns="{TSL}" TSLTag="http://uri.etsi.org/19612/TSLTag" Id="lista">'
    "{scheme}{body}</TrustServiceStatusList>"
)
_SCHEME = (
    "<SchemeInformation><TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>1</TSLSequenceNumber>"
    f"<TSLType>{BASE}/TrustedList/TSLType/EUgeneric</TSLType>"
    "<SchemeOperatorName><Name xml:lang='en'>Operatore Inventato</Name></SchemeOperatorName>"
    "<SchemeName><Name xml:lang='en'>Lista di prova</Name></SchemeName>"
    "<SchemeInformationURI><URI xml:lang='en'>https://example.invalid/info{uris}</URI></SchemeInformationURI>"
    f"<StatusDeterminationApproach>{BASE}/TrustedList/StatusDetn/EUappropriate</StatusDeterminationApproach>"
    "<SchemeTerritory>{territory}</SchemeTerritory>"
    "<HistoricalInformationPeriod>65535</HistoricalInformationPeriod>{pointers}"
    f"<ListIssueDateTime>{ISSUED}</ListIssueDateTime>"
    f"<NextUpdate><dateTime>{NEXT}</dateTime></NextUpdate></SchemeInformation>"
)
_POINTER = (
    "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity><DigitalId><X509Certificate>{cert}"
    "</X509Certificate></DigitalId></ServiceDigitalIdentity></ServiceDigitalIdentities><TSLLocation>{url}</TSLLocation>"
    "<AdditionalInformation><OtherInformation><SchemeTerritory>{territory}</SchemeTerritory></OtherInformation>"
    "<OtherInformation><ns3:MimeType xmlns:ns3='http://uri.etsi.org/02231/v2/additionaltypes#'>{mime}</ns3:MimeType>"
    "</OtherInformation></AdditionalInformation></OtherTSLPointer>"
)
