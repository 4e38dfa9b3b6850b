"""The conformance suite of the OCR engines: the duties of `keyless.engine` hold for each of them."""

import shutil
import subprocess
import sys
from difflib import SequenceMatcher

import numpy as np
import pytest

from dms.domain.reading import Box
from dms.ingest.reading import EngineName, OcrProgramMissing
from dms.ingest.reading.answers import is_writing
from dms.ingest.reading.keyless.engine import engine_named
from dms.ingest.reading.keyless.preview import preview_of
from reading.papers import LINES, pixels, written

PAGE = pixels(written())


@pytest.fixture(
    scope="module", params=[EngineName.RAPIDOCR, pytest.param(EngineName.TESSERACT, marks=pytest.mark.slow)]
)
def engine(request):
    if request.param is EngineName.TESSERACT and shutil.which("tesseract") is None:
        pytest.skip("the program of the second engine is not installed")
    return engine_named(request.param)


@pytest.fixture(scope="module")
def segments(engine):
    return engine.read(PAGE, preview_of(PAGE))


def _alike(one, other):
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.98


def _words(segments):
    return "".join(s.text for s in sorted(segments, key=lambda s: s.top)).replace(" ", "")


def test_all_writing_is_read(segments):
    assert _alike(_words(segments), "".join(LINES).replace(" ", ""))


def test_a_grey_page_is_read_like_a_coloured_one(engine):
    grey = PAGE[:, :, 0]
    assert _alike(_words(engine.read(grey, preview_of(grey))), "".join(LINES).replace(" ", ""))


def test_every_character_stands_where_its_ink_is(segments):
    for character in (c for s in segments for c in s.characters if not c.text.isspace()):
        patch = PAGE[int(character.top) : int(character.bottom) + 1, int(character.left) : int(character.right) + 1]
        assert patch.min() < 128, character


def test_the_characters_of_a_segment_follow_each_other(segments):
    for segment in segments:
        middles = [(c.left + c.right) / 2 for c in segment.characters if not c.text.isspace()]
        assert middles == sorted(middles)


def test_segments_are_clean(segments):
    height, width = PAGE.shape[:2]
    for segment in segments:
        assert segment.text == segment.text.strip()
        assert all(map(is_writing, segment.text))
        assert all(0 <= c.confidence <= 1 for c in segment.characters)
        assert -1 <= segment.left < segment.right <= width + 1
        assert -1 <= segment.top < segment.bottom <= height + 1


def test_the_same_pixels_yield_the_same_segments(engine, segments):
    assert engine.read(PAGE, preview_of(PAGE)) == segments


@pytest.mark.parametrize(
    "page",
    [np.full((400, 600), 255, np.uint8), np.full((400, 600, 3), 128, np.uint8), np.full((48, 48), 0, np.uint8)],
    ids=["white", "grey", "small and black"],
)
def test_a_page_without_writing_yields_nothing(engine, page):
    assert engine.read(page, preview_of(page)) == []


@pytest.mark.parametrize("size", [(48, 48), (3_000, 60), (60, 3_000)])
def test_pages_of_odd_shapes_do_no_harm(engine, size):
    page = pixels(written(["Edge"], size=size, glyph_px=20))
    engine.read(page, preview_of(page))


def test_given_regions_are_read_one_by_one(engine):
    regions = [Box(40, 45, 880, 95), Box(40, 115, 880, 165)]
    texts = [r.text.replace(" ", "") for r in engine.recognise(PAGE, regions)]
    assert all(_alike(text, line.replace(" ", "")) for text, line in zip(texts, LINES[:2], strict=True))


def test_each_recognised_character_has_its_confidence(engine):
    (reading,) = engine.recognise(PAGE, [Box(40, 45, 880, 95)])
    assert len(reading.confidences) == len(reading.text)


def test_a_region_without_writing_says_nothing_surely(engine):
    (reading,) = engine.recognise(np.full((100, 400), 255, np.uint8), [Box(10, 10, 390, 60)])
    assert all(confidence < 0.9 for confidence in reading.confidences)


def test_an_engine_says_its_name_and_version(engine):
    assert any(letter.isdigit() for letter in engine.name)
    assert len(engine.name) <= 80


def test_a_missing_program_is_named():
    program = (
        "from dms.ingest.reading import OcrProgramMissing\n"
        "from dms.ingest.reading.keyless.tesseract import TesseractEngine\n"
        "try: print(TesseractEngine().name)\n"
        "except OcrProgramMissing as missing: print(missing.code)"
    )
    done = subprocess.run([sys.executable, "-c", program], env={"PATH": "/nowhere"}, capture_output=True, check=True)
    assert done.stdout.decode().strip() == OcrProgramMissing.code


def test_a_red_seal_over_a_line_does_not_spoil_it(engine):
    page = PAGE.copy()
    y, x = np.ogrid[: page.shape[0], : page.shape[1]]
    distance = np.hypot(x - 500, y - 150)
    on_ring = (np.abs(distance - 80) < 4) | (distance < 25)
    page[on_ring] = np.minimum(page[on_ring], (205, 45, 50))
    assert "Seller:SuzhouMachineryWorks" in _words(engine.read(page, preview_of(page)))
