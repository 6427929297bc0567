"""What makes a PDF/A-3a a PDF/UA-1 too: that it says so, and that every header cell says which way it heads."""

from __future__ import annotations

from typing import Any, Final

_CLAIM: Final = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def claim(metadata: Any) -> None:
    """Add the statement of conformance to a document's metadata, with its description, which PDF/A asks for."""
    described = metadata.generate_rdf_metadata

    def both(variant: str, version: int, conformance: str) -> bytes:
        return _joined(described(variant, version, conformance))

    metadata.generate_rdf_metadata = both


def _joined(rdf: bytes) -> bytes:
    """One RDF element: what WeasyPrint says and what is claimed."""
    head, _, tail = rdf.rpartition(b"</rdf:RDF>")
    start, end = _CLAIM.index("\n"), _CLAIM.rindex("</rdf:RDF>")
    return head + _CLAIM[start:end].encode() + b"</rdf:RDF>" + tail


def say_scopes(pdf: Any) -> None:
    """Every header cell heads its column when it stands in the head of a table, its row otherwise."""
    for found in pdf.objects:
        if type(found).__name__ == "Dictionary" and found.get("S") == "/TH" and "A" in found:
            row = _parent(pdf, found)
            found["A"]["Scope"] = "/Column" if _parent(pdf, row)["S"] == "/THead" else "/Row"


def _parent(pdf: Any, found: Any) -> Any:
    return pdf.objects[int(found["P"].split()[0])]
