"""Fields and codes found by number, name, path, label; the nearest names when there is none."""

from __future__ import annotations

import doctest

import pytest

from fatturakit.errors import ExitCode, UsageError
from fatturakit.invoice import fields
from fatturakit.invoice.fields import look_up, nearest
from fatturakit.schema.codes import code_list, code_lists
from fatturakit.schema.table import table


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("2.2.1.14", {"DettaglioLinee/Natura"}),
        ("2.1.1.4", {"DatiGeneraliDocumento/Numero"}),
        ("<PrezzoUnitario>", {"DettaglioLinee/PrezzoUnitario"}),
        ("prezzounitario", {"DettaglioLinee/PrezzoUnitario"}),
        ("DatiBollo/ImportoBollo", {"DatiBollo/ImportoBollo"}),
        ("/p:FatturaElettronica/FatturaElettronicaBody[1]/Allegati", {"FatturaElettronicaBody/Allegati"}),
        ("Prezzo unitario", {"DettaglioLinee/PrezzoUnitario"}),
        ("NomeFile", {"RicevutaConsegna/NomeFile"}),
        ("NormaDiRiferimento", {"DatiGenerali/NormaDiRiferimento"}),
    ],
)
def test_fields(word: str, ends: set[str]) -> None:
    answer = look_up(word)
    assert not answer.meanings
    assert ends <= {"/".join(place.element.path.split("/")[-2:]) for place in answer.places}


@pytest.mark.parametrize(
    ("word", "lists"),
    [
        ("TD17", ["TipoDocumento"]),
        ("n6.3", ["Natura"]),
        ("RF19", ["RegimeFiscale"]),
        ("SC", ["TipoCessionePrestazione", "TipoScontoMaggiorazione"]),
        ("EC02", ["EsitoCommittente"]),
    ],
)
def test_codes(word: str, lists: list[str]) -> None:
    answer = look_up(word)
    assert sorted(name for name, _ in answer.meanings) == lists
    assert all(place.element.type and word.upper() in place.element.type.enumeration for place in answer.places)


def test_a_number_of_both_formats_finds_both() -> None:
    assert {place.table for place in look_up("2.2.2").places} == {"ordinary-1.2.3", "simplified-1.0.2"}


def test_namesakes_are_the_others() -> None:
    answer = look_up("2.2.1.14")
    assert {place.element.field for place in answer.namesakes} == {"2.1.1.7.7", "2.2.2.2", "2.2.4"}


def test_a_retired_code_is_found_in_the_old_formats() -> None:
    assert {place.table for place in look_up("RF03").places} == {"ordinary-1.1", "ordinary-1.0"}


def test_every_number_name_and_code_is_known() -> None:
    for element in table("ordinary-1.2.3"):
        assert look_up(element.name).places
        assert not element.field or look_up(element.field).places
    for name in code_lists():
        for code in code_list(name):
            assert look_up(code.code).places


@pytest.mark.parametrize(("word", "first"), [("2.2.1.99", "2.2.1.9"), ("Naturra", "Natura"), ("TD30", "TD20")])
def test_nearest(word: str, first: str) -> None:
    assert len(nearest(word)) == 3
    assert first in nearest(word)


@pytest.mark.parametrize("word", ["2.2.1.99", "pippo", "x" * 10_000, "\x1b[31m", "p:", "//", "[", "à"])
def test_unknown(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        look_up(word)
    assert caught.value.exit_code is ExitCode.USAGE


def test_examples() -> None:
    assert not doctest.testmod(fields).failed
