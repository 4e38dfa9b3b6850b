"""The searchable PDF, as three independent PDF readers see it."""

import io
import shutil
import subprocess
import time
import tracemalloc
from datetime import datetime, timedelta, timezone

import pypdf
import pypdfium2
import pytest
from drawn_papers import DPI, HEIGHT_PX, MADE_AT, WIDTH_PX, jpeg, page, reading, row, written

from dms.domain.reading import Box, Character, Line
from dms.errors import Kind
from dms.printing import NothingToPrint, PageImageMismatch, PageImageUnusable, PdfPage, searchable_pdf

CONTRACT = (
    written("购销合同", left=300, top=60, size=40),
    written("合同编号：HT-2023-00871，（2024）苏买第12号", top=140),
    written("甲方：江苏𬭎达科技有限公司【盖章】、乙方：㑇𠮷商行。", top=190),
    written("Party A shall deliver 500 kg of rice (Annex B), e-mail: x@y.cn", top=240),
    written("貳萬圓整　￥20,000.00元", top=290),
    row([(80, "品名"), (300, "数量"), (450, "单价"), (620, "金额")], top=360),
    row([(80, "钢筋"), (300, "1,200"), (450, "3.50"), (620, "￥4,200.00")], top=400),
    written("本合同自双方签字之日起生效，至二〇二五年", top=470),
    written("十二月三十一日止。", top=504),
)


def made(*pages: PdfPage, title: str = "购销合同") -> bytes:
    return searchable_pdf(pages, title=title, made_at=MADE_AT)


def as_pypdf_reads(pdf: bytes) -> list[str]:
    return [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def as_pdfium_reads(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def as_poppler_reads(pdf: bytes) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


READERS = pytest.mark.parametrize("read_with", [as_pypdf_reads, as_pdfium_reads, as_poppler_reads])


def lines_of_words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


@READERS
def test_a_contract_copies_out_line_by_line_and_word_by_word_as_it_was_read(read_with):
    pdf = made(page(*CONTRACT))
    assert lines_of_words(read_with(pdf)[0]) == lines_of_words(reading(*CONTRACT).text)


@READERS
def test_a_widely_set_title_copies_out_as_one_word(read_with):
    pdf = made(page(written("授权委托书", top=80, size=40, step=2.5)))
    assert read_with(pdf)[0].strip() == "授权委托书"


@READERS
def test_writing_downwards_copies_out_in_its_order(read_with):
    column = [Character(c, Box(600, 100 + 50 * i, 640, 140 + 50 * i), 0.9) for i, c in enumerate("骑缝章处")]
    pdf = made(page(written("正文", top=60), Line(tuple(column))))
    assert "".join(read_with(pdf)[0].split()) == "正文骑缝章处"


@READERS
def test_repeated_characters_of_uneven_width_are_all_there(read_with):
    edges = [80, 104, 127, 151, 158, 170, 181, 205, 228]
    line = [Character(c, Box(a, 100, b, 124), 0.9) for c, a, b in zip("——人00人……", edges, edges[1:], strict=False)]
    pdf = made(page(Line(tuple(line))))
    assert read_with(pdf)[0].strip() == "——人00人……"


@READERS
def test_pages_come_out_in_the_order_they_were_given_and_blank_ones_say_nothing(read_with):
    pdf = made(page(written("第一页", top=90)), page(number=2), page(written("第三页", top=90), number=3))
    assert [text.strip() for text in read_with(pdf)] == ["第一页", "", "第三页"]


@READERS
def test_what_no_pdf_may_say_becomes_the_replacement_character(read_with):
    odd = [Character(c, Box(80 + 30 * i, 90, 110 + 30 * i, 114), 0.5) for i, c in enumerate("甲\0\ud800\ufeff乙")]
    assert read_with(made(page(Line(tuple(odd)))))[0].strip() == "甲\ufffd\ufffd\ufffd乙"


def test_every_character_stands_on_its_box():
    pdf = made(page(*CONTRACT))
    seen = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    scale = DPI / 72
    places = [
        (seen.get_text_range(i, 1), [v * scale for v in seen.get_charbox(i)])
        for i in range(seen.count_chars())
        if not seen.get_text_range(i, 1).isspace()
    ]
    # PDFium counts in UTF-16 units: a character beyond U+FFFF is two of them, on the same place.
    expected = [c for line in CONTRACT for c in line.characters if c.box for _ in range(1 + (c.text > "\uffff"))]
    assert len(places) == len(expected)
    for (text, (left, bottom, right, top)), character in zip(places, expected, strict=True):
        box = character.box
        assert text == character.text or character.text > "\uffff"
        assert (left, HEIGHT_PX - top, right, HEIGHT_PX - bottom) == pytest.approx(
            (box.left, box.top, box.right, box.bottom), abs=2
        )


def test_nothing_is_drawn_over_the_scan():
    with_text, without = made(page(*CONTRACT)), made(PdfPage(jpeg=page(*CONTRACT).jpeg, reading=reading(), dpi=DPI))
    pictures = [pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().tobytes() for pdf in (with_text, without)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("mode", "colour_space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB"), ("CMYK", "/DeviceCMYK")]
)
def test_the_scan_goes_in_unchanged_with_its_own_colours(mode, colour_space):
    given = page(*CONTRACT, mode=mode)
    pdf = made(given)
    image = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/XObject"]["/Scan"]
    assert image["/ColorSpace"] == colour_space
    assert image["/Filter"] == "/DCTDecode"
    assert given.jpeg in pdf


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_the_scan_looks_in_the_pdf_as_it_looks_by_itself(mode):
    shown = pypdfium2.PdfDocument(made(page(mode=mode)))[0].render(scale=1).to_pil().convert("L")
    assert shown.getpixel((200, 200)) > 200


def test_a_page_is_as_large_as_its_paper():
    document = pypdfium2.PdfDocument(made(page(dpi=100)))
    assert document.get_page_size(0) == pytest.approx((WIDTH_PX * 0.72, HEIGHT_PX * 0.72), abs=0.01)


@pytest.mark.parametrize("dpi", [None, 0.0, -1.0, float("nan"), float("inf"), 1.0, 1e9])
def test_a_page_of_unknown_or_impossible_resolution_is_as_long_as_a4(dpi):
    width, height = pypdfium2.PdfDocument(made(page(dpi=dpi))).get_page_size(0)
    assert height == pytest.approx(841.89, abs=0.01)
    assert width == pytest.approx(841.89 * WIDTH_PX / HEIGHT_PX, abs=0.01)


def test_the_same_paper_gives_the_same_bytes_and_another_one_another_id():
    first, again, other = made(page(*CONTRACT)), made(page(*CONTRACT)), made(page(*CONTRACT[1:]))
    assert first == again
    ids = [pypdf.PdfReader(io.BytesIO(pdf)).trailer["/ID"] for pdf in (first, other)]
    assert ids[0] != ids[1]
    assert ids[0][0] == ids[0][1]


def test_the_moment_counts_not_the_time_zone_it_is_told_in():
    beijing = MADE_AT.astimezone(timezone(timedelta(hours=8)))
    pdf = searchable_pdf([page(*CONTRACT)], title="购销合同", made_at=beijing)
    assert pdf == made(page(*CONTRACT))


def test_a_paper_without_pages_is_refused():
    with pytest.raises(NothingToPrint) as refused:
        made()
    assert refused.value.kind is Kind.CONFLICT


@pytest.mark.parametrize("damaged", [b"", b"\xff\xd8", b"not an image", jpeg()[:100], b"\x89PNG\r\n\x1a\n"])
def test_an_image_that_is_no_jpeg_is_named_by_its_page(damaged):
    with pytest.raises(PageImageUnusable, match="page 7"):
        made(PdfPage(jpeg=damaged, reading=reading(number=7), dpi=DPI))


def test_an_image_of_another_size_than_its_reading_is_refused():
    with pytest.raises(PageImageMismatch, match="10×10"):
        made(PdfPage(jpeg=jpeg(width_px=10, height_px=10), reading=reading(), dpi=DPI))


def test_a_thick_file_of_three_hundred_pages_is_made_in_seconds_and_in_little_more_than_twice_its_size():
    lines = [written("合同双方应当按照约定全面履行自己的义务", top=40 + 36 * i) for i in range(30)]
    scan = jpeg() + bytes(200_000)
    pages = (PdfPage(jpeg=scan + bytes([n % 256]), reading=reading(*lines, number=n), dpi=DPI) for n in range(300))
    started, _ = time.monotonic(), tracemalloc.start()
    pdf = searchable_pdf(pages, title="厚卷", made_at=MADE_AT)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.monotonic() - started < 30
    assert peak_bytes < 2.5 * len(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) == 300


def test_a_title_with_odd_characters_survives():
    pdf = made(page(*CONTRACT), title="合同 <A&B> \0\ud800 ）")
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "合同 <A&B> \ufffd\ufffd ）"
    assert isinstance(pypdf.PdfReader(io.BytesIO(pdf)).metadata.creation_date, datetime)
