import numpy as np
import pytest
from PIL import Image

from dms.ingest.reading import MediaType, NoSuchPage, ReadingLimits
from dms.ingest.reading.keyless.pictures import WORKING_PIXELS, PicturePaper, decoded_jpeg, encode_jpeg
from reading.papers import encoded, pixels, written

LIMITS = ReadingLimits()
PICTURE = written()
GREY = PICTURE.convert("L")
ORIENTATION = 0x0112


def _raster(content, media_type, page=1):
    paper = PicturePaper(content, media_type, LIMITS)
    try:
        return paper.raster(page).pixels
    finally:
        paper.close()


def _looks_like(found, picture, tolerance=6.0):
    wanted = pixels(picture.convert("RGB" if found.ndim == 3 else "L")).astype(float)
    return found.shape[:2] == wanted.shape[:2] and np.abs(found - wanted).mean() < tolerance


def _deep(factor):
    return Image.fromarray(pixels(GREY).astype(np.uint16) * factor)


def _transparent():
    picture = Image.new("RGBA", PICTURE.size, (0, 0, 0, 0))
    picture.putalpha(GREY.point(lambda level: 255 - level))
    return picture


KINDS = {
    "colour": encoded(PICTURE, "PNG"),
    "grey": encoded(GREY, "PNG"),
    "one bit": encoded(PICTURE.convert("1", dither=Image.Dither.NONE), "PNG"),
    "sixteen bits": encoded(_deep(257), "PNG"),
    "palette": encoded(PICTURE.convert("P"), "PNG"),
    "transparent": encoded(_transparent(), "PNG"),
    "grey and transparent": encoded(_transparent().convert("LA"), "PNG"),
}


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS.keys())
def test_every_kind_of_pixel_becomes_black_on_white(content):
    assert _looks_like(_raster(content, MediaType.PNG), PICTURE)


TIFFS = {
    "twelve bits": encoded(_deep(16), "TIFF"),
    "sixteen bits": encoded(_deep(257), "TIFF"),
    "fractions": encoded(Image.fromarray(pixels(GREY).astype(np.float32) / 255), "TIFF"),
    "printing inks": encoded(PICTURE.convert("CMYK"), "TIFF"),
    "JPEG inside": encoded(PICTURE, "TIFF", compression="jpeg"),
    "fax": encoded(PICTURE.convert("1", dither=Image.Dither.NONE), "TIFF", compression="group4"),
}


@pytest.mark.parametrize("content", TIFFS.values(), ids=TIFFS.keys())
def test_every_kind_of_tiff_becomes_black_on_white(content):
    assert _looks_like(_raster(content, MediaType.TIFF), PICTURE)


def test_a_jpeg_in_printing_inks_becomes_black_on_white():
    assert _looks_like(_raster(encoded(PICTURE.convert("CMYK"), "JPEG"), MediaType.JPEG), PICTURE)


TURNS = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}


@pytest.mark.parametrize(("orientation", "turn"), TURNS.items())
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_a_phones_note_on_how_it_was_held_is_followed(kind, orientation, turn):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    wanted = PICTURE if turn is None else PICTURE.transpose(turn)
    assert _looks_like(_raster(encoded(PICTURE, kind, exif=exif), MediaType[kind]), wanted)


def test_a_fax_with_half_the_lines_gets_its_height_back():
    flat = PICTURE.resize((PICTURE.width, PICTURE.height // 2)).convert("1")
    found = _raster(encoded(flat, "TIFF", dpi=(204, 98)), MediaType.TIFF)
    assert found.shape[0] == pytest.approx(PICTURE.height, rel=0.05)


def test_each_page_of_a_tiff_is_its_own():
    pages = [written([f"Page {number}"]) for number in range(3)]
    content = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    for number in (3, 1, 2):
        assert _looks_like(_raster(content, MediaType.TIFF, number), pages[number - 1], tolerance=0.1)
    with pytest.raises(NoSuchPage):
        _raster(content, MediaType.TIFF, 4)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_huge_picture_is_made_smaller_before_anything_works_on_it(kind):
    found = _raster(encoded(Image.new("L", (9_000, 6_000), "white"), kind), MediaType[kind])
    assert found.size <= WORKING_PIXELS
    assert found.shape == (3_000, 4_500)


def test_what_is_encoded_can_be_decoded():
    assert _looks_like(decoded_jpeg(encode_jpeg(pixels(PICTURE), 90)), PICTURE)
