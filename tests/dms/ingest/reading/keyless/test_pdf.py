import io

import pypdf
import pytest

from dms.ingest.reading import DamagedDocument, NoSuchPage, PasswordProtected, ReadingLimits, TooManyPixels
from dms.ingest.reading.keyless.pdf import PdfPaper
from reading.papers import PdfSheet, encoded, pdf, pixels, scanned, written

LIMITS = ReadingLimits()
PICTURE = written(size=(1654, 2338))


def _raster(content, page=1, limits=LIMITS):
    paper = PdfPaper(content, limits)
    try:
        return paper.raster(page)
    finally:
        paper.close()


def _changed(content, change):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _letters(raster):
    return "".join(c.text for c in raster.layer if not c.text.isspace())


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
def test_a_scan_is_rendered_pixel_for_pixel(dpi):
    raster = _raster(scanned(PICTURE, dpi=dpi))
    assert raster.native_scan
    height, width = raster.pixels.shape[:2]
    assert abs(width - PICTURE.width) <= 1
    assert abs(height - PICTURE.height) <= 1
    assert abs(raster.pixels[100:400, 50:800].astype(float) - pixels(PICTURE)[100:400, 50:800]).mean() < 3


def test_text_hidden_behind_a_scan_is_not_even_looked_at():
    raster = _raster(scanned(PICTURE, hidden_text=["Another total 1,000,000.00"]))
    assert raster.native_scan
    assert raster.layer == ()


def test_text_over_a_coarse_letterhead_is_rendered_finely_enough_to_be_read():
    letterhead = (encoded(PICTURE.resize((300, 424)), "JPEG"), (300, 424), (0.0, 0.0, 595.0, 842.0))
    raster = _raster(pdf([PdfSheet(pictures=[letterhead], lines=["Printed over it"])]))
    assert raster.native_scan
    assert raster.pixels.shape[0] > 2_400


def test_a_printed_document_is_rendered_no_larger_than_it_is_shown():
    raster = _raster(pdf([PdfSheet(lines=["Contract HT-2023-00871"])]))
    assert not raster.native_scan
    assert 2_400 < raster.pixels.shape[0] <= 2_600


def test_the_text_layer_has_each_character_at_its_place():
    raster = _raster(pdf([PdfSheet(lines=["Contract HT-2023-00871"])]))
    assert _letters(raster) == "ContractHT-2023-00871"
    for character in raster.layer:
        if not character.text.isspace():
            patch = raster.pixels[
                int(character.top) : int(character.bottom), int(character.left) : int(character.right)
            ]
            assert patch.min() < 128 < patch.max()


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_with_a_note_to_turn_it_is_turned_and_its_text_with_it(degrees):
    content = _changed(pdf([PdfSheet(lines=["Turned page"])]), lambda w: w.pages[0].rotate(degrees))
    raster = _raster(content)
    assert (raster.pixels.shape[0] > raster.pixels.shape[1]) == (degrees in {0, 180})
    assert all(c.upright == (degrees == 0) for c in raster.layer if not c.text.isspace())


def test_writing_that_lies_on_its_side_and_a_note_to_turn_it_cancel_out():
    lying = b"BT /F1 24 Tf 0 1 -1 0 300 100 Tm (Lying) Tj ET"
    content = pdf([PdfSheet(extra=lying)])
    assert not any(c.upright for c in _raster(content).layer if not c.text.isspace())
    turned = _changed(content, lambda w: w.pages[0].rotate(90))
    assert all(c.upright for c in _raster(turned).layer if not c.text.isspace())


def test_a_password_is_asked_for_by_name():
    with pytest.raises(PasswordProtected):
        PdfPaper(_changed(scanned(PICTURE), lambda w: w.encrypt("secret", algorithm="RC4-128")), LIMITS)


def test_a_pdf_that_only_its_owner_may_change_is_read():
    content = _changed(scanned(PICTURE), lambda w: w.encrypt("", owner_password="owner", algorithm="RC4-128"))
    assert _raster(content).native_scan


def test_a_picture_of_too_many_pixels_inside_a_pdf_is_refused_before_it_is_unfolded():
    claimed = (encoded(PICTURE, "JPEG"), (50_000, 50_000), (0.0, 0.0, 595.0, 842.0))
    with pytest.raises(TooManyPixels):
        _raster(pdf([PdfSheet(pictures=[claimed])]))


def test_bytes_lost_in_the_middle_are_noticed():
    content = pdf([PdfSheet(lines=[f"Page {n}"]) for n in range(5)])
    for third in (1, 2):
        place = len(content) * third // 3
        with pytest.raises(DamagedDocument):
            PdfPaper(content[:place] + content[place + 300 :], LIMITS)


def test_fewer_pages_than_declared_are_noticed():
    content = pdf([PdfSheet(lines=[f"Page {n}"]) for n in range(3)])
    with pytest.raises(DamagedDocument):
        PdfPaper(content.replace(b"/Count 3", b"/Count 9"), LIMITS).raster(9)


def test_a_pdf_padded_by_a_transfer_is_read():
    assert _raster(scanned(PICTURE) + b"\r\n\0\0\0" * 1_000).native_scan


@pytest.mark.parametrize("page", [0, -1, 2])
def test_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(NoSuchPage):
        _raster(scanned(PICTURE), page)


def test_a_page_as_large_as_a_house_is_rendered_small():
    raster = _raster(pdf([PdfSheet(lines=["Large"], size=(14_000, 14_000))]))
    assert raster.pixels.shape[0] * raster.pixels.shape[1] <= 41_000_000
