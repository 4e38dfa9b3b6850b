"""The demands of the archival standard are looked at by something that notices when they are not met."""

import io

from archival_demands import breaches
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from sample_forms import NOTE

from dms.printing import form_pdf


def saved(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def copied() -> PdfWriter:
    """A form of ours, to be spoilt."""
    return PdfWriter(clone_from=PdfReader(io.BytesIO(form_pdf(NOTE))))


def test_a_form_of_ours_meets_them():
    assert breaches(form_pdf(NOTE)) == []


def test_a_plain_file_does_not():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    assert {"6.2.3 output intent", "6.6.2 metadata"} <= set(breaches(saved(writer)))


def test_a_font_that_is_not_inside_is_noticed():
    writer = copied()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    writer.pages[0]["/Resources"]["/Font"][NameObject("/Strange")] = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in font.items()}
    )
    assert "6.2.11.4.1 /Helvetica is not embedded" in breaches(saved(writer))


def test_a_program_that_runs_on_opening_is_noticed():
    writer = copied()
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x');")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    assert any(breach.startswith("6.5.1 action /JavaScript") for breach in breaches(saved(writer)))


def test_a_glyph_that_stands_for_none_is_noticed():
    writer = copied()
    content = DecodedStreamObject()
    content.set_data(b"BT /F0 9 Tf <0001000000020003> Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    assert "6.2.11.8 a glyph that stands for none, page 1" in breaches(saved(writer))


def test_colours_of_a_printing_press_are_noticed():
    writer = copied()
    content = DecodedStreamObject()
    content.set_data(b"0 0 0 1 k 0 0 10 10 re f")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    assert "6.2.4.3 DeviceCMYK, page 1" in breaches(saved(writer))


def test_too_long_a_string_and_a_reference_outside_are_noticed():
    writer = copied()
    stream = DecodedStreamObject()
    stream.set_data(b"x")
    stream[NameObject("/F")] = TextStringObject("http://elsewhere")
    writer.root_object[NameObject("/Strange")] = writer._add_object(stream)
    writer.root_object[NameObject("/Long")] = TextStringObject("x" * 40_000)
    writer.root_object[NameObject("/Number")] = NumberObject(1)
    assert {"6.1.7.1 /F", "6.1.13 length of a string"} <= set(breaches(saved(writer)))
