"""Scanned pages packed as scanners pack them: JPEG, PNG, multi-page TIFF (CCITT group 4), PDF without a text layer.

No packing writes the present time, so that the same pages always give the same bytes.
"""

import io
import time
from collections.abc import Sequence

from PIL import Image

_BLACK_BELOW = 138
"""Grey level of the black-and-white scans: low enough that a red seal turns to specks and the print below it stays."""
_DAY = time.gmtime(1735689600)


def packed(pages: Sequence[Image.Image], form: str, dpi: int) -> bytes:
    """The bytes of the pages in one of the forms ``jpeg jpeg-grey png png-grey pdf pdf-grey pdf-g4 tiff-g4``."""
    prepared = [_prepared(page, form) for page in pages]
    sink = io.BytesIO()
    match form:
        case "jpeg" | "jpeg-grey":
            prepared[0].save(sink, "JPEG", quality=47, optimize=True, progressive=True, dpi=(dpi, dpi))
        case "png" | "png-grey":
            prepared[0].save(sink, "PNG", optimize=True, dpi=(dpi, dpi))
        case "tiff-g4":
            prepared[0].save(
                sink,
                "TIFF",
                compression="group4",
                save_all=True,
                append_images=prepared[1:],
                dpi=(dpi, dpi),
            )
        case _:
            # Pillow accepts a JPEG quality only where the pages are not black and white.
            jpeg_only = {} if form == "pdf-g4" else {"quality": 44, "optimize": True, "progressive": True}
            prepared[0].save(
                sink,
                "PDF",
                save_all=True,
                append_images=prepared[1:],
                resolution=dpi,
                creationDate=_DAY,
                modDate=_DAY,
                producer="scanner",
                title="",
                **jpeg_only,
            )
    return sink.getvalue()


def _prepared(page: Image.Image, form: str) -> Image.Image:
    if form.endswith("g4"):
        return (
            page.convert("L")
            .point(lambda level: 255 if level > _BLACK_BELOW else 0)
            .convert("1", dither=Image.Dither.NONE)
        )
    if form == "png-grey":
        return page.convert("L").quantize(16, dither=Image.Dither.NONE)
    if form == "png":
        return page.quantize(24, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return page.convert("L") if form.endswith("grey") else page
