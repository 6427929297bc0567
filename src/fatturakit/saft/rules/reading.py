"""PT1xxx: can the file be read at all, and in which encoding."""

from __future__ import annotations

from typing import Final

from ...findings import Layer
from ...texts import Text
from .declare import ERROR, INFO, WARNING, table

_AGAIN = Text(
    "Esporta di nuovo il file dal programma di fatturazione.",
    "Export the file again from the billing program.",
    "Exporte de novo o ficheiro a partir do programa de faturação.",
)
READING: Final = table(
    Layer.XML,
    (
        "PT1001",
        ERROR,
        Text(
            "Il file non è XML ben formato: riga {line}, colonna {column}: {detail}.",
            "The file is not well-formed XML: line {line}, column {column}: {detail}.",
            "O ficheiro não é XML bem formado: linha {line}, coluna {column}: {detail}.",
        ),
        _AGAIN,
    ),
    (
        "PT1002",
        ERROR,
        Text(
            "Il file è troncato: finisce alla riga {line} con elementi ancora aperti ({detail}).",
            "The file is cut short: it ends at line {line} with elements still open ({detail}).",
            "O ficheiro está truncado: termina na linha {line} com elementos ainda abertos ({detail}).",
        ),
        Text(
            "Scarica o esporta di nuovo il file: ciò che manca non si può ricostruire.",
            "Download or export the file again: what is missing cannot be rebuilt.",
            "Descarregue ou exporte de novo o ficheiro: o que falta não se pode reconstruir.",
        ),
    ),
    (
        "PT1003",
        ERROR,
        Text(
            "Il file ha una dichiarazione DOCTYPE, che può nascondere contenuti ostili: non è stato letto.",
            "The file has a DOCTYPE declaration, which can hide hostile content: it was not read.",
            "O ficheiro tem uma declaração DOCTYPE, que pode esconder conteúdo hostil: não foi lido.",
        ),
        Text("Togli la riga <!DOCTYPE …>.", "Remove the <!DOCTYPE …> line.", "Retire a linha <!DOCTYPE …>."),
    ),
    (
        "PT1004",
        ERROR,
        Text(
            "Il file si dichiara {declared}, ma contiene byte che non lo sono (il primo al byte {offset}): letto come "
            "Windows-1252; i caratteri accentati possono essere sbagliati.",
            "The file declares {declared} but contains bytes that are not (the first at byte {offset}): read as "
            "Windows-1252; accented letters may be wrong.",
            "O ficheiro declara {declared}, mas contém bytes que não o são (o primeiro no byte {offset}): lido como "
            "Windows-1252; os caracteres acentuados podem estar errados.",
        ),
        Text(
            "Salva il file in una sola codifica, quella dichiarata (di norma Windows-1252).",
            "Save the file in one encoding, the declared one (normally Windows-1252).",
            "Grave o ficheiro numa só codificação, a declarada (normalmente Windows-1252).",
        ),
    ),
    (
        "PT1005",
        WARNING,
        Text(
            "Il file si dichiara {declared}, ma il testo è UTF-8: i caratteri accentati vengono letti male (Ã©, Ã£).",
            "The file declares {declared}, but its text is UTF-8: accented letters come out wrong (Ã©, Ã£).",
            "O ficheiro declara {declared}, mas o texto é UTF-8: os acentos são lidos mal (Ã©, Ã£).",
        ),
        Text(
            "Correggi la dichiarazione, o converti il testo in Windows-1252.",
            "Correct the declaration, or convert the text to Windows-1252.",
            "Corrija a declaração, ou converta o texto para Windows-1252.",
        ),
    ),
    (
        "PT1006",
        WARNING,
        Text(
            "Il file comincia con un BOM (byte order mark), che i programmi dell'AT possono rifiutare.",
            "The file begins with a byte order mark, which the programs of the AT may refuse.",
            "O ficheiro começa com um BOM (byte order mark), que os programas da AT podem recusar.",
        ),
        Text("Salva il file senza BOM.", "Save the file without it.", "Grave o ficheiro sem BOM."),
    ),
    (
        "PT1007",
        INFO,
        Text(
            "Il file non dichiara la codifica: letto come UTF-8.",
            "The file declares no encoding: read as UTF-8.",
            "O ficheiro não declara a codificação: lido como UTF-8.",
        ),
        Text(
            'Comincia il file con <?xml version="1.0" encoding="Windows-1252"?>.',
            'Begin the file with <?xml version="1.0" encoding="Windows-1252"?>.',
            'Comece o ficheiro com <?xml version="1.0" encoding="Windows-1252"?>.',
        ),
    ),
    (
        "PT1008",
        ERROR,
        Text(
            "Il file contiene il byte 0x{byte} (al byte {offset}), che in Windows-1252 non significa nulla.",
            "The file contains the byte 0x{byte} (at byte {offset}), which means nothing in Windows-1252.",
            "O ficheiro contém o byte 0x{byte} (no byte {offset}), que em Windows-1252 nada significa.",
        ),
        _AGAIN,
    ),
    (
        "PT1009",
        ERROR,
        Text(
            "La codifica dichiarata, {declared}, non è conosciuta.",
            "The declared encoding, {declared}, is unknown.",
            "A codificação declarada, {declared}, não é conhecida.",
        ),
        _AGAIN,
    ),
    (
        "PT1010",
        ERROR,
        Text(
            "L'archivio ZIP contiene {number} file XML: deve contenerne esattamente uno ({names}).",
            "The ZIP archive holds {number} XML files: it must hold exactly one ({names}).",
            "O arquivo ZIP contém {number} ficheiros XML: deve conter exatamente um ({names}).",
        ),
        Text(
            "Metti un solo file SAF-T nell'archivio.",
            "Put a single SAF-T file into the archive.",
            "Ponha um só ficheiro SAF-T no arquivo.",
        ),
    ),
    (
        "PT1011",
        ERROR,
        Text(
            "L'archivio ZIP non si può leggere: {reason}.",
            "The ZIP archive cannot be read: {reason}.",
            "O arquivo ZIP não se pode ler: {reason}.",
        ),
        Text("Rifai l'archivio.", "Make the archive again.", "Faça de novo o arquivo."),
    ),
    (
        "PT1012",
        ERROR,
        Text(
            "Il file non si può aprire: {reason}.",
            "The file cannot be opened: {reason}.",
            "Não se pode abrir o ficheiro: {reason}.",
        ),
        Text("Controlla il percorso e i permessi.", "Check the path and the permissions.", "Verifique o caminho."),
    ),
    (
        "PT1013",
        ERROR,
        Text(
            "Non è un file SAF-T che sappiamo leggere: la radice è <{root}> nel namespace «{found}».",
            "This is no SAF-T file we can read: its root is <{root}> in the namespace “{found}”.",
            "Não é um ficheiro SAF-T que saibamos ler: a raiz é <{root}> no namespace «{found}».",
        ),
        Text(
            "Si leggono AuditFile di {known}.",
            "AuditFile of {known} can be read.",
            "Lê-se AuditFile de {known}.",
        ),
    ),
    (
        "PT1014",
        ERROR,
        Text(
            "Il file passa il limite di {limit} byte.",
            "The file passes the limit of {limit} bytes.",
            "O ficheiro ultrapassa o limite de {limit} bytes.",
        ),
        Text(
            "Il limite si cambia con FATTURAKIT_LIMIT_SAFT_BYTES.",
            "FATTURAKIT_LIMIT_SAFT_BYTES changes the limit.",
            "O limite altera-se com FATTURAKIT_LIMIT_SAFT_BYTES.",
        ),
    ),
    (
        "PT1015",
        WARNING,
        Text(
            "Il file si dichiara {declared}, ma alcune lettere accentate sono UTF-8 (la prima al byte {offset}): quelle "
            "vengono lette male (Ã©, Ã£).",
            "The file declares {declared}, but some accented letters are UTF-8 (the first at byte {offset}): those come "
            "out wrong (Ã©, Ã£).",
            "O ficheiro declara {declared}, mas algumas letras acentuadas são UTF-8 (a primeira no byte {offset}): essas "
            "são lidas mal (Ã©, Ã£).",
        ),
        Text(
            "Salva tutto il file in una sola codifica, quella dichiarata.",
            "Save the whole file in one encoding, the declared one.",
            "Grave todo o ficheiro numa só codificação, a declarada.",
        ),
    ),
)
