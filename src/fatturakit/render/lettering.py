"""Lines of text laid out once: what WeasyPrint shapes to measure is what it draws.

WeasyPrint lets go of the shape of every line once it is measured, and makes it anew to draw it, each with a context and
a font description of its own. Pages of ours keep the shape and share both; the lines are the same. That goes into parts
of WeasyPrint that may change: a version it was not tried with lays out in its own way.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from .engine import part, tried, weasyprint

_TEXT: Final = "weasyprint.text.line_break"
_INLINE: Final = "weasyprint.layout.inline"
_FEATURES: Final = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
)
_SHAPING: Final = (
    *_FEATURES,
    *("font_style", "font_stretch", "font_weight", "font_size", "font_variation_settings"),
    *("direction", "lang", "font_language_override", "text_decoration_line"),
)


@contextlib.contextmanager
def kept_lines(fonts: Any) -> Iterator[None]:
    """Lay out and draw meanwhile with lines that are kept; fonts: the configuration their contexts belong to."""
    if not tried(weasyprint()):
        yield
        return
    module, lines = part(_TEXT), part(_INLINE)
    module.Layout, lines.strut = _kind(fonts), _measured_once()
    try:
        yield
    finally:  # to what they were at first, also when two threads draw at a time
        module.Layout, lines.strut = _theirs()


@cache
def _theirs() -> tuple[Any, Any]:
    """WeasyPrint's own class of lines, and what asks for the height of one."""
    return part(_TEXT).Layout, part(_INLINE).strut


@cache
def _measured_once() -> Any:
    """The height of a line of a style, asked of WeasyPrint once a style and kept on it."""
    strut = _theirs()[1]

    def kept(style: Any) -> Any:
        found = style.__dict__.get("kept_strut")
        if found is None:
            found = style.kept_strut = strut(style)
        return found

    return kept


@cache
def _kind(fonts: Any) -> Any:
    """WeasyPrint's class of lines, that keeps them."""
    return type("Kept", (_Keeping, _theirs()[0]), {"module": part(_TEXT), "fonts": fonts, "shared": {}})


class _Keeping:
    """What is put before the methods of WeasyPrint's class. shared: what is the same for all lines of a style."""

    drawn = False
    module: Any
    fonts: Any
    shared: dict[Any, Any]

    def setup(self: Any, style: Any) -> None:
        key = (*style["font_family"], *[style[name] for name in _SHAPING])
        if key not in self.shared:
            self.shared[key] = _shared(self.module, style, self.fonts)
        if (made := self.shared[key]) is None or style.font_config is not self.fonts:
            super().setup(style)  # type: ignore[misc]
            return
        pango = self.module.pango
        self.style, self.first_line_direction = style, 0
        self.ascent = self.underline_position = self.strikethrough_position = None
        context, self.language, description = made
        self.layout = self.module.ffi.gc(pango.pango_layout_new(context), self.module.gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        # Drawing asks for one paragraph; asked for already, the lines stay as they were measured.
        self.module.pango.pango_layout_set_single_paragraph_mode(self.layout, text.isprintable())
        super().set_text(text, justify)  # type: ignore[misc]

    def deactivate(self) -> None:
        if self.drawn:
            super().deactivate()  # type: ignore[misc]

    def reactivate(self: Any, style: Any) -> None:
        if self.drawn or self.justification_spacing or not self.text.isprintable():
            super().reactivate(style)  # type: ignore[misc]
        self.drawn = True


def _shared(module: Any, style: Any, fonts: Any) -> tuple[Any, Any, Any] | None:
    """Context, language and font description of a style, as WeasyPrint makes them; None when it takes more to shape."""
    plain = style["font_language_override"] == "normal" and style["text_decoration_line"] == "none"
    if not plain or module.font_features(*[style[name] for name in _FEATURES]):
        return None
    pango, ffi = module.pango, module.ffi
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), module.gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, module.PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if style["lang"]:
        said, _ = module.unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(said)
        pango.pango_context_set_language(context, language)
    return context, language, module.get_font_description(style)
