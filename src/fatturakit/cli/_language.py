"""The language of help and messages, known before the options are parsed."""

import os
import sys

from ..texts import Language, language


def _asked() -> str | None:
    for place, word in enumerate(sys.argv):
        if word == "--lang":
            return sys.argv[place + 1] if place + 1 < len(sys.argv) else None
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


LANGUAGE: Language = language(_asked())


def let_click_speak() -> None:
    """Let click's own words be Italian too (it asks gettext's default domain)."""
    if LANGUAGE == "it":
        import gettext

        os.environ["LANGUAGE"] = "it"
        gettext.bindtextdomain("messages", os.path.join(os.path.dirname(__file__), "locale"))  # noqa: PTH118, PTH120


def words(it: str, en: str) -> str:
    """One of two sentences, in the language of this run."""
    return it if LANGUAGE == "it" else en


def examples(*lines: str, then: str = "") -> str:
    """What stands below the options of a verb: lines to type, each as it is, then how the verb ends."""
    shown = "\n".join(("\b", words("Esempi:", "Examples:"), *(f"  fatturakit {line}" for line in lines)))
    return f"{shown}\n\n{then}" if then else shown


def exits(it: str, en: str) -> str:
    """How a verb ends that reads files and writes files: what its 1 means, in both languages."""
    return words(
        f"Esce con 0 (bene), 1 ({it}), 2 (uso), 3 (illeggibile), 6 (scrittura).",
        f"Exits with 0 (fine), 1 ({en}), 2 (usage), 3 (unreadable), 6 (output).",
    )
