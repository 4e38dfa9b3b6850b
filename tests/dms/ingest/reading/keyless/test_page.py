"""The whole way of one page, in this process, with the real engine."""

import io

import numpy as np
import pytest
from PIL import Image

from dms.domain.reading import TextSource
from dms.ingest.reading import EngineName, ReadingLimits
from dms.ingest.reading.answers import page_frame, page_from
from dms.ingest.reading.keyless.engine import engine_named
from dms.ingest.reading.keyless.page import read_page
from dms.ingest.reading.keyless.triage import open_paper
from reading.papers import LINES, PdfSheet, encoded, pdf, pixels, scanned, written

LETTER = [*LINES, *(f"Clause {n}: the seller delivers within {7 * n} days" for n in range(1, 9))]


@pytest.fixture(scope="module")
def engine():
    return engine_named(EngineName.RAPIDOCR)


def _read(content, engine):
    paper = open_paper(content, ReadingLimits())
    try:
        return read_page(paper, 1, engine)
    finally:
        paper.close()


def _image(content):
    return Image.open(io.BytesIO(content))


def _plain(text):
    return text.replace(" ", "")


def test_the_text_of_a_scan_is_its_lines_in_order(engine):
    reading = _read(scanned(written(LETTER, size=(1_000, 1_000))), engine).reading
    assert [_plain(line.text) for line in reading.lines] == [_plain(line) for line in LETTER]
    assert (reading.source, reading.blank, reading.number) == (TextSource.OCR, False, 1)
    assert reading.confidence > 0.9


@pytest.mark.parametrize(("lying", "lean"), [(90, 0), (180, 4), (270, -4)])
def test_a_page_that_lies_wrong_is_shown_and_read_upright(engine, lying, lean):
    picture = written(LETTER, size=(1_000, 1_000)).rotate(-lean, Image.Resampling.BICUBIC, fillcolor="white")
    result = _read(encoded(picture.rotate(-lying, expand=True), "PNG"), engine)
    assert (lying + result.reading.turned_degrees) % 360 == 0
    assert result.reading.skew_degrees == pytest.approx(lean, abs=0.3)
    assert [_plain(line.text) for line in result.reading.lines[:4]] == [_plain(line) for line in LETTER[:4]]


def test_every_box_lies_on_its_ink_in_the_image_that_is_shown(engine):
    picture = written(LETTER, size=(1_000, 1_000)).resize((3_000, 3_000)).rotate(3, fillcolor="white")
    result = _read(encoded(picture, "JPEG"), engine)
    shown = np.asarray(_image(result.image).convert("L"))
    assert shown.shape == (result.reading.height_px, result.reading.width_px)
    assert max(shown.shape) == 2_600
    for box in (c.box for line in result.reading.lines for c in line.characters if c.box):
        assert shown[box.top : box.bottom, box.left : box.right].min() < 128


def test_writing_too_fine_for_the_image_that_is_shown_is_read_from_the_page_itself(engine):
    fine = Image.new("RGB", (6_000, 4_000), "white")
    fine.paste(written(["Fine print of contract HT-2023-00871"], size=(900, 120), glyph_px=22), (2_000, 2_000))
    result = _read(encoded(fine, "PNG"), engine)
    assert "HT-2023-00871" in result.reading.text
    assert result.reading.width_px == 2_600


BLANK = {
    "white": Image.new("L", (1_240, 1_754), "white"),
    "yellowed": Image.new("RGB", (1_240, 1_754), "#efe6cc"),
    "in the scanner's shadow": Image.fromarray(np.tile(np.linspace(90, 250, 1_240).astype(np.uint8), (1_754, 1))),
    "grainy": Image.fromarray(np.random.default_rng(3).normal(235, 3, (1_754, 1_240)).clip(0, 255).astype(np.uint8)),
}


@pytest.mark.parametrize("picture", BLANK.values(), ids=BLANK.keys())
def test_an_empty_page_is_kept_and_flagged(engine, picture):
    result = _read(encoded(picture, "JPEG"), engine)
    assert (result.reading.blank, result.reading.source, result.reading.text) == (True, TextSource.NONE, "")
    assert result.reading.engine == ""
    assert _image(result.image).size == (1_240, 1_754)


@pytest.mark.parametrize("ink", ["#000000", "#9a9a9a", "#d8d8d8"])
def test_a_page_with_one_line_is_not_empty_however_faint_it_is(engine, ink):
    picture = written(["Annex 3 follows"], size=(1_240, 1_754), ink=ink, paper="#f6f6f4")
    reading = _read(encoded(picture, "JPEG"), engine).reading
    assert not reading.blank
    assert "Annex" in reading.text


def test_a_page_with_only_a_drawing_is_not_empty(engine):
    picture = Image.new("RGB", (1_240, 1_754), "white")
    picture.paste((60, 60, 60), (300, 300, 900, 900))
    assert not _read(encoded(picture, "JPEG"), engine).reading.blank


def test_an_honest_text_layer_is_taken_over_with_its_places(engine):
    result = _read(pdf([PdfSheet(lines=LINES)]), engine)
    assert result.reading.source is TextSource.TEXT_LAYER
    assert result.reading.text.splitlines() == list(LINES)
    assert "text_layer=trusted" in result.recipe


def test_a_lying_text_layer_is_replaced_by_what_is_seen(engine):
    result = _read(pdf([PdfSheet(lines=LINES)], claims={"4": "9", "8": "3"}), engine)
    assert result.reading.source is TextSource.OCR
    assert "438,000.00" in result.reading.text
    assert "text_layer=text_layer_disagrees" in result.recipe


def test_text_hidden_behind_a_scan_is_not_taken_over(engine):
    content = scanned(written(LETTER, size=(1_000, 1_000)), hidden_text=["Total price 999,000.00"])
    assert "999,000" not in _read(content, engine).reading.text


def test_the_thumbnail_is_small(engine):
    size = _image(_read(encoded(written(), "PNG"), engine).thumbnail).size
    assert max(size) == 320


def test_what_a_page_yields_passes_the_checks_of_the_parent(engine):
    for content in (encoded(written(), "PNG"), pdf([PdfSheet(lines=LINES)]), encoded(BLANK["white"], "PNG")):
        result = _read(content, engine)
        assert page_from(page_frame(result), number=1).reading.text == result.reading.text


def test_a_page_that_lies_on_its_side_against_the_models_word_is_turned(engine):
    from dms.ingest.reading.keyless import page as steps
    from dms.ingest.reading.keyless.preview import preview_of

    lying = np.ascontiguousarray(np.rot90(pixels(written(LETTER, size=(1_000, 1_000)))))
    read = steps._read_turned(lying, preview_of(lying), engine, 0)
    assert steps._turns_to_try(0.92, read.segments) == (90, 270)


def test_a_page_that_was_read_upside_down_is_not_believed(engine):
    """The model's word is checked against what could be read, so a page whose model erred is still read upright."""
    from dms.ingest.reading.keyless import page as steps
    from dms.ingest.reading.keyless.preview import preview_of

    picture = pixels(written(LETTER, size=(1_000, 1_000)))
    upside_down = np.ascontiguousarray(picture[::-1, ::-1])
    wrong = steps._read_turned(upside_down, preview_of(upside_down), engine, 0)
    right = steps._read_turned(upside_down, preview_of(upside_down), engine, 180)
    assert steps._turns_to_try(0.92, wrong.segments) == (180,)
    assert steps._turns_to_try(0.92, right.segments) == ()
    assert steps._legibility(right.segments) > 2 * steps._legibility(wrong.segments)
