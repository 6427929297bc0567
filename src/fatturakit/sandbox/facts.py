"""What lists show and filter by, from the JSON of an invoice or of a draft of one."""

from __future__ import annotations

from typing import Any, Final

from .records import Json


def facts_of(body: Json, kind: str = "") -> Json:
    """What lists filter by and show, from the JSON of an invoice or of a draft of one."""
    header = body.get("fattura_elettronica_header")
    bodies = body.get("fattura_elettronica_body")
    bodies = bodies if isinstance(bodies, list) else []
    first = bodies[0] if bodies else {}
    general = at(first, "dati_generali", "dati_generali_documento")
    way = at(header, "dati_trasmissione", "formato_trasmissione")
    general = general if isinstance(general, dict) else {}
    each = [at(body, "dati_generali", "dati_generali_documento", "data") for body in bodies]
    return {
        "number": general.get("numero"),
        "date": general.get("data"),
        "days": [day for day in each if isinstance(day, str)],
        "document_type": general.get("tipo_documento"),
        "total": general.get("importo_totale_documento"),
        "format": way or kind,
        "to_pa": (way or kind) == "FPA12",
        "stamp": bool(general.get("dati_bollo") or general.get("bollo_virtuale")),
        "sender": registry(at(header, "cedente_prestatore"), at(header, "rappresentante_fiscale")),
        "recipient": registry(at(header, "cessionario_committente"), None),
    }


def registry(party: Any, represented: Any) -> Json:
    """A party as a business registry."""
    who = at(party, "dati_anagrafici") or at(party, "identificativi_fiscali") or party
    name = at(who, "anagrafica") or at(party, "altri_dati_identificativi") or party
    seat = at(party, "sede") or at(party, "altri_dati_identificativi", "sede")
    vat = at(who, "id_fiscale_iva")
    office = {
        f"head_office_address_{key}": at(seat, source)
        for key, source in zip(
            _ADDRESS, ("indirizzo", "numero_civico", "cap", "comune", "provincia", "nazione"), strict=True
        )
    }
    return {
        **office,
        "business_vat_number_country": at(vat, "id_paese"),
        "business_vat_number_code": at(vat, "id_codice"),
        "business_fiscal_code": at(who, "codice_fiscale"),
        "business_name": at(name, "denominazione"),
        "name": at(name, "nome"),
        "surname": at(name, "cognome"),
        "tax_regime": at(who, "regime_fiscale") or at(party, "regime_fiscale"),
        "fiscal_representative_denomination": at(represented, "dati_anagrafici", "anagrafica", "denominazione"),
    }


_ADDRESS: Final = ("street", "street_number", "zip_code", "city", "province", "country")


def at(data: Any, *path: str) -> Any:
    """What stands at the end of a path of keys, None where it breaks off."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data
