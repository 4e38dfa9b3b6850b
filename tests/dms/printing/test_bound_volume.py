"""A bound volume as one PDF: nothing of the papers changed, every page with its number, everything to be found."""

import io
import time

import pypdf
import pypdfium2
import pytest
from drawn_papers import HEIGHT_PX, MADE_AT, WIDTH_PX, jpeg, page, reading, written
from PIL import Image

from dms.printing import (
    BoundForm,
    BoundPage,
    BoundPaper,
    ContentsLine,
    ContentsList,
    Letterhead,
    NothingToPrint,
    PdfPage,
    bound_volume_pdf,
    form_pdf,
)

HEAD = Letterhead(company="安徽皖江重工机械有限公司", fonds_code="Q001", person="张三", made_at=MADE_AT)
CODE = "Q001-KH·C0001·3·2024-001"


def contents_list():
    line = ContentsLine(number=1, title="购销合同", first_page=1, last_page=2)
    return form_pdf(ContentsList(letterhead=HEAD, reference_code=CODE, title="往来", year=2024, lines=(line,)))


def contract(*numbers, text="购销合同第一页"):
    line = written(text, left=100, top=200, size=36)
    return BoundPaper(
        heading=f"{CODE}-001 购销合同",
        pages=[BoundPage(page=page(line), number=number) for number in numbers],
    )


def bound(*parts):
    return bound_volume_pdf(parts, title="往来", made_at=MADE_AT)


def texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [document[index].get_textpage().get_text_range() for index in range(len(document))]


def scans(pdf):
    for each in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        images = each["/Resources"].get("/XObject", {})
        if "/Scan" in images:
            yield images["/Scan"].get_object()._data


def test_every_page_bears_its_number_beside_what_was_read():
    told = texts(bound(contract(1, 2, 300)))
    assert [text.split()[-1] for text in told] == ["1", "2", "300"]
    assert all("购销合同第一页" in text for text in told)


def test_a_blank_side_bears_no_number():
    assert [text.split()[-1] for text in texts(bound(contract(1, None, 2)))] == ["1", "购销合同第一页", "2"]


def test_the_scan_goes_in_byte_by_byte_stamped_or_not():
    paper = contract(1, None)
    assert list(scans(bound(paper))) == [each.page.jpeg for each in paper.pages]


def test_a_stamp_stands_in_the_upper_right_corner_and_nowhere_else():
    plain, stamped = (pypdfium2.PdfDocument(bound(contract(each)))[0].render().to_pil() for each in (None, 128))
    changed = [
        (x, y)
        for x in range(plain.width)
        for y in range(plain.height)
        if plain.getpixel((x, y)) != stamped.getpixel((x, y))
    ]
    assert changed
    assert min(x for x, _ in changed) > 0.85 * plain.width
    assert max(y for _, y in changed) < 0.06 * plain.height


def test_a_page_on_its_side_is_stamped_in_its_own_corner():
    wide = PdfPage(
        jpeg=jpeg(width_px=HEIGHT_PX, height_px=WIDTH_PX),
        reading=reading(width_px=HEIGHT_PX, height_px=WIDTH_PX),
        dpi=None,
    )
    made = bound(BoundPaper(heading="图纸", pages=[BoundPage(page=wide, number=7)]))
    box = pypdfium2.PdfDocument(made)[0].get_textpage().get_charbox(0)
    assert box[0] > 0.9 * pypdfium2.PdfDocument(made)[0].get_width()


def test_forms_and_papers_stand_in_their_order_with_a_bookmark_each():
    made = bound(BoundForm(heading="卷内目录", pdf=contents_list()), contract(1, 2))
    outline = [(each.get_title(), each.get_dest().get_index()) for each in pypdfium2.PdfDocument(made).get_toc()]
    assert outline == [("卷内目录", 0), (f"{CODE}-001 购销合同", 1)]
    assert "卷内目录" in texts(made)[0].replace(" ", "")


def test_a_paper_without_pages_leaves_no_bookmark():
    made = bound(BoundPaper(heading="电子件", pages=()), contract(1))
    assert [each.get_title() for each in pypdfium2.PdfDocument(made).get_toc()] == [f"{CODE}-001 购销合同"]


def test_a_volume_without_any_page_is_no_document():
    with pytest.raises(NothingToPrint):
        bound(BoundPaper(heading="电子件", pages=()))


def test_the_same_parts_give_the_same_bytes():
    parts = (BoundForm(heading="卷内目录", pdf=contents_list()), contract(1, 2))
    assert bound(*parts) == bound(*parts)
    assert bound(*parts) != bound(parts[0], contract(1, 3))


def test_it_keeps_to_the_archival_standard():
    made = bound(BoundForm(heading="卷内目录", pdf=contents_list()), contract(1))
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert b"<pdfaid:part>2</pdfaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert all("/StructParents" not in each for each in reader.pages)
    fonts = [font.get_object() for font in _fonts(reader)]
    assert fonts
    assert all(_is_embedded(font) for font in fonts)


def test_a_page_in_four_colours_is_bound_without_the_claim():
    four = PdfPage(jpeg=jpeg("CMYK"), reading=reading(), dpi=None)
    made = bound(BoundPaper(heading="彩页", pages=[BoundPage(page=four, number=1)]))
    assert b"pdfaid:part" not in pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.slow
def test_three_hundred_pages_are_bound_in_time_and_hardly_larger_than_their_images():
    noise = Image.effect_noise((1654, 2339), 60).convert("RGB")
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=60)
    scanned = stream.getvalue()
    lines = [written("甲方：合肥远山商贸有限公司，本合同自双方签字之日起生效", top=100 + 60 * row) for row in range(35)]
    read = reading(*lines, width_px=1654, height_px=2339)
    pages = [BoundPage(page=PdfPage(jpeg=scanned, reading=read, dpi=200.0), number=place) for place in range(1, 301)]
    began = time.monotonic()
    made = bound(*(BoundPaper(heading="合同", pages=pages[start : start + 10]) for start in range(0, 300, 10)))
    assert time.monotonic() - began < 15
    assert len(made) < 1.2 * 300 * len(scanned)


def _fonts(reader):
    for each in reader.pages:
        resources = each["/Resources"]
        yield from resources.get("/Font", {}).values()
        for form in resources.get("/XObject", {}).values():
            yield from form.get_object().get("/Resources", {}).get("/Font", {}).values()


def _is_embedded(font):
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(described["/FontDescriptor"].get_object()))
