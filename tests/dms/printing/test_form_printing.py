"""Every form comes out on paper as an archive takes it, and every list as a spreadsheet too."""

import io
import time
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from archival_demands import breaches
from openpyxl import load_workbook
from pypdf import PdfReader
from sample_forms import (
    BOXES,
    CARDS,
    CATALOGUE,
    CONTENTS,
    COVERS,
    FORMS,
    LETTERHEAD,
    LISTS,
    LONG_NAME,
    NOTE,
    SPINES,
    catalogue_line,
    contents_line,
)

from dms.printing import NothingToPrint, form_pdf, form_title, form_xlsx
from dms.printing.errors import CharacterMissing

ARTEFACTS = Path(__file__).parents[3] / "artefacts" / "forms"
MOST_PICTURES = 3


def pages_of(printed: bytes) -> list[str]:
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(printed)).pages]


def pictured(name: str, printed: bytes) -> None:
    """The first pages as pictures among the artefacts of the tests, to be looked at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    document = pdfium.PdfDocument(printed)
    for number in range(min(MOST_PICTURES, len(document))):
        document[number].render(scale=1.6).to_pil().save(ARTEFACTS / f"{name}-{number + 1}.png")


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_an_archival_pdf_with_its_fonts_inside(name):
    printed = form_pdf(FORMS[name])
    pictured(name, printed)
    assert breaches(printed) == []


@pytest.mark.parametrize("name", FORMS)
def test_the_same_facts_give_the_same_bytes(name):
    assert form_pdf(FORMS[name]) == form_pdf(FORMS[name])


@pytest.mark.parametrize("name", sorted(FORMS.keys() - {"volume-cover"}))
def test_every_page_says_whose_it_is_and_how_many_there_are(name):
    pages = pages_of(form_pdf(FORMS[name]))
    has_cover = name in ("volume-catalogue", "item-list")
    counted = pages[1:] if has_cover else pages
    for number, page in enumerate(counted, start=1):
        assert LETTERHEAD.company in page
        assert f"第 {number} 页" in page
        assert f"共 {len(counted)} 页" in page


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_what_it_is_called_on_paper_and_in_its_spreadsheet(name):
    title = form_title(FORMS[name]).zh
    # The letters of a title stand apart, which some readers take for spaces.
    assert title in "".join(pages_of(form_pdf(FORMS[name]))).replace(" ", "")
    assert title in load_workbook(io.BytesIO(form_xlsx(LISTS[name]))).active.cell(1, 1).value


def test_forms_that_are_no_lists_have_a_name_too():
    assert [form_title(form).zh for form in (COVERS, SPINES, BOXES, CARDS)] == [
        "案卷封面",
        "案卷脊背标签",
        "档案盒标签",
        "客户卡",
    ]


@pytest.mark.parametrize("name", ["volume-cover", "spine-labels", "box-labels", "customer-card", "customer-list"])
def test_rare_characters_of_a_long_name_are_printed(name):
    text = "".join(pages_of(form_pdf(FORMS[name])))
    assert "𬭎" in text
    assert "龘" in text


@pytest.mark.parametrize("character", ["𠀀", "\ue863", "\U000f0001"])
@pytest.mark.parametrize("lines", [1, 400])
def test_a_character_that_no_font_holds_is_refused_by_its_name(character, lines):
    spoilt = replace(CONTENTS, lines=(replace(contents_line(1), title=f"甲{character}乙"),) * lines)
    with pytest.raises(CharacterMissing) as refused:
        form_pdf(spoilt)
    assert f"U+{ord(character):04X}" in refused.value.message.zh
    assert f"U+{ord(character):04X}" in refused.value.message.en


def test_half_a_character_is_refused_in_words_that_can_be_written():
    with pytest.raises(CharacterMissing) as refused:
        form_pdf(replace(NOTE, statement="甲\ud800"))
    assert "U+D800" in refused.value.message.zh.encode().decode()


def test_what_looks_like_markup_is_printed_as_it_stands():
    text = '#strong[x] $y$ *z* _u_ <v> "w" \\ // /* @a = b'
    printed = "".join(pages_of(form_pdf(replace(NOTE, statement=text))))
    for part in ("#strong[x]", "$y$", "*z*", "_u_", "<v>", '"w"', "//", "@a = b"):
        assert part in printed


@pytest.mark.parametrize("name", LISTS)
def test_a_list_without_lines_is_a_list(name):
    empty = replace(LISTS[name], lines=())
    assert breaches(form_pdf(empty)) == []
    assert form_xlsx(empty)


@pytest.mark.parametrize(
    "nothing",
    [replace(COVERS, covers=()), replace(SPINES, labels=()), replace(BOXES, labels=()), replace(CARDS, cards=())],
)
def test_no_covers_labels_or_cards_are_nothing_to_print(nothing):
    with pytest.raises(NothingToPrint):
        form_pdf(nothing)


def test_a_cell_that_is_longer_than_a_page_runs_over_several():
    endless = replace(CONTENTS, lines=(replace(contents_line(1), title="起重机购销合同" * 500),))
    printed = form_pdf(endless)
    text = "".join(pages_of(printed))
    assert len(PdfReader(io.BytesIO(printed)).pages) > 2
    assert text.count("起重机") == 500 + 1


@pytest.mark.slow
def test_a_list_of_five_hundred_pages_numbers_all_of_them_and_repeats_its_head():
    lines = tuple(replace(contents_line(n), author=LONG_NAME, kind=contents_line(1).kind) for n in range(1, 4_300))
    printed = form_pdf(replace(CONTENTS, lines=lines))
    pages = [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdfium.PdfDocument(printed)]
    pictured("contents-list-of-500-pages", printed)
    assert len(pages) >= 500
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页　共 {len(pages)} 页" in page
        assert "文件编号" in page
        assert CONTENTS.reference_code in page


@pytest.mark.slow
def test_a_catalogue_of_five_thousand_volumes_is_printed_within_seconds_and_small():
    lines = tuple(catalogue_line(c, s, v) for c in range(1, 251) for s in (1, 2, 3, 4) for v in range(1, 6))
    began = time.monotonic()
    printed = form_pdf(replace(CATALOGUE, lines=lines))
    elapsed_s = time.monotonic() - began
    pictured("volume-catalogue-of-5000-volumes", printed)
    assert len(lines) == 5_000
    assert len(printed) < 3_000_000
    # Five seconds on a machine that has nothing else to do; several times that where others work beside it.
    assert elapsed_s < 25
