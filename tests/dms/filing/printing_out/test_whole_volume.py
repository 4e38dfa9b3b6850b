"""The bound volume: what was on the paper, page by page, and round it what the catalogue says."""

import io

import pypdf
import pypdfium2
from simulators.bound_volumes import seal
from simulators.people import ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.domain.item import RenditionRole
from dms.filing.printing_out import PrintForm, PrintWish
from dms.filing.printing_out.whole_volume import bound_volume

CODE = "Q001-KH·C0001·3·2024-001"


def bind(archive, form=PrintForm.BOUND_VOLUME):
    add_customer(archive)
    papers = [file_paper(archive, text, title=text[:3]) for text in ("甲合同正文\f甲合同附页\f!blank", "乙合同正文")]
    seal(archive, papers[0])
    return papers, bound_volume(ARCHIVIST, PrintWish(form=form, volume=CODE), archive=archive)


def last_words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    told = [document[index].get_textpage().get_text_range().split() for index in range(len(document))]
    return [words[-1] if words else "" for words in told]


def test_cover_contents_every_page_and_filing_note_stand_in_their_order(archive):
    _, made = bind(archive)
    headings = [each.get_title() for each in pypdfium2.PdfDocument(made).get_toc()]
    assert headings == ["案卷封面", "卷内目录", f"{CODE}-001 甲合同", f"{CODE}-002 乙合同", "卷内备考表"]
    assert last_words(made)[2:6] == ["1", "2", "", "3"]


def test_the_images_of_the_papers_are_bound_unchanged(archive):
    papers, made = bind(archive)
    with archive.looking() as view:
        sealed = [
            archive.unseal(paper, image)
            for paper in papers
            for image in view.contents.renditions_of_all([paper.key], RenditionRole.PAGE_IMAGE)[paper.key]
        ]
    scans = [
        page["/Resources"]["/XObject"]["/Scan"].get_object()._data
        for page in pypdf.PdfReader(io.BytesIO(made)).pages
        if "/Scan" in page["/Resources"].get("/XObject", {})
    ]
    assert scans == sealed


def test_the_sheets_of_a_volume_come_without_its_papers(archive):
    _, made = bind(archive, PrintForm.VOLUME_SHEETS)
    headings = [each.get_title() for each in pypdfium2.PdfDocument(made).get_toc()]
    assert headings == ["案卷封面", "卷内目录", "卷内备考表"]
