"""``fatturakit sign``: CAdES (.xml.p7m) or XAdES (.xml), with a PKCS#12 file or a token."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from .. import limits
from ..batch import envelopes, inputs
from ..envelope.names import split
from ..envelope.safenames import SafeNames
from ..errors import InputError, UsageError
from ..refusals import reason
from ..signature import extra
from ..texts import Text, language
from . import _answers, _io, _options, _sources, _work
from ._language import examples, words
from ._places import Places

if TYPE_CHECKING:
    from ..signature.keys import Key, Locked

Secret = Literal["password", "pin"]
_VARIABLES: Final = {"password": "FATTURAKIT_P12_PASSWORD", "pin": "FATTURAKIT_PIN"}
_MOST: Final = 4096


@click.command(
    name="sign",
    help=words(
        "Firma i file in CAdES (.xml.p7m) o in XAdES (.xml); ciò che firma resta com'è.\n\n"
        "La password viene da FATTURAKIT_P12_PASSWORD, il PIN da FATTURAKIT_PIN, oppure da --password-file, oppure\n"
        "viene chiesto sul terminale; mai dalla riga di comando. Con un token firma un solo processo, che ne tiene la\n"
        "sessione, qualunque sia --jobs.",
        "Sign files as CAdES (.xml.p7m) or XAdES (.xml); what is signed stays as it is.\n\n"
        "The password comes from FATTURAKIT_P12_PASSWORD, the PIN from FATTURAKIT_PIN, or from --password-file, or is\n"
        "asked for on the terminal; never from the command line. With a token one process signs, the one that holds\n"
        "its session, whatever --jobs says.",
    ),
    epilog=words(
        examples(
            "sign fattura.xml --cades --p12 firma.p12 -o firmate/",
            "sign in/ --xades --pkcs11 modulo.so --token FIRMA --key firma -o firmate/",
            "sign - --xades --p12 firma.p12 --password-file pin.txt < fattura.xml",
            then="Esce con 0, 2 (uso, chiave o certificato), 3 (illeggibile), 4 (manca l'extra sign), 6 (scrittura).",
        ),
        examples(
            "sign invoice.xml --cades --p12 key.p12 -o signed/",
            "sign in/ --xades --pkcs11 module.so --token SIGN --key sign -o signed/",
            "sign - --xades --p12 key.p12 --password-file pin.txt < invoice.xml",
            then="Exits with 0, 2 (usage, key or certificate), 3 (unreadable), 4 (the extra sign is missing), 6 "
            "(output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@click.option("--cades", "form", flag_value="cades", help=words("Busta .xml.p7m.", "An .xml.p7m envelope."))
@click.option("--xades", "form", flag_value="xades", help=words("Firma dentro l'XML.", "A signature in the XML."))
@click.option("--p12", type=_options.PATH, metavar="FILE", help=words("Chiave PKCS#12.", "PKCS#12 key."))
@click.option("--pkcs11", type=_options.PATH, metavar="MODULE", help=words("Modulo del token.", "Module of the token."))
@click.option("--token", metavar="LABEL", help=words("Etichetta del token.", "Label of the token."))
@click.option("--key", metavar="LABEL", help=words("Etichetta della chiave.", "Label of the key."))
@click.option(
    "--password-file",
    type=_options.PATH,
    metavar="FILE",
    help=words("File con la password o il PIN (prima riga).", "File with the password or PIN (first line)."),
)
@click.option(
    "--any-certificate",
    is_flag=True,
    help=words("Anche con un certificato scaduto o non adatto.", "Also with an expired or unfit certificate."),
)
@_options.stdin_name
@_options.continued
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    extra.require()
    form = given["form"]
    if form is None:
        raise click.UsageError(words("Manca --cades o --xades.", "--cades or --xades is missing."))
    if (given["p12"] is None) == (given["pkcs11"] is None):
        raise click.UsageError(words("Serve --p12 oppure --pkcs11.", "--p12 or --pkcs11 is needed."))
    from ..signature.keys import locked_key, signing_key

    secret = _secret("pin" if given["pkcs11"] else "password", given)
    if given["p12"]:
        locked = locked_key(given["p12"], secret)
        return _sign_all(names, locked.open(), locked, given)
    given["jobs"] = 1  # the session with a token belongs to the process that opened it
    where = {name: given[name] for name in ("pkcs11", "token", "key")}
    with signing_key(**where, secret=secret) as key:
        return _sign_all(names, key, None, given)


def _secret(kind: Secret, given: dict[str, Any]) -> str | None:
    """The password or PIN: environment, file, terminal; None when nobody gives one."""
    named = given["password_file"]
    if named:
        try:
            with Path(named).open(encoding="utf-8") as stream:
                return stream.readline(_MOST).rstrip("\r\n")
        except (OSError, ValueError) as error:
            raise UsageError(_NO_FILE, name=named, reason=reason(error)) from error
    if _VARIABLES[kind] in os.environ:
        return os.environ[_VARIABLES[kind]]
    if sys.stdin is not None and sys.stdin.isatty():
        secret: str = click.prompt(words("Password o PIN", "Password or PIN"), hide_input=True, err=True, default="")
        return secret or None
    return None


def _sign_all(names: tuple[str, ...], key: Key, locked: Locked | None, given: dict[str, Any]) -> int:
    outcome = _answers.Outcome()
    how = {"form": given["form"], "any_certificate": given["any_certificate"], "judge": not given["quiet"]}
    task = envelopes.signing(limits.from_environment(), key, locked, **how)
    holder = key.certificate
    about = {"verb": "sign", **how, "certificate": f"{holder.issuer} {holder.serial}"}
    with _answers.answered(names, task, given, outcome, about) as work:
        writer = _Writer(given, work)
        for answer in work.found:
            if not isinstance(answer.result, InputError):
                _warn(answer, given)
                writer.write(answer.item, answer.result)
    return outcome.code


class _Writer:
    """Where signed files go: ``<stem>.xml.p7m`` or ``<stem>.xml`` in the folder of -o, or one file, or stdout."""

    def __init__(self, given: dict[str, Any], work: _answers.Work[bytes]) -> None:
        self.given, self.state = given, work.state
        folder = _sources.is_folder(given["target"])
        self.places = Places(given["target"], work.state, force=given["force"]) if folder else None
        if work.many and not folder:
            raise UsageError(_NOT_A_FOLDER)

    def write(self, item: inputs.Input, made: bytes) -> None:
        """Write one signed file, whole or not at all."""
        target = self.given["target"]
        if self.places:
            target = self.places.put(made, partial(self._name, item))
            if not self.given["quiet"]:
                _io.message(f"{item.shown} → {target}")
        elif target in {None, "-"}:
            _io.write_bytes(None, made, force=False)
        else:
            _work.put(target, made, self.state, force=self.given["force"])

    def _name(self, item: inputs.Input, names: SafeNames) -> str:
        stem, ending = split(os.path.basename(item.name or "stdin.xml"))  # noqa: PTH119
        if self.given["form"] == "xades":
            return names.give(f"{stem}.xml", "stdin.xml")
        return names.give(f"{stem}.xml.p7m" if ending in {"", ".xml"} else f"{stem}{ending}.p7m", "stdin.xml")


def _warn(answer: envelopes.Answer[bytes], given: dict[str, Any]) -> None:
    """What SdI would refuse is said; signing is the user's business."""
    if answer.errors and not given["quiet"]:
        said = {"name": answer.item.shown, "count": answer.errors}
        _io.message(_WRONG.say(language(given["lang"]), said))


_NO_FILE: Final = Text("«{name}» non si può leggere: {reason}.", "“{name}” cannot be read: {reason}.")
_NOT_A_FOLDER: Final = Text(
    "I documenti sono più di uno: con -o serve una cartella (-o CARTELLA/).",
    "There are several documents: -o needs a folder (-o FOLDER/).",
)
_WRONG: Final = Text(
    "fatturakit: {name}: SdI lo scarterebbe, errori: {count} (fatturakit validate li elenca).",
    "fatturakit: {name}: SdI would reject it, errors: {count} (fatturakit validate lists them).",
)
