"""The code lists have the codes of the schemas, meanings in three languages, and plausible days."""

from __future__ import annotations

from datetime import date

import pytest

from fatturakit.schema.codes import code_list, code_lists, label, list_for, valid_on
from fatturakit.schema.table import table, tables

OLD = ("ordinary-1.1", "ordinary-1.0")
CURRENT = tuple(name for name in tables() if name not in OLD)


def enumerated(names: tuple[str, ...]) -> dict[str, set[str]]:
    """The values of every enumerated type of some formats, by type name."""
    types: dict[str, set[str]] = {}
    for name in names:
        for type_ in table(name).types.values():
            if type_.enumeration and type_.name != "SchemaVersion":
                types.setdefault(type_.name, set()).update(type_.enumeration)
    return types


def test_lists_have_the_codes_of_the_current_schemas() -> None:
    """A list for every enumerated type and no other, with the same codes."""
    assert {name: {code.code for code in code_list(name)} for name in code_lists()} == enumerated(CURRENT)


def test_retired_codes_are_those_of_the_old_schemas_alone() -> None:
    """What formats 1.0 and 1.1 know and the current ones do not."""
    current, old = enumerated(CURRENT), enumerated(OLD)
    gone = {name: codes - current[name] for name, codes in old.items()}
    retired = {name: {code.code for code in code_list(name).retired} for name in code_lists()}
    assert {name: codes for name, codes in retired.items() if codes} == {n: c for n, c in gone.items() if c}


@pytest.mark.parametrize("name", code_lists())
def test_every_code_is_explained(name: str) -> None:
    """Three labels, none of them padded, the first day not after the last."""
    codes = code_list(name)
    for code in (*codes.codes, *codes.retired):
        labels = (code.it, code.en, code.de)
        assert all(text and text == text.strip() and not text[0].islower() for text in labels)
        assert (code.since or date.min) <= (code.until or date.max)
        assert codes[code.code] is code


def test_labels_tell_codes_apart() -> None:
    """Within a list no two current codes mean the same, but for the two "other" payment reasons."""
    for name in code_lists():
        codes = [code for code in code_list(name) if code.code != "Z"]
        for lang in ("it", "en", "de"):
            assert len({code.label(lang) for code in codes}) == len(codes), (name, lang)


@pytest.mark.parametrize(
    ("name", "code", "day", "valid"),
    [
        ("TipoDocumento", "TD01", "2015-01-01", True),
        ("TipoDocumento", "TD16", "2020-09-30", False),
        ("TipoDocumento", "TD27", "2020-10-01", True),
        ("TipoDocumento", "TD28", "2022-09-30", False),
        ("TipoDocumento", "TD28", "2022-10-01", True),
        ("TipoDocumento", "TD29", "2025-03-31", False),
        ("TipoDocumento", "TD29", "2025-04-01", True),
        ("RegimeFiscale", "RF20", "2025-03-31", False),
        ("RegimeFiscale", "RF20", "2025-04-01", True),
        ("Natura", "N2", "2020-12-31", True),
        ("Natura", "N2", "2021-01-01", False),
        ("Natura", "N6.9", "2020-10-01", True),
        ("Natura", "N3.1", "2020-09-30", False),
        ("Natura", "N7", "2019-01-01", True),
        ("TipoRitenuta", "RT03", "2020-09-30", False),
        ("TipoRitenuta", "RT06", "2020-10-01", True),
        ("ModalitaPagamento", "MP23", "2020-09-30", False),
        ("CausalePagamento", "Z", "2020-12-31", True),
        ("CausalePagamento", "Z", "2021-01-01", False),
        ("CausalePagamento", "ZO", "2021-01-01", True),
    ],
)
def test_days(name: str, code: str, day: str, valid: bool) -> None:
    """The days of the specification, at their edges."""
    assert valid_on(code_list(name)[code], date.fromisoformat(day)) is valid


def test_finding_a_list() -> None:
    """By element, by path, by type; none where values are free."""
    (element,) = table("simplified-1.0.2").by_name("TipoDocumento")
    found = list_for(element)
    assert found is not None
    assert [code.code for code in found] == ["TD07", "TD08", "TD09"]
    assert list_for(element.path) is found
    assert list_for("Natura") is code_list("Natura")
    for place in ("Ascii20", "/FatturaElettronica/Nowhere", "/FatturaElettronica/@versione/x", "SchemaVersion"):
        assert list_for(place) is None
    coded = [
        e for name in tables() for e in table(name) if e.type and e.type.enumeration and e.type_name != "SchemaVersion"
    ]
    assert all(list_for(e) for e in coded)


def test_labels_and_strangers() -> None:
    """A label in each language, Italian for a language we lack, None for what nobody knows."""
    assert label("TipoDocumento", "TD04", "it") == "Nota di credito"
    assert label("TipoDocumento", "TD04", "en") == "Credit note"
    assert label("TipoDocumento", "TD04", "de") == "Gutschriftsanzeige"
    assert label("TipoDocumento", "TD04", "fr") == "Nota di credito"
    assert label("RegimeFiscale", "RF03", "en") is not None
    assert label("TipoDocumento", "TD99", "en") is None
    assert label("Nothing", "TD01", "en") is None
    assert "RF03" not in code_list("RegimeFiscale")
    assert "RF01" in code_list("RegimeFiscale")
    assert code_list("RegimeFiscale").get("RF99") is None
    with pytest.raises(KeyError):
        code_list("RegimeFiscale")["RF99"]
    with pytest.raises(KeyError):
        code_list("Nothing")
