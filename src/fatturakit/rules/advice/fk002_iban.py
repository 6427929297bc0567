"""An IBAN that cannot exist.

What:    2.4.2.13 IBAN must have the check digits and, for a country of the IBAN register, the length of that country.
Why:     SdI looks at the shape only; the payment comes back, or never leaves.
Fix:     Copy the IBAN again from the bank's statement.
Example: IT60X0542811101000000123456 passes, IT60X0542811101000000123457 warns.
Source:  ISO 13616; our advice, no SdI control.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body

_ITALIAN: Final = re.compile(r"(IT|SM)\d\d[A-Z]\d{10}[0-9A-Z]{12}", re.ASCII)
_DIGITS: Final = str.maketrans({letter: str(value) for value, letter in enumerate(ascii_uppercase, 10)})


@control(
    "FK002",
    area="body",
    needs="IBAN",
    formats="FPA12 FPR12",
    it="l'IBAN «{found}» è sbagliato: cifre di controllo o lunghezza",
    en="the IBAN “{found}” is wrong: check digits or length",
    fix=Text("Ricopialo dall'estratto conto.", "Copy it again from the bank's statement."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Judge each IBAN once."""
    numbers = {number: row for row in body.payments if (number := row.get("IBAN"))}
    for number, row in numbers.items():
        if not possible(number.upper()):
            yield rule.at(row.children["IBAN"], Severity.WARNING, args={"found": number[:40]})


@lru_cache(maxsize=1024)
def possible(number: str) -> bool:
    """Whether an IBAN can exist: ours by a quick look, the others by the register of python-stdnum."""
    if _ITALIAN.fullmatch(number):
        return int((number[4:] + number[:4]).translate(_DIGITS)) % 97 == 1
    from stdnum import iban
    from stdnum.exceptions import InvalidComponent, ValidationError

    try:
        iban.validate(number, check_country=False)
    except InvalidComponent:
        return True  # the check digits are right; the country is not in the register we carry
    except ValidationError:
        return False
    return True
