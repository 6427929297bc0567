"""What only a sandbox has: the outcomes of SdI, invoices of suppliers, receipts of legal storage, at will."""

from __future__ import annotations

from ...remote.endpoints import JSON, XML
from .. import hooks
from ..call import Answer, Call, Refusal, as_json
from ..ingest import TRANSMITTER, from_body, from_xml, keep
from ..records import Invoice, Json
from . import messages, states
from .invoices import announced, invoice_of


def notification(call: Call) -> Answer:
    """A message of SdI on an invoice; the buyer's refusal with ``{"esito": "EC02"}``."""
    invoice = invoice_of(call)
    given = call.data() if call.body.strip() else {}
    outcome = "EC02" if given.get("esito") == "EC02" else "EC01"
    return as_json(states.notify(call.box, invoice, call.path["type"], outcome=outcome))


def supplier_invoice(call: Call) -> Answer:
    """An invoice arrives: the one in the body (XML or JSON), or an invented one."""
    box = call.box
    if not call.body.strip():
        document = from_body(_invented(len(box.invoices) + 1), box)
    elif call.kind == XML:
        document = from_xml(call.body)
    elif call.kind == JSON:
        document = from_body(call.data(), box)
    else:
        raise Refusal(415, f"The content-type “{call.kind}” is not supported.")
    return as_json({"uuid": received(call, keep(box, document, 1)).key})


def received(call: Call, invoice: Invoice) -> Invoice:
    """Take an invoice of a supplier in, and tell of it."""
    box = call.box
    box.invoices.put(invoice)
    states.move(box, invoice, "received")
    hooks.tell(box, "acube", "supplier-invoice", announced(invoice), invoice.key)
    hooks.tell(box, "invoicetronic", "receive.add", messages.event(box, invoice, "receive"))
    return invoice


def legal_storage_receipt(call: Call) -> Answer:
    """The receipt of legal storage comes in."""
    invoice, box = invoice_of(call), call.box
    if invoice.preserved is None:
        states.preserve(box, invoice)
    done = {"status": "stored", "receipt_received_at": box.stamp(), "preserved_object_id": box.uuid()}
    invoice.preserved = {**(invoice.preserved or {}), **done}
    box.invoices.put(invoice)
    hooks.tell(box, "acube", "legal-storage-receipt", invoice.preserved)
    return as_json(invoice.preserved)


def _invented(number: int) -> Json:
    seller = {"id_fiscale_iva": {"id_paese": "IT", "id_codice": "07654320071"}, "regime_fiscale": "RF01"}
    buyer = {"id_fiscale_iva": TRANSMITTER}
    seat = {"indirizzo": "Via Inventata 1", "cap": "00100", "comune": "Roma", "provincia": "RM", "nazione": "IT"}
    line = {"numero_linea": 1, "descrizione": "Prova", "prezzo_unitario": "100.00", "prezzo_totale": "100.00"}
    return {
        "fattura_elettronica_header": {
            "dati_trasmissione": {"codice_destinatario": "0000000"},
            "cedente_prestatore": {
                "dati_anagrafici": {**seller, "anagrafica": {"denominazione": "Fornitore Inventato S.r.l."}},
                "sede": seat,
            },
            "cessionario_committente": {
                "dati_anagrafici": {**buyer, "anagrafica": {"denominazione": "Banco di prova S.r.l."}},
                "sede": seat,
            },
        },
        "fattura_elettronica_body": [
            {
                "dati_generali": {
                    "dati_generali_documento": {
                        "tipo_documento": "TD01",
                        "divisa": "EUR",
                        "data": "2026-11-02",
                        "numero": f"P-{number}",
                        "importo_totale_documento": "122.00",
                    }
                },
                "dati_beni_servizi": {
                    "dettaglio_linee": [{**line, "aliquota_iva": "22.00"}],
                    "dati_riepilogo": [{"aliquota_iva": "22.00", "imponibile_importo": "100.00", "imposta": "22.00"}],
                },
            }
        ],
    }
