from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.keyless.rapid import RapidEngine, _best_path, _cells, _cut_out, _placed, _without_doubles
from reading.papers import pixels, written

ALPHABET = ["blank", "合", "同", "\x07"]


def _shares(*columns):
    return np.array([[0.9 if letter == column else 0.01 for letter in range(len(ALPHABET))] for column in columns])


def _quad(left, top, right, bottom):
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def test_a_character_seen_in_several_columns_is_one_character_in_their_middle():
    letters = list(_best_path(_shares(0, 1, 1, 0, 0, 2, 0, 0), ALPHABET, 8.0))
    assert [(character, middle) for character, middle, _ in letters] == [("合", 0.25), ("同", pytest.approx(5.5 / 8))]


def test_the_same_character_twice_is_two_characters():
    assert [c for c, _, _ in _best_path(_shares(1, 0, 1), ALPHABET, 3.0)] == ["合", "合"]


def test_what_is_no_writing_is_dropped_even_if_the_network_says_it():
    assert list(_best_path(_shares(3, 0), ALPHABET, 2.0)) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60, unique=True).map(sorted), st.floats(0.01, 1))
def test_the_places_of_characters_lie_side_by_side_within_their_line(middles, widest):
    cells = _cells(middles, widest)
    assert all(0 <= left <= middle <= right <= 1 for (left, right), middle in zip(cells, middles, strict=True))
    assert all(one[1] <= other[0] + 1e-9 for one, other in pairwise(cells))


def test_an_unsure_piece_over_a_sure_one_is_a_double():
    sure, over, beside = _quad(0, 0, 100, 20), _quad(10, -20, 90, 40), _quad(0, 50, 100, 70)
    kept = _without_doubles([(sure, 0.9), (over, 0.4), (beside, 0.4)])
    assert [quad[0][1] for quad, _ in kept] == [0, 50]


def test_a_leaning_piece_is_cut_out_level():
    page = pixels(written(["Leaning"], size=(600, 300)))
    patch, tall = _cut_out(page, _quad(60, 50, 260, 90))
    assert patch.shape == (40, 200, 3)
    assert not tall
    assert _cut_out(page, _quad(60, 50, 90, 250))[1]


def test_writing_that_runs_down_the_page_has_its_characters_below_each_other():
    segment = _placed([("合", 0.25, 0.9), ("同", 0.75, 0.9)], _quad(10, 10, 40, 110), tall=True)
    first, second = segment.characters
    assert segment.tall
    assert first.bottom <= second.top
    assert (first.left, second.right) == (10, 40)


def test_a_page_of_one_huge_character_is_looked_at_too():
    page = pixels(written(["A"], size=(900, 900), glyph_px=700))
    assert preview_of(page).glyph_px is None
    assert all(s.text for s in RapidEngine().read(page, preview_of(page)))
