"""Copies of documents and blocks are independent; the paths of findings lead to their fields."""

from __future__ import annotations

import copy

import pytest

import fatturakit

from .. import samples


def test_a_deep_copy_of_a_document_is_another_document() -> None:
    document = fatturakit.open(samples.invoice())
    assert document.bodies
    assert document.body[0].dati_generali  # what is kept of the old tree must not come along
    twin = copy.deepcopy(document)
    twin.body[0].dati_generali.dati_generali_documento.numero = "99/B"
    assert document.to_bytes() == samples.invoice()
    assert b">99/B<" in twin.to_bytes()
    assert twin.bodies[0].key().numero == "99/B"
    assert document.bodies[0].key().numero == "12/A"
    again = copy.deepcopy(twin)
    assert again.to_bytes() == twin.to_bytes()


def test_a_document_from_json_is_copied_before_anybody_asked_for_its_tree() -> None:
    made = fatturakit.from_json(fatturakit.to_json(fatturakit.open(samples.invoice())))
    assert copy.deepcopy(made).to_bytes() == made.to_bytes()


def test_a_copied_block_is_changed_and_put_in() -> None:
    document = fatturakit.open(samples.invoice())
    lines = document.body[0].dati_beni_servizi.dettaglio_linee
    second = copy.deepcopy(lines[0])
    second.numero_linea, second.descrizione = 2, "another"
    assert document.to_bytes() == samples.invoice()
    lines.append(second)
    assert [(line.numero_linea, line.descrizione) for line in lines][1:] == [(2, "another")]
    assert copy.copy(lines[0]).xml is not lines[0].xml
    assert not copy.deepcopy(document.body[0].dati_generali.dati_trasporto)


def test_the_path_of_a_finding_names_its_field() -> None:
    document = fatturakit.open(samples.invoice(("<PrezzoTotale>100.00", "<PrezzoTotale>101.00")))
    (finding,) = [each for each in fatturakit.validate(document).findings if each.code == "00423"]
    assert str(document[finding.path or ""]) == "101.00"
    document[finding.path or ""] = "100.00"
    assert b"<PrezzoTotale>100.00</PrezzoTotale>" in document.to_bytes()
    for wrong in ("FatturaElettronicaBody[0]", "FatturaElettronicaBody[1]x", "FatturaElettronicaBody[a]"):
        with pytest.raises(fatturakit.UnknownField):
            document[wrong]
