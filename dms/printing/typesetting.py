"""Typst, in memory: a form of ours and its data go in, a PDF/A comes out; nothing is written to a disk (I3).

A long list is set by a process of its own. The library keeps what it has laid out for the next ten documents, which for
5,000 rows is 600 MB each time; when the process ends, all of it is given back.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from dms.errors import DmsError
from dms.printing import typst_child
from dms.printing.errors import CharacterMissing, FontMissing, FormNotPrinted

ARCHIVAL: Final = "a-2b"
"""PDF/A-2b, ISO 19005-2: fonts embedded, nothing fetched from outside, to be read in thirty years."""
HAN_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")
HAN_SANS: Final = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei")
HOUSE: Final = "house"
"""The form that stands before every other: colours, headings, lines to sign on."""
_LATIN: Final = "Libertinus Serif"
"""Comes inside the library."""
_UNSHOWN: Final = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed')
"""PDF/A forbids a glyph that stands for none (ISO 19005-2, 6.2.11.8), so the library names what it has no glyph for."""
_PRIVATE: Final = re.compile("[\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Half characters, and characters that mean something only where they were made: a font may hold quite another one."""
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG: Final = 120_000
"""Characters of content from which on a form is set apart: some hundred rows, half a second of typesetting."""
_LONGEST_S: Final = 600
_PASSED_ON: Final = ("HOME", "XDG_DATA_HOME", "FONTCONFIG_PATH", "SYSTEMROOT", "WINDIR", "LOCALAPPDATA")
"""Where fonts are looked for; the child is told nothing else."""


def typeset(form: str, content: Mapping[str, Any], *, made_at: datetime, tagged: bool = True) -> bytes:
    """The PDF/A-2b of a form (the name of a ``.typ`` beside this module) filled with JSON-like content.

    `tagged` adds the structure that screen readers follow. The same content gives the same bytes. Raises
    `FontMissing`, `CharacterMissing`, or `FormNotPrinted` where the form does not take it.
    """
    text = json.dumps({**content, "fonts": _families()}, ensure_ascii=False)
    private = _PRIVATE.search(text)
    if private:
        raise CharacterMissing(private[0])
    asked = {
        "source": _source(form),
        "content": text,
        "standard": ARCHIVAL,
        "made_at": int(made_at.astimezone(UTC).timestamp()),
        "tagged": tagged,
    }
    answer = _set_apart(form, asked) if len(text) > _LONG else typst_child.answer(asked, _fonts())
    if answer.startswith(typst_child.PDF):
        return answer[len(typst_child.PDF) :]
    raise _refusal(form, answer[len(typst_child.REFUSED) :].decode(errors="replace"))


def _source(form: str) -> str:
    forms = files("dms.printing") / "forms"
    return "".join((forms / f"{name}.typ").read_text(encoding="utf-8") for name in (HOUSE, form))


def _set_apart(form: str, asked: Mapping[str, Any]) -> bytes:
    """The answer of a process of its own."""
    try:
        done = subprocess.run(  # noqa: S603  the command is our own, never composed from input
            [sys.executable, "-I", str(Path(typst_child.__file__))],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            timeout=_LONGEST_S,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise FormNotPrinted(form, type(error).__name__) from None
    if done.returncode or not done.stdout:
        raise FormNotPrinted(form, f"exit {done.returncode}")
    return done.stdout


def _refusal(form: str, reason: str) -> DmsError:
    unshown = _UNSHOWN.search(reason)
    if unshown is None:
        return FormNotPrinted(form, reason)
    return CharacterMissing(_ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), unshown["text"]))


@cache
def _fonts() -> typst.Fonts:
    """The fonts of this machine; looking for them takes longer than a page."""
    return typst.Fonts()


@cache
def _families() -> dict[str, list[str]]:
    """What forms call serif and sans; raises `FontMissing`."""
    fonts = _fonts()
    return {"serif": [_LATIN, *_present(HAN_SERIF, fonts)], "sans": _present(HAN_SANS, fonts)}


def _present(wanted: tuple[str, ...], fonts: typst.Fonts) -> list[str]:
    present = set(fonts.families())
    found = [family for family in (*wanted, *HAN_SANS, *HAN_SERIF) if family in present]
    if not found:
        raise FontMissing
    return list(dict.fromkeys(found))
