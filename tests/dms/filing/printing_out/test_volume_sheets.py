"""The sheets of a volume say what the catalogue knows of it, and nothing that the reader may not know."""

import pytest
from simulators.bound_volumes import catalogue, seal
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK
from simulators.scanner import COMPANY_NAME, add_customer, file_paper

from dms.domain.clock import local_day
from dms.domain.volume import FilingNoteLine, NoteKind
from dms.filing.printing_out import PrintForm, PrintWish, PrintWishIncomplete
from dms.filing.printing_out.volume_sheets import contents_list, filing_note, spine_labels, volume_covers
from dms.filing.sealing import Destination, VolumeNotFound, move_out
from dms.printing import LineKind

CODE = "Q001-KH·C0001·3·2024-001"


@pytest.fixture
def papers(archive):
    add_customer(archive)
    return [file_paper(archive, text, title=title) for text, title in (("一\f二\f!blank", "甲合同"), ("三", "乙合同"))]


def wish(form, volume=CODE, **about):
    return PrintWish(form=form, volume=volume, **about)


def contents(archive, actor=ARCHIVIST, volume=CODE):
    return contents_list(actor, wish(PrintForm.CONTENTS_LIST, volume), archive=archive)


def test_a_cover_says_whose_papers_of_which_year_and_how_many(archive, papers):
    seal(archive, papers[0])
    made = volume_covers(ARCHIVIST, wish(PrintForm.VOLUME_COVER), archive=archive)
    (cover,) = made.covers
    assert (cover.reference_code, cover.year, cover.customer) == (CODE, 2024, COMPANY_NAME)
    assert (cover.items, cover.pages, cover.sheets) == (2, 3, 4)
    assert (cover.retention, cover.grade) == ("30年（D30）", "三级")
    assert made.letterhead.fonds_code == "Q001"


def test_covers_are_printed_for_every_numbered_volume_that_fits(archive, papers):
    everything = PrintWish(form=PrintForm.VOLUME_COVER, year=2024)
    assert volume_covers(ARCHIVIST, everything, archive=archive).covers == ()
    catalogue(archive, papers[0].volume_id)
    assert len(volume_covers(ARCHIVIST, everything, archive=archive).covers) == 1
    other = PrintWish(form=PrintForm.VOLUME_COVER, year=2023)
    assert volume_covers(ARCHIVIST, other, archive=archive).covers == ()


def test_a_spine_bears_the_number_of_the_volume_and_its_width(archive, papers):
    seal(archive, papers[0])
    (label,) = spine_labels(ARCHIVIST, wish(PrintForm.SPINE_LABELS), archive=archive).labels
    assert (label.volume_number, label.width_mm, label.retention_code) == ("001", 10, "D30")


def test_a_contents_list_has_a_line_for_every_paper_with_its_pages(archive, papers):
    seal(archive, papers[0])
    made = contents(archive)
    assert [
        (line.number, line.title, line.first_page, line.last_page, line.pages, line.sheets) for line in made.lines
    ] == [
        (1, "甲合同", 1, 2, 2, 3),
        (2, "乙合同", 3, 3, 1, 1),
    ]
    assert all(line.copy_kind == "正本" for line in made.lines)


def test_what_was_moved_out_is_struck_and_its_number_stays(archive, papers):
    volume_id = seal(archive, papers[0])
    to = Destination(customer_code="C0001", series_code="1", year=2024)
    move_out(ARCHIVIST, CLERK, papers[0].id, to, "归错类目", archive=archive)
    struck, staying = contents(archive, volume=str(volume_id)).lines
    assert (struck.number, struck.kind) == (1, LineKind.MOVED_OUT)
    assert "归错类目" in struck.remark
    assert (staying.number, staying.kind) == (2, LineKind.ITEM)


def test_a_paper_above_the_readers_clearance_is_on_no_sheet(archive, papers):
    file_paper(archive, "密件", title="密件", grade=1)
    volume_id = catalogue(archive, papers[0].volume_id, by=CLEARED_ARCHIVIST)
    assert [line.title for line in contents(archive).lines] == ["甲合同", "乙合同"]
    assert [line.title for line in contents(archive, CLEARED_ARCHIVIST).lines] == ["甲合同", "乙合同", "密件"]
    (cover,) = volume_covers(ARCHIVIST, wish(PrintForm.VOLUME_COVER, str(volume_id)), archive=archive).covers
    assert (cover.items, cover.grade) == (2, "三级")
    note = filing_note(ARCHIVIST, wish(PrintForm.FILING_NOTE), archive=archive)
    assert "有权查阅" in note.statement
    assert note.items == 2


def test_a_note_about_a_paper_above_the_clearance_is_not_told(archive, papers):
    secret = file_paper(archive, "密件", title="密件", grade=1)
    volume_id = catalogue(archive, papers[0].volume_id, by=CLEARED_ARCHIVIST)
    with archive.begin() as work:
        work.volume_notes.add_all(
            FilingNoteLine(
                volume_id=volume_id, written_at=archive.now(), by="甲", kind=NoteKind.DAMAGED, text=text, item_key=key
            )
            for text, key in (("密件缺第二页", secret.key), ("封面破损", None))
        )
    told = filing_note(ARCHIVIST, wish(PrintForm.FILING_NOTE), archive=archive)
    assert [line.text for line in told.lines] == ["封面破损"]
    told = filing_note(CLEARED_ARCHIVIST, wish(PrintForm.FILING_NOTE), archive=archive)
    assert [line.item for line in told.lines] == [f"{CODE}-003", ""]


def test_a_filing_note_names_who_compiled_checked_and_sealed(archive, papers):
    seal(archive, papers[0])
    note = filing_note(ARCHIVIST, wish(PrintForm.FILING_NOTE), archive=archive)
    today = local_day(archive.now())
    assert (note.compiled.name, note.compiled.signed_on) == ("archivist", today)
    assert (note.checked.name, note.checked.signed_on) == ("clerk", today)
    assert note.seal.startswith("第 1 版")
    assert "本卷共 2 件，3 页，4 张。" in note.statement


def test_a_volume_that_is_not_there_is_told_like_one_that_may_not_be_seen(archive, papers):
    for named in ("Q001-KH·C0001·3·2024-009", "77"):
        with pytest.raises(VolumeNotFound):
            contents(archive, volume=named)


def test_a_sheet_of_one_volume_asks_which(archive):
    with pytest.raises(PrintWishIncomplete):
        contents(archive, volume=None)
