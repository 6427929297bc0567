"""PT2xxx: what the schema says, put into words."""

from __future__ import annotations

from typing import Final

from ...findings import Layer
from ...texts import Text
from .declare import ERROR, table

_MEND: Final = Text("Correggi l'elemento.", "Mend the element.", "Corrija o elemento.")
STRUCTURE: Final = table(
    Layer.XSD,
    (
        "PT2001",
        ERROR,
        Text(
            "In <{parent}> manca {expected}.",
            "<{parent}> lacks {expected}.",
            "Em <{parent}> falta {expected}.",
        ),
        Text("Aggiungi {expected}.", "Add {expected}.", "Acrescente {expected}."),
    ),
    (
        "PT2002",
        ERROR,
        Text(
            "<{found}> non va qui dentro <{parent}>: è sconosciuto, ripetuto, fuori ordine, o manca ciò che lo precede.",
            "<{found}> may not stand here in <{parent}>: unknown, repeated, out of order, or something before it is "
            "missing.",
            "<{found}> não pode estar aqui em <{parent}>: desconhecido, repetido, fora de ordem, ou falta o anterior.",
        ),
        Text(
            "L'ordine degli elementi conta: qui è ammesso {expected}.",
            "The order of elements counts: {expected} is admitted here.",
            "A ordem dos elementos conta: aqui admite-se {expected}.",
        ),
    ),
    (
        "PT2003",
        ERROR,
        Text(
            "<{name}>: «{found}» non ha la forma richiesta.",
            "<{name}>: “{found}” has not the form required.",
            "<{name}>: «{found}» não tem a forma exigida.",
        ),
        Text("Forma: {expected}", "Form: {expected}", "Forma: {expected}"),
    ),
    (
        "PT2004",
        ERROR,
        Text(
            "<{name}>: «{found}» non è un valore ammesso.",
            "<{name}>: “{found}” is not an admitted value.",
            "<{name}>: «{found}» não é um valor admitido.",
        ),
        Text("Ammessi: {expected}", "Admitted: {expected}", "Admitidos: {expected}"),
    ),
    (
        "PT2005",
        ERROR,
        Text(
            "<{name}>: «{found}» ha {length} caratteri; lunghezza ammessa: {expected}.",
            "<{name}>: “{found}” has {length} characters; admitted: {expected}.",
            "<{name}>: «{found}» tem {length} caracteres; comprimento admitido: {expected}.",
        ),
        Text("Accorcia o completa il testo.", "Shorten or complete the text.", "Encurte ou complete o texto."),
    ),
    (
        "PT2006",
        ERROR,
        Text(
            "<{name}> è vuoto: un elemento presente deve avere un contenuto.",
            "<{name}> is empty: an element that is there must have content.",
            "<{name}> está vazio: um elemento presente tem de ter conteúdo.",
        ),
        Text(
            "Togli l'elemento se è facoltativo, altrimenti riempilo.",
            "Leave the element out if it is optional, else fill it.",
            "Retire o elemento se for facultativo; senão preencha-o.",
        ),
    ),
    (
        "PT2007",
        ERROR,
        Text(
            "<{name}>: {found} è fuori dai limiti ({expected}).",
            "<{name}>: {found} is outside its bounds ({expected}).",
            "<{name}>: {found} está fora dos limites ({expected}).",
        ),
        Text(
            "Gli importi non sono mai negativi: il lato è DebitAmount o CreditAmount.",
            "Amounts are never negative: the side is DebitAmount or CreditAmount.",
            "Os valores nunca são negativos: o lado é DebitAmount ou CreditAmount.",
        ),
    ),
    (
        "PT2008",
        ERROR,
        Text(
            "<{name}>: «{found}» non è {expected}.",
            "<{name}>: “{found}” is not {expected}.",
            "<{name}>: «{found}» não é {expected}.",
        ),
        _MEND,
    ),
    (
        "PT2009",
        ERROR,
        Text(
            "<{name}> non rispetta lo schema: {detail}",
            "<{name}> breaks the schema: {detail}",
            "<{name}> não respeita o esquema: {detail}",
        ),
        _MEND,
    ),
    (
        "PT2010",
        ERROR,
        Text(
            "<Lines> deve avere almeno un DebitLine e un CreditLine: ne ha {debits} e {credits}.",
            "<Lines> needs at least one DebitLine and one CreditLine: it has {debits} and {credits}.",
            "<Lines> precisa de pelo menos um DebitLine e um CreditLine: tem {debits} e {credits}.",
        ),
        Text("Completa il movimento.", "Complete the transaction.", "Complete o movimento."),
    ),
    (
        "PT2090",
        ERROR,
        Text(
            "Troppi errori di schema: dopo {number} gli altri non sono stati messi in parole.",
            "Too many schema errors: after {number} the others were not put into words.",
            "Demasiados erros de esquema: após {number} os outros não foram descritos.",
        ),
        Text(
            "Correggi quelli elencati e ripeti il controllo.",
            "Mend those listed and check again.",
            "Corrija os listados e repita a verificação.",
        ),
    ),
)
