"""What the PDF says of itself."""

import io
from xml.etree import ElementTree

import pypdf
import pytest
from drawn_papers import MADE_AT, page, written

from dms.printing import searchable_pdf

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


def reader_of(*, title: str = "购销合同", mode: str = "L") -> pypdf.PdfReader:
    pdf = searchable_pdf([page(written("甲方", top=90), mode=mode)], title=title, made_at=MADE_AT)
    return pypdf.PdfReader(io.BytesIO(pdf))


def xmp_of(reader: pypdf.PdfReader) -> ElementTree.Element:
    return ElementTree.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())


@pytest.mark.parametrize("title", ["购销合同", "A & B <合同> \"'", "坏\0字\ud800"])
def test_both_places_for_facts_say_the_same(title):
    reader = reader_of(title=title)
    assert reader.metadata.title == reader.xmp_metadata.dc_title["x-default"]
    assert reader.metadata.creation_date == MADE_AT
    assert reader.xmp_metadata.xmp_create_date.replace(tzinfo=MADE_AT.tzinfo) == MADE_AT
    assert reader.metadata.producer == reader.xmp_metadata.pdf_producer


def test_the_text_is_said_to_be_chinese_and_the_title_is_shown():
    root = reader_of().trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_paper_in_grey_or_rgb_claims_the_archival_standard(mode):
    reader = reader_of(mode=mode)
    assert [node.text for node in xmp_of(reader).iter(f"{PDFA}part")] == ["2"]
    assert [node.text for node in xmp_of(reader).iter(f"{PDFA}conformance")] == ["B"]
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def test_a_paper_in_cmyk_does_not_claim_what_it_does_not_keep():
    assert not list(xmp_of(reader_of(mode="CMYK")).iter(f"{PDFA}part"))
