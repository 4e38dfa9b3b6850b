import io

import pypdf
import pytest

from dms.ingest.reading import EngineName, ReadingLimits
from dms.ingest.reading.keyless.engine import engine_named
from dms.ingest.reading.keyless.pdf import PdfPaper
from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.keyless.text_layer import LayerVerdict, judge_layer, layer_segments
from reading.papers import PdfSheet, encoded, pdf, written

LINES = (
    "Purchase contract No. 2023-00871",
    "between the buyer and the seller",
    "Total price 438,000.00 yuan",
    "Delivery within 30 days",
)


@pytest.fixture(scope="module")
def engine():
    return engine_named(EngineName.RAPIDOCR)


def _raster(sheet, **options):
    paper = PdfPaper(pdf([sheet], **options), ReadingLimits())
    try:
        return paper.raster(1)
    finally:
        paper.close()


def _verdict(raster, engine):
    return judge_layer(raster, preview_of(raster.pixels), engine)


def _picture(lines, place):
    picture = written(lines, size=(1_000, 300))
    return encoded(picture, "JPEG"), picture.size, place


@pytest.mark.parametrize("font_size", [9, 14, 24])
def test_an_honest_layer_is_trusted(engine, font_size):
    assert _verdict(_raster(PdfSheet(lines=LINES, font_size=font_size)), engine) is LayerVerdict.TRUSTED


LIES = {
    "another amount": {"4": "9"},
    "another year": {"2": "1"},
    "figures for each other": {"3": "8", "8": "3"},
    "another language": {"e": "a", "t": "k", "n": "m"},
}


@pytest.mark.parametrize("claims", LIES.values(), ids=LIES.keys())
def test_a_layer_that_says_something_else_than_the_page_is_caught(engine, claims):
    assert _verdict(_raster(PdfSheet(lines=LINES), claims=claims), engine) is LayerVerdict.DISAGREES


def test_one_false_figure_among_many_true_lines_is_caught(engine):
    honest = [f"Clause {n} of this contract remains as it is" for n in range(10, 16)]
    sheet = PdfSheet(lines=[*honest, "Total price 7"], font_size=14)
    assert _verdict(_raster(sheet, claims={"7": "1"}), engine) is LayerVerdict.DISAGREES


def test_characters_that_mean_nothing_are_not_text(engine):
    claims = {letter: chr(0xE000 + ord(letter)) for letter in "aeiou"}
    assert _verdict(_raster(PdfSheet(lines=LINES), claims=claims), engine) is LayerVerdict.GARBLED


def test_invisible_text_on_white_paper_is_not_text(engine):
    assert _verdict(_raster(PdfSheet(lines=LINES, invisible=True)), engine) is LayerVerdict.INVISIBLE


def test_invisible_text_over_a_part_of_the_page_that_says_something_else_is_caught(engine):
    picture = _picture(["Total price 111,000.00 yuan"], (40.0, 600.0, 400.0, 120.0))
    sheet = PdfSheet(pictures=[picture], lines=["Total price 999,000.00 yuan"], font_size=14, invisible=True)
    assert _verdict(_raster(sheet), engine) in {
        LayerVerdict.DISAGREES,
        LayerVerdict.INVISIBLE,
        LayerVerdict.INCOMPLETE,
    }


def test_a_picture_with_writing_beside_the_text_is_not_overlooked(engine):
    sheet = PdfSheet(lines=LINES[:1], pictures=[_picture(LINES, (40.0, 300.0, 500.0, 150.0))])
    assert _verdict(_raster(sheet), engine) is LayerVerdict.INCOMPLETE


def test_writing_on_its_side_is_read_from_the_pixels(engine):
    sheet = PdfSheet(extra=b"BT /F1 24 Tf 0 1 -1 0 300 100 Tm (Lying on its side 123) Tj ET")
    assert _verdict(_raster(sheet), engine) is LayerVerdict.GARBLED


def test_a_page_without_text_has_no_layer(engine):
    assert _verdict(_raster(PdfSheet()), engine) is LayerVerdict.ABSENT


def test_the_words_of_a_layer_keep_their_spaces_and_cells_are_kept_apart():
    wide = b"BT /F1 24 Tf 60 500 Td (Left cell) Tj 300 0 Td (Right cell) Tj ET"
    segments = layer_segments(_raster(PdfSheet(lines=LINES[:1], extra=wide)).layer)
    assert [s.text for s in segments] == [LINES[0], "Left cell", "Right cell"]


def test_every_character_of_a_layer_is_one_character():
    content = pdf([PdfSheet(lines=["ligature f"])], claims={"f": "\ufb01"})
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 1
    segments = layer_segments(_raster(PdfSheet(lines=["ligature f"]), claims={"f": "\ufb01"}).layer)
    assert all(len(c.text) == 1 for s in segments for c in s.characters)
