"""What is said of a cluster that cannot be worked on."""

from typing import Final

from ..texts import Text

EXTRA: Final = Text(
    "Per lavorare su un cluster serve un extra: {line}", "To work on a cluster an extra is needed: {line}"
)
ADDRESS: Final = Text(
    "«{address}» non è l'indirizzo di uno scheduler (tcp://host:porta o tls://host:porta).",
    "“{address}” is not the address of a scheduler (tcp://host:port or tls://host:port).",
)
UNREACHABLE: Final = Text(
    "Lo scheduler {address} non risponde: {reason}. È acceso, e la porta è aperta?",
    "The scheduler {address} does not answer: {reason}. Is it running, and is the port open?",
)
NO_WORKERS: Final = Text(
    "Lo scheduler {address} non ha worker: avviane con «dask worker {address} --nthreads 1».",
    "The scheduler {address} has no workers: start some with “dask worker {address} --nthreads 1”.",
)
VERSIONS: Final = Text(
    "Su {where} {what} è {there}, qui è {here}: deve essere lo stesso dappertutto.",
    "On {where} {what} is {there}, here it is {here}: it must be the same everywhere.",
)
MISSING: Final = Text(
    "Su una macchina ({where}) fatturakit è {there}, qui è {here}. Installa lo stesso dappertutto: {line}",
    "On one machine ({where}) fatturakit is {there}, here it is {here}. Install the same everywhere: {line}",
)
FAILED: Final = Text("Il cluster {address} ha fallito: {reason}.", "The cluster {address} failed: {reason}.")
GONE: Final = Text(
    "Il cluster {address} non risponde più ({reason}). Con --resume, ripeti lo stesso comando e riprende da qui.",
    "The cluster {address} answers no more ({reason}). With --resume, repeat the same command to go on from here.",
)
NOT_SEEN: Final = Text(
    "Un worker ha scritto «{path}», ma da qui non si vede: dai a --results una cartella o un indirizzo comune a tutti.",
    "A worker wrote “{path}”, but it is not seen from here: give --results a folder or an address common to all.",
)
STDIN: Final = Text(
    "Su un cluster viaggiano i nomi, non i documenti: lo standard input non ne ha uno. Dai file o indirizzi.",
    "To a cluster names travel, not documents: standard input has none. Give files or addresses.",
)
