"""Measure which characters look alike, for the table in dms/domain/look_alikes.toml.

The 3,755 characters of level 1 of GB 2312, digits and Latin letters are drawn small and blurred, as a poor scan shows
them, in four Noto CJK fonts; the likeness of two is the mean correlation of their pictures, for letters the better one
of upper and lower case. The classes kept by hand are never split and may grow; a class takes a character only where it
is like every member. Nothing is read from any paper.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dms.search.analysis import folded

DATA = Path(__file__).resolve().parents[1] / "dms/domain/look_alikes.toml"
FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
SIMPLIFIED = 2
"""Which of the faces of a collection is the one of the mainland."""

FONT_PX, CANVAS_PX, PICTURE_PX, BLUR_PX = 40, 56, 28, 1.8
ALIKE_FROM = 0.955
"""Pairs of at least this likeness make a class; below it more pairs are of characters that no eye takes for another."""
JOINED_FROM = 0.94
"""What each member of a class must have to every other."""
LARGEST_CLASS = 5
LINE_CHARACTERS = 112

Pictures = NDArray[np.float32]


def main() -> None:
    """Print the measured classes, or put them into the data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the classes into the data")
    parser.add_argument("--fonts", type=Path, default=FONT_FOLDER, help="the folder of the Noto CJK fonts")
    asked = parser.parse_args()
    by_hand = tomllib.loads(DATA.read_text(encoding="utf-8"))["kept_by_hand"]
    characters = list(dict.fromkeys(chain(measured_characters(), *by_hand)))
    classes = grown_classes(by_hand, characters, likeness(characters, asked.fonts))
    if asked.write:
        DATA.write_text(with_measured(DATA.read_text(encoding="utf-8"), classes), encoding="utf-8")
    print(f"{len(by_hand)} by hand, {len(classes)} measured: {' '.join(classes)}")


def measured_characters() -> Iterator[str]:
    """Digits, lower-case letters and the characters of level 1 of GB 2312 that fold to themselves."""
    yield from "0123456789abcdefghijklmnopqrstuvwxyz"
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    characters = (cell.decode("gb2312", errors="ignore") for cell in cells)
    yield from (character for character in characters if character and folded(character) == character)


def likeness(characters: list[str], fonts: Path) -> Pictures:
    """The likeness of every two characters as a square matrix, the mean over the fonts; 1 is the same picture."""
    total = np.zeros((len(characters), len(characters)), dtype=np.float32)
    for name in FONTS:
        total += _likeness_in(fonts / name, characters)
    return total / np.float32(len(FONTS))


def grown_classes(by_hand: Iterable[str], characters: list[str], alike: Pictures) -> list[str]:
    """The classes that the measure adds or enlarges, the strongest links first; those kept by hand are never split."""
    at = {character: index for index, character in enumerate(characters)}
    class_of = {character: one for one in by_hand for character in one}
    for first, second in _pairs(characters, alike):
        joined = "".join(dict.fromkeys(class_of.get(first, first) + class_of.get(second, second)))
        if len(joined) <= LARGEST_CLASS and _all_alike(joined, class_of, at, alike):
            class_of.update(dict.fromkeys(joined, joined))
    return sorted(set(class_of.values()) - set(by_hand))


def with_measured(data: str, classes: Iterable[str]) -> str:
    """The text of the data with these measured classes in the place of the former ones."""
    return re.sub(r"measured = \[.*?\]", lambda _: "\n".join(["measured = [", *_lines(classes), "]"]), data, flags=re.S)


def _likeness_in(font: Path, characters: list[str]) -> Pictures:
    face = ImageFont.truetype(font, FONT_PX, index=SIMPLIFIED)
    lower = np.stack([_picture(character, face) for character in characters])
    upper = np.stack([_picture(character.upper(), face) for character in characters])
    better: Pictures = np.maximum(lower @ lower.T, upper @ upper.T)
    return better


def _picture(character: str, face: ImageFont.FreeTypeFont) -> Pictures:
    """The blurred picture as a vector of mean 0 and length 1; its ink stands in the middle."""
    canvas = Image.new("L", (CANVAS_PX, CANVAS_PX))
    left, top, right, bottom = face.getbbox(character)
    corner = ((CANVAS_PX - right - left) / 2, (CANVAS_PX - bottom - top) / 2)
    ImageDraw.Draw(canvas).text(corner, character, font=face, fill=255)
    blurred = canvas.filter(ImageFilter.GaussianBlur(BLUR_PX)).resize((PICTURE_PX, PICTURE_PX), Image.Resampling.BOX)
    levels = np.asarray(blurred, dtype=np.float32).ravel()
    spread: Pictures = levels - levels.mean()
    return spread / np.float32(np.linalg.norm(spread))


def _pairs(characters: list[str], alike: Pictures) -> Iterator[tuple[str, str]]:
    rows, columns = np.nonzero(np.triu(alike >= ALIKE_FROM, k=1))
    for place in np.argsort(-alike[rows, columns], kind="stable"):
        yield characters[rows[place]], characters[columns[place]]


def _all_alike(joined: str, class_of: dict[str, str], at: dict[str, int], alike: Pictures) -> bool:
    return all(
        class_of.get(first, first) == class_of.get(second) or alike[at[first], at[second]] >= JOINED_FROM
        for first, second in combinations(joined, 2)
    )


def _lines(classes: Iterable[str]) -> Iterator[str]:
    line = ""
    for one in classes:
        if len(line) + len(one) > LINE_CHARACTERS // 2:
            yield f"    {line.strip()}"
            line = ""
        line += f' "{one}",'
    yield f"    {line.strip()}"


if __name__ == "__main__":
    main()
