"""Typst, in memory: a form of ours and its data go in, a PDF/A comes out; nothing is written to a disk (I3)."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

from dms.errors import DmsError
from dms.printing.errors import CharacterMissing, FontMissing, FormNotPrinted

ARCHIVAL: Final = "a-2b"
"""PDF/A-2b, ISO 19005-2: fonts embedded, nothing fetched from outside, to be read in thirty years."""
HAN_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")
HAN_SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei")
HOUSE: Final = "house"
"""The form that stands before every other: colours, headings, lines to sign on."""
_UNSHOWN: Final = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
"""PDF/A forbids a glyph that stands for none (ISO 19005-2, 6.2.11.8), so the library names what it has no glyph for."""
_LATIN: Final = "Libertinus Serif"
"""Comes inside the library."""


def typeset(form: str, content: Mapping[str, Any], *, made_at: datetime, tagged: bool = True) -> bytes:
    """The PDF/A-2b of a form (the name of a ``.typ`` beside this module) filled with JSON-like content.

    `tagged` adds the structure that screen readers follow. The same content gives the same bytes. Raises
    `FontMissing`, `CharacterMissing`, or `FormNotPrinted` where the form does not take it.
    """
    fonts = _fonts()
    families = {"serif": [_LATIN, *_present(HAN_SERIF, fonts)], "sans": _present(HAN_SANS, fonts)}
    forms = files("dms.printing") / "forms"
    source = b"".join((forms / f"{name}.typ").read_bytes() for name in (HOUSE, form))
    try:
        printed = typst.compile(
            source,
            font_paths=fonts,
            format="pdf",
            pdf_standards=ARCHIVAL,
            timestamp=made_at.astimezone(UTC).replace(microsecond=0),
            pdf_tags=tagged,
            sys_inputs={"content": json.dumps({**content, "fonts": families}, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise _refusal(form, error.message) from error
    if not isinstance(printed, bytes) or not printed.startswith(b"%PDF"):
        raise FormNotPrinted(form, "no PDF")
    return printed


def _refusal(form: str, reason: str) -> DmsError:
    unshown = _UNSHOWN.search(reason)
    return CharacterMissing(unshown["text"]) if unshown else FormNotPrinted(form, reason)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine; looking for them takes longer than a page."""
    return typst.Fonts()


def _present(wanted: tuple[str, ...], fonts: typst.Fonts) -> list[str]:
    present = set(fonts.families())
    found = [family for family in (*wanted, *HAN_SANS, *HAN_SERIF) if family in present]
    if not found:
        raise FontMissing
    return list(dict.fromkeys(found))
