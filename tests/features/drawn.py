"""Small papers drawn by the tests, in letters that any reader of scans makes out."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2
MARGIN_PX = 40
LEADING = 1.6
INK, PAPER = 20, 250


def picture(lines: Sequence[str], *, font_px: int = 36, width_px: int = 1000) -> Image.Image:
    """The lines in black on a white page that is just high enough for them."""
    font = ImageFont.truetype(SANS, font_px, index=SIMPLIFIED_CHINESE)
    step_px = int(font_px * LEADING)
    image = Image.new("L", (width_px, 2 * MARGIN_PX + step_px * len(lines)), PAPER)
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((MARGIN_PX, MARGIN_PX + row * step_px), line, font=font, fill=INK)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The image as the bytes of a file of this kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def paper(lines: Sequence[str], *, font_px: int = 36, width_px: int = 1000) -> bytes:
    """One page as PNG."""
    return encoded(picture(lines, font_px=font_px, width_px=width_px))


def pages(*texts: Sequence[str], kind: str = "TIFF", width_px: int = 1000) -> bytes:
    """Several pages in one file, TIFF or PDF."""
    first, *rest = [picture(lines, width_px=width_px) for lines in texts]
    return encoded(first, kind, save_all=True, append_images=rest)


def with_comment(png: bytes, comment: str) -> bytes:
    """The same picture with words in its bytes that no reader shows, so that a leak of the bytes is a leak of words."""
    body = b"iTXtComment\0\0\0\0\0" + comment.encode()
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    end_of_header = 8 + 4 + 4 + 13 + 4
    return png[:end_of_header] + chunk + png[end_of_header:]
