"""The font of the text layer."""

import io
import struct
import zlib

import pytest
from PIL import ImageFont
from pypdf import PdfWriter

from dms.printing.glyphless_font import GlyphlessFont, font_program


def cmap_of(font: GlyphlessFont, writer: PdfWriter) -> str:
    font.complete()
    stream = writer.get_object(font.reference)["/ToUnicode"].get_object()
    return zlib.decompress(stream.get_data()).decode("ascii")


def test_the_font_program_opens_and_its_character_is_one_em_square_and_empty():
    program = font_program()
    assert sum(struct.unpack(f">{len(program) // 4}I", program)) & 0xFFFFFFFF == 0xB1B0AFBA
    font = ImageFont.truetype(io.BytesIO(program), 100)
    assert font.getmetrics()[0] == 100
    assert font.getmask("甲").getbbox() is None


def test_a_character_keeps_its_code_and_another_gets_another():
    font = GlyphlessFont(PdfWriter())
    assert font.code("甲") == font.code("甲") == "0002"
    assert font.code("乙") == "0003"


@pytest.mark.parametrize(
    ("text", "utf16"), [("甲", "7532"), ("𬭎", "D872DF4E"), ("ﬁ", "FB01"), ("e\u0301", "00650301")]
)
def test_the_map_says_what_each_code_stands_for(text, utf16):
    writer = PdfWriter()
    font = GlyphlessFont(writer)
    code = font.code(text)
    assert f"<{code}> <{utf16}>" in cmap_of(font, writer)


@pytest.mark.parametrize("text", ["", "\0", "\ufeff", "\ufffe", "\ud800", "\udfff"])
def test_what_must_not_be_mapped_is_replaced(text):
    assert GlyphlessFont(PdfWriter()).code(text) == "0001"


def test_the_map_is_cut_into_blocks_of_a_hundred():
    writer = PdfWriter()
    font = GlyphlessFont(writer)
    for number in range(0x4E00, 0x4E00 + 249):
        font.code(chr(number))
    lines = cmap_of(font, writer).splitlines()
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]


def test_more_different_characters_than_a_font_can_hold_are_replaced_not_refused():
    font = GlyphlessFont(PdfWriter())
    codes = [font.code(chr(number)) for number in range(0x10000, 0x20000)]
    assert codes[-1] == "0001"
    assert max(codes) == "FFFF"
