"""What is said of a state that cannot be gone on from."""

from typing import Final

from ..texts import Text

NO_STATE: Final = Text(
    "«{path}» è un altro database, non uno stato di lavorazione: scegli un altro nome per --resume.",
    "“{path}” is another database, not the state of a run: choose another name for --resume.",
)
OTHER: Final = Text(
    "Lo stato «{path}» è di un'altra lavorazione ({name}: prima {before}, ora {now}): ripeti con le stesse opzioni, "
    "oppure dai a --resume un file nuovo.",
    "The state “{path}” is of another run ({name}: {before} before, {now} now): repeat with the same options, or give "
    "--resume a new file.",
)
LOCKED: Final = Text(
    "Lo stato «{path}» è in uso: un'altra lavorazione non è finita. Aspetta che finisca, o usa un altro file.",
    "The state “{path}” is in use: another run has not ended. Wait for its end, or use another file.",
)
DAMAGED: Final = Text(
    "«{path}» non è uno stato di lavorazione o è danneggiato: cancellalo e ricomincia, o scegli un altro nome.",
    "“{path}” is no state of a run, or it is damaged: delete it and start again, or choose another name.",
)
UNWRITABLE: Final = Text(
    "Lo stato «{path}» non si può scrivere: {reason}.", "The state “{path}” cannot be written: {reason}."
)
