"""The tables of the ledger and their columns. The JSON Schema and the page of the guide are generated from here."""

from __future__ import annotations

from typing import Final

from ...texts import Text
from .columns import Table, columns

_ADDRESS: Final = """
building_number text | Numero civico | Building number
street_name text | Via | Street
address_detail text | Indirizzo intero | The whole street address
city text | Località | City
postal_code text | Codice postale | Postal code
region text | Distretto o provincia | District or province
country text | Paese, ISO 3166 | Country, ISO 3166
"""
_CONTACT: Final = """
telephone text | Telefono | Telephone
fax text | Fax | Fax
email text | Posta elettronica | E-mail
website text | Sito | Web site
"""
_SHIPPING: Final = "".join(
    line + "\n"
    for side in ("ship_to", "ship_from")
    for line in f"""
{side}_id text | Codice di consegna | Delivery identifier
{side}_date date | Giorno | Day
{side}_address text | Indirizzo intero | The whole street address
{side}_city text | Località | City
{side}_postal_code text | Codice postale | Postal code
{side}_country text | Paese, ISO 3166 | Country, ISO 3166
""".strip().splitlines()
)
_TAX: Final = """
tax_type text | IVA, IS (bollo) o NS (fuori campo); IVA se manca | IVA, IS (stamp duty), NS (not subject); IVA if absent
tax_region text | Territorio fiscale: PT, PT-AC, PT-MA o un paese | Tax territory: PT, PT-AC, PT-MA or a country
tax_code text | RED INT NOR ISE OUT NS, o la voce del bollo; dall'aliquota se manca | From the rate if absent
tax_rate decimal | Aliquota in percento | Rate in per cent
tax_amount decimal | Imposta fissa per unità, al posto dell'aliquota | Fixed tax per unit, in place of a rate
exemption_code text | Codice del motivo dell'imposta a zero | Code of the reason for a tax of zero
exemption_reason text | Motivo dell'imposta a zero | Reason for a tax of zero
"""
_STATE: Final = """
atcud text | Codice univoco, 0 se non c'è | Unique code, 0 if there is none
status text | N normale, A annullato, S F R; draft per una bozza | N normal, A cancelled, S F R; draft for a draft
status_date datetime | Quando ha preso questo stato | When it took this status
reason text | Perché è annullato | Why it was cancelled
status_user text | Chi gli ha dato questo stato | Who gave it this status
source_billing text | P prodotto qui, I integrato, M recuperato | P produced here, I integrated, M recovered
draft boolean | Bozza: mai esportata | A draft: never exported
date* date | Data del documento | Day of the document
type* text | Tipo di documento | Type of document
user* text | Chi lo ha emesso | Who issued it
system_entry* datetime | Quando è stato registrato | When it was recorded
transaction_id text | Registrazione contabile | Accounting transaction
customer text | Codice cliente; vuoto per il consumatore finale | Customer; empty for the final consumer
currency text | Valuta, se non è quella del paese | Currency, when not the country's
exchange_rate decimal | Valore di una unità di valuta | What one unit of currency is worth
currency_amount decimal | Totale in valuta | Total in that currency
payment_mechanism text | Mezzo di pagamento | Means of payment
payment_amount decimal | Importo pagato | Amount paid
payment_date date | Giorno del pagamento | Day of payment
withholding_type text | IRS, IRC o IS | IRS, IRC or IS
withholding_description text | Descrizione della ritenuta | What the withholding is
withholding_amount decimal | Importo trattenuto | Amount withheld
"""
_PARTY: Final = (
    """
id* text | Codice | Identifier
account text | Conto, Desconhecido se non c'è contabilità | Account, Desconhecido without accounting
tax_id text | Numero fiscale senza prefisso | Tax number without prefix
name* text | Nome | Name
contact text | Persona di riferimento | Contact person
"""
    + _ADDRESS
    + _CONTACT
    + "self_billing boolean | Autofatturazione concordata | Self-billing agreed"
)


def _table(name: str, text: str, it: str, en: str, *links: str) -> Table:
    key, parent, link = (*links, "", "", "")[:3]
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    return Table(name, columns(lines), Text(it, en), key, parent, link)


_ALL: Final = (
    _table(
        "company",
        """
nif* text | Numero fiscale | Tax number
name* text | Nome | Name
company_id text | Registro e numero; il numero fiscale se manca | Register and number; the tax number if absent
business_name text | Nome commerciale | Trade name
fiscal_year_start_month integer | Mese in cui comincia l'esercizio | Month in which the fiscal year begins
tax_entity text | Stabilimento | Establishment
basis text | Base dei dati: F C I S P R T E | Accounting basis: F C I S P R T E
currency text | Valuta della contabilità | Currency of the books
producer_nif* text | Numero fiscale di chi produce il programma | Tax number of the software producer
certificate text | Numero del certificato, 0 se non c'è | Certificate number, 0 without
product_id* text | Programma/Casa | Program/Company
product_version* text | Versione | Version
key_version text | Versione della chiave privata | Version of the private key
comment text | Commento | Comment
taxonomy text | Riferimento dei conti: S M N O | Reference of the accounts: S M N O
"""
        + _ADDRESS
        + _CONTACT,
        "Chi scrive il file: una riga.",
        "Who writes the file: one row.",
        "nif",
    ),
    _table("customers", _PARTY, "I clienti.", "The customers.", "id"),
    _table("suppliers", _PARTY, "I fornitori.", "The suppliers.", "id"),
    _table(
        "products",
        """
code* text | Codice | Code
type text | P bene, S servizio, O altro, E accise, I imposte | P goods, S service, O other, E excise, I taxes
group text | Famiglia | Family
description* text | Descrizione | Description
number_code text | Codice a barre; il codice se manca | Bar code; the code if absent
cn_codes text | Codici NC, separati da spazi | CN codes, separated by spaces
un_numbers text | Numeri ONU, separati da spazi | UN numbers, separated by spaces
""",
        "I prodotti e i servizi.",
        "The products and services.",
        "code",
    ),
    _table(
        "taxes",
        """
type* text | IVA, IS o NS | IVA, IS or NS
region text | Territorio fiscale | Tax territory
code* text | Codice | Code
description* text | Descrizione | Description
percentage decimal | Aliquota | Rate
amount decimal | Importo fisso | Fixed amount
expiration date | Ultimo giorno di validità | Last day of validity
""",
        "Descrizioni e scadenze delle imposte; il resto si ricava dalle righe.",
        "Descriptions and last days of taxes; the rest comes from the lines.",
    ),
    _table(
        "series",
        """
series* text | Serie: tutto ciò che sta prima della barra | Series: everything before the slash
validation_code text | Codice di validazione per l'ATCUD | Validation code for the ATCUD
last_hash text | Hash dell'ultimo documento precedente | Hash of the last document before
""",
        "Le serie: da dove continua la catena.",
        "The series: where the chain goes on.",
        "series",
    ),
    _table(
        "documents",
        "number* text | Tipo interno, spazio, serie, barra, numero | Type, space, series, slash, number\n"
        "kind text | invoice, work o movement; dal tipo se manca | invoice, work or movement; from the type if absent\n"
        "hash text | Firma, 0 se non c'è | Signature, 0 without\n"
        "hash_control text | Versione della chiave | Version of the key\n"
        + _STATE
        + """
self_billing boolean | Autofattura | Self-billed
cash_vat boolean | IVA per cassa | Cash VAT
third_party boolean | Emessa da terzi | Issued by a third party
eac_code text | Attività economica, cinque cifre | Economic activity, five digits
supplier text | Codice fornitore (trasporti) | Supplier (transport)
movement_start datetime | Inizio del trasporto | Start of transport
movement_end datetime | Fine del trasporto | End of transport
at_doc_code text | Codice del documento di trasporto | Code of the transport document
comments text | Osservazioni del trasporto | Remarks on the transport
payment_terms text | Condizioni di pagamento | Payment terms
"""
        + _SHIPPING,
        "Fatture, note, trasporti, documenti di lavoro.",
        "Invoices, notes, transport and working documents.",
        "number",
    ),
    _table(
        "lines",
        """
document* text | Numero del documento | Number of the document
line_no integer | Numero di riga; in ordine se manca | Line number; in order if absent
product* text | Codice prodotto | Product code
description text | Descrizione; del prodotto se manca | Description; the product's if absent
product_type text | Tipo di un prodotto che non è in products | Type of a product that is not in products
qty decimal | Quantità, 1 se manca | Quantity, 1 if absent
uom text | Unità di misura, UN se manca | Unit of measure, UN if absent
unit_price* decimal | Prezzo senza imposte, al netto di ogni sconto | Price without tax, after every discount
amount decimal | Quantità per prezzo | Quantity times price
side text | C o D, se non è quella del tipo di documento | C or D, when not that of the document's type
discount decimal | Sconto già tolto | Discount already taken off
tax_base decimal | Valore tassato quando il prezzo è zero | Taxed value when the price is zero
tax_point date | Giorno della consegna | Day of delivery
reference text | Documento rettificato (NC, ND) | Document corrected (NC, ND)
reference_reason text | Perché | Why
order_number text | Ordine | Order
order_date date | Data dell'ordine | Day of the order
serial_number text | Numero di serie | Serial number
arc_no text | Codice ARC delle accise | ARC of excise goods
iec_amount decimal | Accisa compresa nel prezzo | Excise in the price
"""
        + _TAX,
        "Le righe dei documenti, nell'ordine dei documenti.",
        "The lines of documents, in the order of documents.",
        "line_no",
        "documents",
        "document",
    ),
    _table(
        "receipts",
        "number* text | Numero | Number\ndescription text | Descrizione | Description\n"
        "system_id text | Numero interno | Internal number\n" + _STATE,
        "Le ricevute.",
        "The receipts.",
        "number",
    ),
    _table(
        "receipt_lines",
        """
receipt* text | Numero della ricevuta | Number of the receipt
line_no integer | Numero di riga; in ordine se manca | Line number; in order if absent
origin* text | Documento pagato | Document paid
origin_date* date | Sua data | Its day
origin_description text | Descrizione | Description
amount* decimal | Importo | Amount
side text | C o D, C se manca | C or D, C if absent
discount decimal | Sconto concesso | Discount granted
"""
        + _TAX,
        "Che cosa una ricevuta paga.",
        "What a receipt pays.",
        "line_no",
        "receipts",
        "receipt",
    ),
    _table(
        "accounts",
        """
id* text | Conto | Account
description* text | Descrizione | Description
opening_debit decimal | Dare iniziale | Opening debit
opening_credit decimal | Avere iniziale | Opening credit
closing_debit decimal | Dare finale | Closing debit
closing_credit decimal | Avere finale | Closing credit
category* text | GR GA GM AR AA AM | GR GA GM AR AA AM
parent text | Conto superiore | Account above
taxonomy_code integer | Codice di tassonomia (GM) | Taxonomy code (GM)
""",
        "Il piano dei conti.",
        "The chart of accounts.",
        "id",
    ),
    _table(
        "journals",
        "id* text | Codice | Identifier\ndescription* text | Descrizione | Description",
        "I giornali.",
        "The journals.",
        "id",
    ),
    _table(
        "entries",
        """
id* text | Chiave, per le righe | Key, for the lines
journal* text | Giornale | Journal
archive_number* text | Numero di archivio del documento | Archive number of the document
date* date | Data | Day
posting_date date | Data di registrazione | Day of posting
period integer | Periodo, fino a 16 per le chiusure | Period, up to 16 for closing entries
user* text | Chi | Who
description* text | Descrizione | Description
type text | N normale, R rettifica, A risultato, J aggiustamento | N normal, R regularisation, A result, J adjustment
customer text | Cliente | Customer
supplier text | Fornitore | Supplier
""",
        "Le registrazioni.",
        "The entries.",
        "id",
    ),
    _table(
        "entry_lines",
        """
entry* text | Registrazione | Entry
record_id text | Numero di riga; in ordine se manca | Record number; in order if absent
account* text | Conto | Account
side* text | D dare, C avere | D debit, C credit
amount* decimal | Importo | Amount
description text | Descrizione; della registrazione se manca | Description; the entry's if absent
source_document text | Documento di origine | Source document
system_entry* datetime | Quando è stata registrata | When it was recorded
""",
        "Dare e avere, nell'ordine delle registrazioni.",
        "Debits and credits, in the order of entries.",
        "record_id",
        "entries",
        "entry",
    ),
)
TABLES: Final = {table.name: table for table in _ALL}
REQUIRED: Final = ("company",)
