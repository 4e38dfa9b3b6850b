import numpy as np
import pytest
from PIL import Image, ImageDraw

from dms.ingest.reading.keyless.preview import preview_of, resized
from reading.papers import pixels, written


def test_the_size_of_the_writing_is_found_whatever_the_size_of_the_page():
    lines = ["Purchase contract and its terms"] * 6
    sizes = [preview_of(pixels(written(lines, size=(2_400, 1_600), glyph_px=em))).glyph_px / em for em in (36, 48, 72)]
    assert max(sizes) == pytest.approx(min(sizes), rel=0.2)
    assert 0.4 < min(sizes) < 1.0


def test_the_size_of_the_writing_does_not_depend_on_how_the_page_lies():
    page = pixels(written())
    sizes = [preview_of(np.rot90(page, turns)).glyph_px for turns in range(4)]
    assert max(sizes) == pytest.approx(min(sizes), rel=0.05)


def test_white_paper_bears_no_marks():
    assert preview_of(np.full((1_700, 1_200), 250, np.uint8)).ink_share == 0


def test_faint_writing_is_seen():
    page = pixels(written(ink="#d8d8d8", paper="#f4f4f4"))
    assert len(preview_of(page).glyphs) > 40


def test_the_shadow_of_a_scanner_is_no_writing():
    page = np.tile(np.linspace(120, 250, 1_200).astype(np.uint8), (1_700, 1))
    page[:, :30] = 20
    assert len(preview_of(page).glyphs) == 0


def test_the_rules_of_a_table_are_no_writing():
    picture = Image.new("L", (1_000, 1_000), "white")
    pen = ImageDraw.Draw(picture)
    for place in range(100, 1_000, 200):
        pen.line([(50, place), (950, place)], fill="black", width=3)
    preview = preview_of(pixels(picture))
    assert len(preview.glyphs) == 0
    assert preview.ink_share > 0


@pytest.mark.parametrize("factor", [0.1, 0.25, 0.4, 0.5, 0.9, 1.0, 1.5])
def test_a_page_is_scaled_to_what_was_asked(factor):
    page = pixels(written(size=(1_200, 800)))
    height, width = resized(page, factor).shape[:2]
    assert (width, height) == (pytest.approx(1_200 * factor, abs=2), pytest.approx(800 * factor, abs=2))
