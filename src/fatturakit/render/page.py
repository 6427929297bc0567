"""What a page is made of: one ``Page`` for a file, one ``Sheet`` for each document in it, or one message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from markupsafe import Markup

from ..document import Document
from ..errors import InputError
from ..findings import Report
from ..invoice.messages import message
from ..lazy import lazy
from ..texts import Language, Text
from . import options, rest
from ._compiled.labels import WORDS
from .attached import Attached, attached
from .output import quote
from .owed import Owed
from .parts import Party, stamp
from .payments import Code, Instalment, qr_codes, rows_of
from .plan import plan
from .reading import read
from .rows import conforms, place_other_data, place_references, place_remarks
from .speech import Speech, speech
from .tree import NOTHING, Field, Joined, Node, fields_of, join, outside

Lines = list[Any]
_ROWS_KEPT: Final = 12
_TEXTS_KEPT: Final = 72  # of their payments: six each
_CALLED: Final = re.compile(r"\A(?:ATTENZIONE|WARNING): ")  # the banner itself begins with the word
_ISSUERS: Final = frozenset(["CC", "TZ"])


class Sheet:
    """One FatturaElettronicaBody with the header it shares: what the templates call ``doc``."""

    def __init__(self, page: Page, body: Node, index: int) -> None:
        self.page = page
        self.node: Any = body
        self.index = index
        self.header: Any = page.header
        self.general: Any = self.node.DatiGenerali
        self.head: Any = self.general.DatiGeneraliDocumento
        self.simplified = page.simplified
        self.lines: Lines = self._lines()
        place_remarks(self.lines, page.speech.words)
        self.references = self._references()
        self.intents = place_other_data(self.lines, page.speech.words, technical=page.shows_technical)
        self.conforms = conforms(self.lines)
        self.owed = Owed(body, page.speech, simplified=self.simplified)
        self.seller = page.seller
        self.buyer = page.buyer

    def _lines(self) -> Lines:
        if self.simplified:
            return [node for node in self.node.DatiBeniServizi if isinstance(node, Node)]
        return [node for node in self.node.DatiBeniServizi.DettaglioLinee if isinstance(node, Node)]

    def _references(self) -> list[Joined]:
        return place_references(self.general, [] if self.simplified else self.lines, self.page.speech.words)

    @property
    def groups(self) -> Any:
        """The rows of the VAT summary."""
        return self.node.DatiBeniServizi.DatiRiepilogo if not self.simplified else ()

    @lazy
    def payments(self) -> list[Instalment]:
        """Every instalment."""
        return rows_of(self.node, self.page.speech.lang)

    @property
    def ends_short(self) -> bool:
        """Whether VAT, totals and payments are few enough to be kept on one page without leaving another half empty."""
        short = len(self.groups) + len(self.payments) <= _ROWS_KEPT
        return short and sum(len(fields_of(row.node)) for row in self.payments) <= _TEXTS_KEPT

    @property
    def coded(self) -> bool:
        """Whether any line has an article code."""
        return any("CodiceArticolo" in line.__dict__ for line in self.lines)

    @property
    def terms(self) -> list[Any]:
        """CondizioniPagamento, one a block."""
        return [block.CondizioniPagamento for block in self.node.DatiPagamento if block.CondizioniPagamento]

    @lazy
    def qr(self) -> list[Code]:
        """The codes for paying, where the theme or the user wants them."""
        wanted = self.page.qr and self.owed.kind == "payable"
        return qr_codes(self.node, self.seller, self.page.speech) if wanted else []

    @lazy
    def attachments(self) -> list[Attached]:
        """The files that travel with the document."""
        return attached(self.node, self.page.speech.lang)

    @lazy
    def stamp(self) -> Joined | None:
        """DatiBollo in one line."""
        bollo = self.head.DatiBollo or (Bare(self.head) if self.simplified and self.head.BolloVirtuale else NOTHING)
        return stamp(bollo, self.page.speech.words)

    @property
    def intermediary(self) -> Party:
        """TerzoIntermediarioOSoggettoEmittente."""
        return Party(self.header.TerzoIntermediarioOSoggettoEmittente)

    @property
    def intermediary_title(self) -> Markup:
        """What it is called, by SoggettoEmittente."""
        who = self.header.SoggettoEmittente.raw.strip()
        words = self.page.speech.words
        return words.get(f"third_{who}") or words.third if who in _ISSUERS else words.third

    @property
    def place(self) -> str:
        """``Documento 1 di 2 nel lotto``, "" outside a lot."""
        count = len(self.page.sheets)
        return self.page.speech.plain("lot", n=self.index, m=count) if count > 1 else ""

    @lazy
    def title(self) -> str:
        """``Fattura n. 12/2026 del 15-03-2026`` as bare text, printing nothing."""
        number, when = self.head.Numero, self.head.Data
        kind = f"type_{self.head.TipoDocumento.raw.strip()}"
        name = self.page.speech.plain(kind if kind in WORDS else "document")
        numbered = f"{name} {self.page.speech.first('number_short')} {number.raw.strip()}" if number else name
        return f"{numbered} {self.page.speech.first('of_date')} {join(when).plain}" if when else numbered

    @property
    def heading(self) -> Joined:
        """The title on the page, which shows number and date."""
        shown = (self.head.Numero, self.head.Data)
        return Joined(quote(self.title), [field for field in shown if isinstance(field, Field)])

    @property
    def running(self) -> str:
        """What stands above its second and later pages: who, what, when."""
        return f"{self.page.seller_name} · {self.title}"

    def others(self) -> Iterator[rest.Group]:
        """What nothing above has shown; of the header, under the first document."""
        words = self.page.speech.words
        yield from rest.groups(self.node, words)
        if self.index == 1:
            yield from self.page.header_others()


class Bare:
    """DatiBollo of a simplified invoice, which has BolloVirtuale alone."""

    NumeroBollo = ImportoBollo = NOTHING

    def __init__(self, head: Any) -> None:
        self.BolloVirtuale = head.BolloVirtuale


class Page:
    """A whole file. What the templates call ``page``."""

    def __init__(self, document: Document, look: options.Look, *, qr: bool, technical: bool) -> None:
        if document.profile is None:
            raise InputError(_NOT_OURS, what=document.root_name)
        self.speech: Speech = speech(look.lang)
        self._document = document
        self._look = look
        self.qr = qr
        self.links = look.links
        self.report = look.report
        self.head_notes: tuple[str, ...] = ()
        self.foot_notes: tuple[str, ...] = ()
        self.accent = self.logo = ""
        self.shows_technical = technical
        spec = plan(document.profile.name, document.root_name, look.lang)
        self.root: Any = read(document.root, spec)
        self.kind = document.kind
        self.file_name = document.name
        self.simplified = document.root_name == "FatturaElettronicaSemplificata"
        self.header: Any = self.root.FatturaElettronicaHeader
        self.seller = Party(self.header.CedentePrestatore)
        self.buyer = Party(self.header.CessionarioCommittente)
        bodies = [body for body in self.root.FatturaElettronicaBody if isinstance(body, Node)]
        self.sheets = [Sheet(self, body, index) for index, body in enumerate(bodies, 1)]
        self.is_message = not document.profile.is_invoice

    def close(self) -> None:
        """Let go of the sheets, which know the page: the tree is freed at once."""
        self.sheets.clear()

    @property
    def size(self) -> int:
        """How many bytes the document has."""
        return len(self._document.data)

    @property
    def lang(self) -> str:
        """The first language of the page."""
        return self.speech.lang

    @property
    def sentences(self) -> Language:
        """The language of sentences that exist in Italian and English only."""
        return "en" if self.speech.lang == "en" else "it"

    @property
    def seller_name(self) -> str:
        """Who sells, as bare text."""
        return self.seller.name.plain

    @property
    def outcome(self) -> str:
        """What a message says, a key of ``invoice.messages``."""
        return message(self._document).outcome

    def not_evaluated(self, report: Report) -> str:
        """Which controls could not run."""
        return self.speech.plain("not_evaluated", codes=", ".join(row.code for row in report.not_evaluated))

    @lazy
    def copied(self) -> str:
        """What every page of paper says at its foot: which copy of what it is."""
        return f"{self.speech.plain('copy')} {self.file_name}".strip()

    @property
    def signature(self) -> list[Field]:
        """The texts of an XAdES signature, which nobody reads but nothing may lose."""
        return fields_of(self.root.Signature)

    @property
    def title(self) -> str:
        """The title of the window."""
        if self.is_message:
            return f"{self.root.label.striptags()} {self.root.IdentificativoSdI.raw.strip()}".strip()
        return self.sheets[0].title if self.sheets else self.speech.plain("title")

    @property
    def subject(self) -> str:
        """Who to whom, for the properties of a PDF."""
        names = (self.seller_name, self.buyer.name.plain)
        return " → ".join(name for name in names if name)

    def header_others(self) -> Iterator[rest.Group]:
        """What nothing has shown of the header and of the root itself."""
        yield from rest.groups(self.header, self.speech.words)
        apart = (self.header, *(sheet.node for sheet in self.sheets), self.root.Signature)
        left = [field for field in outside(self.root, apart) if not field.printed]
        if left:
            yield rest.Group(self.root.label, [rest.Entry(field.label, field) for field in left])

    def everything(self) -> Iterator[rest.Group]:
        """What nothing has shown of a message."""
        inside = set(map(id, self.signature))
        for group in rest.groups(self.root, self.speech.words):
            entries = [entry for entry in group.entries if id(entry.value) not in inside]
            if entries:
                yield rest.Group(group.title, entries)

    def banners(self) -> Iterator[str]:
        """What must be seen first: warnings about the signature, what had to be mended while reading."""
        yield from (_CALLED.sub("", text.say(self.sentences)) for text in self._look.warnings)
        for repair in self._document.repairs:
            yield self.speech.plain("repaired", what=repair.message.say(self.sentences, repair.args))


_NOT_OURS: Final = Text(
    "«{what}» non è una fattura né un messaggio di SdI: non c'è una pagina per questo documento.",
    "“{what}” is neither an invoice nor a message of SdI: there is no page for this document.",
)
