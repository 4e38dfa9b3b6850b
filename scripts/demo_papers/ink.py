"""Seals, signatures and filled-in words: what people put on a printed page.

Every function draws onto an RGB page in place; the randomness comes from the caller's seeded generator.
"""

import math

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw

from demo_papers.fonts import face

_SEAL_RED = (196, 28, 34)
_PEN_BLUE = (28, 44, 132)
_OVERSAMPLING = 3


def stamp(page: Image.Image, centre: tuple[float, float], text: str, dpi: int, rng: np.random.Generator) -> None:
    """Press a round company seal, ``name|lower line``, 40 mm across, over whatever is there."""
    name, _, lower = text.partition("|")
    size_px = round(40 / 25.4 * dpi)
    mask = _seal_mask(name, lower, size_px * _OVERSAMPLING).rotate(
        float(rng.uniform(-14, 14)), Image.Resampling.BICUBIC
    )
    mask = mask.resize((size_px, size_px), Image.Resampling.LANCZOS)
    _tint(page, _uneven(mask, rng), _SEAL_RED, (round(centre[0] - size_px / 2), round(centre[1] - size_px / 2)))


def _seal_mask(name: str, lower: str, size: int) -> Image.Image:
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((8, 8, size - 8, size - 8), outline=255, width=size // 34)
    draw.polygon(_star(size / 2, size / 2, size * 0.15), fill=255)
    _arc_text(mask, name, size)
    if lower:
        draw.text((size / 2, size * 0.79), lower, 255, face("song-bold", size * 0.085), anchor="mm")
    return mask


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    angles = [math.radians(36 * i - 90) for i in range(10)]
    radii = [radius if i % 2 == 0 else radius * 0.382 for i in range(10)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a, r in zip(angles, radii, strict=True)]


def _arc_text(mask: Image.Image, name: str, size: int) -> None:
    sweep = min(250.0, 19.0 * (len(name) - 1))
    font = face("song-bold", size * 0.105)
    for index, character in enumerate(name):
        angle = -90 - sweep / 2 + sweep * index / max(1, len(name) - 1)
        glyph = Image.new("L", (size // 6, size // 6), 0)
        ImageDraw.Draw(glyph).text((size // 12, size // 12), character, 255, font, anchor="mm")
        glyph = glyph.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        x = size / 2 + size * 0.395 * math.cos(math.radians(angle)) - size // 12
        y = size / 2 + size * 0.395 * math.sin(math.radians(angle)) - size // 12
        mask.paste(255, (round(x), round(y)), glyph)


def _uneven(mask: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The mask as a stamp pad leaves it: thinner here and there."""
    coarse = rng.uniform(0.55, 1.0, (9, 9)).astype(np.float32)
    patches = cv2.resize(coarse, mask.size, interpolation=cv2.INTER_CUBIC)
    return Image.fromarray(np.clip(np.asarray(mask) * patches * 0.76, 0, 255).astype(np.uint8))


def _tint(page: Image.Image, mask: Image.Image, colour: tuple[int, int, int], corner: tuple[int, int]) -> None:
    # Ink adds to what is under it: multiplied, so that print below a seal stays black and legible.
    box = (*corner, corner[0] + mask.width, corner[1] + mask.height)
    under = page.crop(box)
    ink = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size, "white"), mask)
    page.paste(ImageChops.multiply(under, ink), corner)


def sign(page: Image.Image, start: tuple[float, float], name: str, dpi: int, rng: np.random.Generator) -> None:
    """Write a name with a blue pen; `start` is the left end of the base line."""
    size_px = 21 / 72 * dpi
    _write(page, start, name, size_px, 0.22, rng)


def fill_in(page: Image.Image, start: tuple[float, float], text: str, size_px: float, rng: np.random.Generator) -> None:
    """Fill a form in with a careful hand; `start` is the left end of the base line."""
    _write(page, start, text, size_px, 0.04, rng)


def _write(
    page: Image.Image,
    start: tuple[float, float],
    text: str,
    size_px: float,
    wildness: float,
    rng: np.random.Generator,
) -> None:
    pad = round(size_px * 0.5)
    mask = Image.new("L", (round(size_px * (len(text) + 1.5)) + pad, round(size_px * 2)), 0)
    x = float(pad)
    for character in text:
        font = face("kai", size_px * (1 + float(rng.uniform(-wildness, wildness)) / 2))
        drift = float(rng.uniform(-wildness, wildness)) * size_px * 0.4
        ImageDraw.Draw(mask).text((x, size_px * 1.4 + drift), character, 255, font, anchor="ls")
        x += font.getlength(character) * (1 - wildness * 0.5)
    _tint(page, _flowing(mask, size_px, wildness), _PEN_BLUE, (round(start[0]) - pad, round(start[1] - size_px * 1.4)))


def _flowing(mask: Image.Image, size_px: float, wildness: float) -> Image.Image:
    """Strokes leaning to the right and swinging a little, as a quick hand draws them."""
    rows, columns = np.indices((mask.height, mask.width)).astype(np.float32)
    lean = (rows - mask.height * 0.7) * wildness * 1.2
    swing = np.sin(columns / size_px * 2.1) * size_px * wildness * 0.3
    moved = cv2.remap(np.asarray(mask), columns + lean, rows + swing, cv2.INTER_LINEAR)
    return Image.fromarray(moved)


def written_width_px(text: str, size_px: float) -> float:
    """How much of the line `fill_in` takes."""
    return face("kai", size_px).getlength(text)
