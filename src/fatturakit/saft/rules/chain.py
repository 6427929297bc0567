"""PT71xx: the chain of signatures, judged with the public key."""

from __future__ import annotations

from typing import Final

from ...findings import Layer
from ...texts import Text
from .declare import ERROR, INFO, WARNING, table

_NOTHING: Final = Text("", "", "")
CHAIN: Final = table(
    Layer.SIGNATURE,
    (
        "PT7100",
        INFO,
        Text(
            "Serie {series}: {valid} valide, {invalid} non valide, {skipped} saltate, {unsigned} senza firma.",
            "Series {series}: {valid} valid, {invalid} invalid, {skipped} skipped, {unsigned} unsigned.",
            "Série {series}: {valid} válidas, {invalid} inválidas, {skipped} saltadas, {unsigned} sem assinatura.",
        ),
        _NOTHING,
    ),
    (
        "PT7101",
        ERROR,
        Text(
            "Firma non valida: {diagnosis}. Testo da firmare: «{expected}».",
            "Invalid signature: {diagnosis}. Text to sign: “{expected}”.",
            "Assinatura inválida: {diagnosis}. Texto a assinar: «{expected}».",
        ),
        Text(
            "Deve essere firmato il testo indicato; il programma va corretto, i documenti emessi non si rifirmano.",
            "The text named is what must be signed; mend the program, issued documents are not signed again.",
            "Deve ser assinado o texto indicado; corrija o programa, documentos emitidos não se assinam de novo.",
        ),
    ),
    (
        "PT7102",
        INFO,
        Text("Firma non verificabile: {reason}.", "Signature not verifiable: {reason}.", "Assinatura não verificável: {reason}."),
        Text(
            "Dai anche il file del periodo precedente.",
            "Give the file of the period before too.",
            "Indique também o ficheiro do período anterior.",
        ),
    ),
    (
        "PT7103",
        WARNING,
        Text("Il documento non è firmato (Hash 0).", "The document is not signed (Hash 0).", "O documento não está assinado."),
        _NOTHING,
    ),
)  # fmt: skip
FIRST: Final = Text(
    "è il primo documento della serie nei file dati, e non si conosce l'hash del precedente",
    "it is the first of its series in the files given, and the hash before it is unknown",
    "é o primeiro documento da série nos ficheiros dados e não se conhece o hash anterior",
)
AFTER_GAP: Final = Text(
    "il documento precedente della serie manca",
    "the document before it in the series is missing",
    "falta o documento anterior da série",
)
INTEGRATED: Final = Text(
    "viene da un altro programma (SourceBilling I), con un'altra chiave",
    "it comes from another program (SourceBilling I), with another key",
    "vem de outro programa (SourceBilling I), com outra chave",
)
OTHER_VERSION: Final = Text(
    "HashControl indica un'altra versione della chiave, e la firma non è di questa",
    "HashControl names another version of the key, and the signature is not of this one",
    "HashControl indica outra versão da chave, e a assinatura não é desta",
)
DIAGNOSES: Final = {
    "truncated": Text(
        "l'hash non ha i 172 caratteri di una firma (ne ha {length}) o non è base64",
        "the hash has not the 172 characters of a signature (it has {length}) or is not base64",
        "o hash não tem os 172 caracteres de uma assinatura (tem {length}) ou não é base64",
    ),
    "duplicated": Text(
        "l'hash è lo stesso del documento precedente ({other})",
        "the hash is that of the document before ({other})",
        "o hash é o do documento anterior ({other})",
    ),
    "repeated": Text(
        "l'hash non è il suo, è {other}",
        "the hash is not its own, but {other}",
        "o hash não é o seu, mas {other}",
    ),
    "consequence": Text(
        "la firma è di questa chiave, ma il documento precedente ({other}) non ha il proprio hash: forse l'errore è solo lì",
        "the signature is of this key, but the document before it ({other}) has not its own hash: the fault may lie only "
        "there",
        "a assinatura é desta chave, mas o documento anterior ({other}) não tem o seu próprio hash: talvez o erro esteja só "
        "aí",
    ),
    "key": Text(
        "la firma non è fatta con questa chiave, o l'hash è stato alterato",
        "the signature was not made with this key, or the hash was changed",
        "a assinatura não foi feita com esta chave, ou o hash foi alterado",
    ),
    "text": Text(
        "la firma è di questa chiave, ma su un altro testo: documento cambiato dopo la firma, o totale, data o hash "
        "precedente diversi",
        "the signature is of this key, but over another text: the document was changed after signing, or its total, date "
        "or previous hash differ",
        "a assinatura é desta chave, mas sobre outro texto: documento alterado depois de assinado, ou total, data ou hash "
        "anterior diferentes",
    ),
    "previous": Text(
        "è stato firmato con un hash precedente sbagliato ({wrong}): «{signed}»",
        "it was signed with a wrong previous hash ({wrong}): “{signed}”",
        "foi assinado com um hash anterior errado ({wrong}): «{signed}»",
    ),
    "gross": Text(
        "è stato firmato con un totale scritto in altro modo ({wrong}): «{signed}»",
        "it was signed with a total written another way ({wrong}): “{signed}”",
        "foi assinado com um total escrito de outra forma ({wrong}): «{signed}»",
    ),
    "moment": Text(
        "è stato firmato con un'altra data o ora ({wrong}): «{signed}»",
        "it was signed with another date or time ({wrong}): “{signed}”",
        "foi assinado com outra data ou hora ({wrong}): «{signed}»",
    ),
    "form": Text(
        "è stato firmato un testo di forma diversa ({wrong}): «{signed}»",
        "a text of another form was signed ({wrong}): “{signed}”",
        "foi assinado um texto de outra forma ({wrong}): «{signed}»",
    ),
    "several": Text(
        "è stato firmato un testo che differisce in più punti ({wrong}): «{signed}»",
        "the text signed differs in several points ({wrong}): “{signed}”",
        "o texto assinado difere em vários pontos ({wrong}): «{signed}»",
    ),
}
EMPTY_HASH: Final = Text("vuoto", "empty", "vazio")
EARLIER_HASH: Final = Text(
    "quello di due documenti prima", "that of two documents before", "o de dois documentos antes"
)
OTHER_HASH: Final = Text(
    "quello del documento precedente nel file, di un'altra serie",
    "that of the document before it in the file, of another series",
    "o do documento anterior no ficheiro, de outra série",
)
