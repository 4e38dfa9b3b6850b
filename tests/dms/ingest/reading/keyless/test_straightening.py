import cv2
import numpy as np
import pytest

from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.keyless.straightening import levelled, quarter_turn, skew_of, turned
from reading.papers import pixels, written

LINES = [f"Clause {n}: the seller delivers all goods within {7 * n} days" for n in range(1, 16)]
PAGE = pixels(written(LINES, size=(1_240, 1_300), glyph_px=30))


def _leaning(page, degrees):
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 0.8)
    return cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))


@pytest.mark.parametrize("lying", [0, 90, 180, 270])
def test_a_page_is_turned_upright_whichever_way_it_lies(lying):
    page = turned(PAGE, lying)
    found = quarter_turn(preview_of(page))
    assert (lying + found.degrees) % 360 == 0
    assert found.certainty > 0.7
    assert np.array_equal(turned(page, found.degrees), PAGE)


@pytest.mark.parametrize("lean", [-9.0, -3.0, -0.8, 0.0, 0.5, 2.0, 7.5])
@pytest.mark.parametrize("lying", [0, 90, 180, 270])
def test_the_lean_of_the_lines_is_measured_to_a_tenth_of_a_degree(lean, lying):
    page = turned(_leaning(PAGE, lean), lying)
    assert skew_of(preview_of(page).glyphs, (360 - lying) % 360) == pytest.approx(lean, abs=0.1)


def test_a_lean_that_nobody_sees_is_left_alone():
    assert skew_of(preview_of(_leaning(PAGE, 0.15)).glyphs, 0) == 0.0


def test_a_page_with_one_word_is_not_levelled_by_chance():
    assert skew_of(preview_of(pixels(written(["Annex"]))).glyphs, 0) == 0.0


@pytest.mark.parametrize("lean", [-4.0, 3.0])
def test_a_levelled_page_is_level_and_has_lost_no_corner(lean):
    page = _leaning(PAGE, lean)
    level = levelled(page, lean)
    assert abs(skew_of(preview_of(level).glyphs, 0)) <= 0.1
    assert level.shape[0] > page.shape[0]
    assert level.shape[1] > page.shape[1]
    ink = [np.count_nonzero(p.min(axis=2) < 128) for p in (page, level)]
    assert ink[1] == pytest.approx(ink[0], rel=0.1)


def test_a_grey_page_is_levelled_like_a_coloured_one():
    grey = PAGE[:, :, 0]
    assert levelled(grey, 2.0).ndim == 2
    assert quarter_turn(preview_of(turned(grey, 90))).degrees == 270
