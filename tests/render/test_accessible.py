"""Pages judged by axe in Chromium: every rule it has, for each theme of an invoice and for a message.

Pages forbid scripts, so axe looks at copies without that rule, in frames of one page of its own. script/test fetches
axe (``npm pack axe-core``) and names it in FATTURAKIT_AXE.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

import fatturakit as fk

from .documents import THEMES, fixture

AXE = os.environ.get("FATTURAKIT_AXE", "")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (1100, 390)
_FORBIDS = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_RUN = """<script src="axe.js"></script><script>
axe.run(document, {resultTypes: ["violations"]}).then(
  found => parent.postMessage({page: location.href.split("/").pop(), passed: found.passes.length,
    wrong: found.violations.map(rule => rule.id + ": " + rule.nodes[0].html)}, "*"),
  error => parent.postMessage({page: location.href, passed: 0, wrong: [String(error)]}, "*"))
</script></body>"""
_HOST = """<!DOCTYPE html><html lang="it"><title>axe</title><body><pre id="found"></pre><script>
const found = [], count = %d
addEventListener("message", event => {
  found.push(event.data)
  if (found.length == count) document.getElementById("found").textContent = JSON.stringify(found)
})
</script>%s</body></html>"""

pytestmark = pytest.mark.skipif(
    not (AXE and CHROMIUM), reason="needs Chromium, and axe-core named in FATTURAKIT_AXE (script/test fetches it)"
)


def judged(pages: dict[str, str], folder: Path) -> list[dict[str, object]]:
    """What axe says of every page, at the width of a screen and of a phone."""
    shutil.copyfile(AXE, folder / "axe.js")
    frames = []
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(_FORBIDS.sub("", text).replace("</body>", _RUN), encoding="utf-8")
        frames += [f'<iframe src="{name}.html?{width}" width="{width}" height="2500"></iframe>' for width in WIDTHS]
    host = folder / "host.html"
    host.write_text(_HOST % (len(frames), "".join(frames)), encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000"]
    done = subprocess.run(
        [*command, f"--user-data-dir={folder / 'profile'}", "--dump-dom", host.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said is not None
    answers: list[dict[str, object]] = json.loads(unescape(said[1]))
    return answers


def test_axe_finds_nothing_wrong(tmp_path: Path) -> None:
    pages = {theme: str(fk.render(fixture("0A1C4"), theme=theme)) for theme in THEMES}
    pages["message"] = str(fk.render(fixture("00000_NS_001")))
    pages["broken"] = pages["standard"].replace('<html lang="it">', "<html>").replace(" alt=", " data-alt=")
    answers = judged(pages, tmp_path)
    wrong = {str(row["page"]): row["wrong"] for row in answers if not str(row["page"]).startswith("broken")}
    assert len(wrong) == len(WIDTHS) * (len(pages) - 1)
    assert {page: found for page, found in wrong.items() if found} == {}
    assert all(row["passed"] for row in answers)
    assert all("html-has-lang" in str(row["wrong"]) for row in answers if str(row["page"]).startswith("broken"))
