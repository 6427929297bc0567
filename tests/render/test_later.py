"""What WeasyPrint's import puts off is there for whoever uses it, and changes no byte."""

from __future__ import annotations

import json
import subprocess
import sys

_PRINTS = """
import base64, hashlib, io, json, sys
from fatturakit.render import engine
PAGE = (
    "<style>li{list-style-type:upper-roman}</style><ol><li>a<li>b</ol><p align=right>c</p><input value=x>"
    "<img src='data:image/png;base64,%s'>"
)
def digest(package):
    from PIL import Image
    dot = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(dot, "PNG")
    page = PAGE % base64.b64encode(dot.getvalue()).decode()
    made = package.HTML(string=page).write_pdf(pdf_identifier=b"1", presentational_hints=True, pdf_forms=True)
    return hashlib.sha256(made).hexdigest()
ours = engine.weasyprint()
early = [name for name in ("PIL.Image", "PIL.EpsImagePlugin", "tinyhtml5") if name in sys.modules]
first = digest(ours)
from PIL import EpsImagePlugin, ImageFile
settings = [EpsImagePlugin.gs_binary, ImageFile.LOAD_TRUNCATED_IMAGES]
for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
    del sys.modules[name]
import weasyprint
print(json.dumps({"early": early, "same": first == digest(weasyprint), "settings": settings}))
"""


def test_what_is_put_off_is_there_when_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", _PRINTS], capture_output=True, check=True, text=True)
    assert json.loads(done.stdout) == {"early": [], "same": True, "settings": [False, True]}
