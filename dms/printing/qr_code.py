"""QR codes as drawings of lines, sharp at any size; segno only here (ISO/IEC 18004:2015)."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import segno

_QUIET = 2
"""White modules around it. The standard asks for four; the labels leave the rest of them white themselves."""


def qr_svg(text: str) -> str:
    """An SVG drawing of the QR code of a text, error correction M; empty for an empty text."""
    if not text:
        return ""
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    side = len(matrix) + 2 * _QUIET
    drawn = "".join(_runs(matrix))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{drawn}"/></svg>'


def _runs(matrix: Iterable[Iterable[int]]) -> Iterator[str]:
    """A rectangle for each run of dark modules in a row."""
    for row, modules in enumerate(matrix, start=_QUIET):
        column = _QUIET
        for dark, run in groupby(modules):
            length = sum(1 for _ in run)
            if dark:
                yield f"M{column} {row}h{length}v1h-{length}z"
            column += length
