import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.keyless.seals import seals_on, without_seals
from reading.papers import pixels, written

SEAL_RED = (205, 45, 50)


def _stamped(centre=(600, 400), radius=130):
    page = written(["Seller: Suzhou Machinery Works, signed and sealed"] * 9, size=(1_200, 900))
    stamp = Image.new("RGB", page.size, "white")
    (x, y), pen = centre, ImageDraw.Draw(stamp)
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], outline=SEAL_RED, width=8)
    pen.regular_polygon((x, y, 40), 5, fill=SEAL_RED)
    return page, ImageChops.multiply(page, stamp)


def test_a_seal_is_found_where_it_was_put():
    _, stamped = _stamped()
    (seal,) = seals_on(preview_of(pixels(stamped)))
    assert (seal.left + seal.right) / 2 == pytest.approx(600, abs=12)
    assert (seal.top + seal.bottom) / 2 == pytest.approx(400, abs=12)


def test_the_writing_under_a_seal_is_what_is_left_of_it():
    clean, stamped = _stamped()
    page = pixels(stamped)
    bleached = without_seals(page, seals_on(preview_of(page)))
    assert np.abs(bleached.astype(int) - pixels(clean)).mean() < 3
    assert np.abs(page.astype(int) - pixels(clean)).mean() > 1.5 * np.abs(bleached.astype(int) - pixels(clean)).mean()


def test_the_page_itself_is_not_changed():
    page = pixels(_stamped()[1])
    before = page.copy()
    without_seals(page, seals_on(preview_of(page)))
    assert np.array_equal(page, before)


def test_a_red_heading_is_no_seal():
    page = pixels(written(["Notice of the administration"], size=(1_200, 900), glyph_px=110, ink="#d01818"))
    assert seals_on(preview_of(page)) == []


def test_a_red_picture_is_no_seal():
    picture = Image.new("RGB", (1_200, 900), "white")
    ImageDraw.Draw(picture).rectangle([300, 300, 600, 600], fill=SEAL_RED)
    assert seals_on(preview_of(pixels(picture))) == []


def test_a_grey_page_shows_no_seal():
    page = pixels(_stamped()[1].convert("L"))
    assert seals_on(preview_of(page)) == []
    assert without_seals(page, []) is page
