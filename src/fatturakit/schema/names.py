"""Names of elements as programs spell them: ``DatiGeneraliDocumento`` is ``dati_generali_documento``.

The rule is the one the A-Cube JSON dialect uses, exactly; the way back needs a table, because ``AliquotaIVA`` and
``Aliquotaiva`` would be one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_WORD: Final = re.compile(r"(.)([A-Z][a-z]+)")
_CAPITAL: Final = re.compile(r"([a-z0-9])([A-Z])")


@cache
def snake(name: str) -> str:
    """The name with its words parted by underscores, in small letters.

    >>> snake("AliquotaIVA"), snake("CFQuietanzante"), snake("DatiDDT"), snake("Art73"), snake("IscrizioneREA")
    ('aliquota_iva', 'cf_quietanzante', 'dati_ddt', 'art73', 'iscrizione_rea')
    """
    return _CAPITAL.sub(r"\1_\2", _WORD.sub(r"\1_\2", name)).lower()
