"""Every form can be printed of an archive with papers in it, and the journal keeps what was given out."""

import hashlib
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from simulators.bound_volumes import seal
from simulators.people import ARCHIVIST, AUDITOR, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import ActionForbidden
from dms.domain.location import Location, LocationKind
from dms.domain.printed import PrintAs
from dms.filing.printing_out import (
    ABOUT,
    FORM_NAMES,
    NEEDS,
    PAPER_ONLY,
    NotASpreadsheet,
    NothingForTheForm,
    PlaceToPrintNotFound,
    PrintForm,
    PrintWish,
    PrintWishIncomplete,
    print_form,
)
from dms.filing.printing_out.catalogues import item_list
from dms.filing.transferring import TransferStated, begin_transfer

CODE = "Q001-KH·C0001·3·2024-001"
NAMED = {"volume": CODE, "customer_code": "C0001", "year": 2024}


@pytest.fixture
def bound(archive):
    add_customer(archive)
    papers = [file_paper(archive, text, title=text) for text in ("甲合同\f背面", "乙合同")]
    volume_id = seal(archive, papers[0])
    with archive.begin() as work:
        box = work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.BOX, code="H-01", name="一号盒"))
        work.volumes.relocate(volume_id, box.id)
    return volume_id


def wish(form, **about):
    needed = {NEEDS[form]: NAMED[NEEDS[form]]} if form in NEEDS and NEEDS[form] in NAMED else {}
    return PrintWish(form=form, **needed | about)


def texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))


@pytest.mark.parametrize("form", [form for form in PrintForm if form is not PrintForm.TRANSFER_LIST])
def test_every_form_is_printed(archive, bound, form):
    printed = print_form(ARCHIVIST, wish(form), archive=archive)
    assert printed.content.startswith(b"%PDF")
    assert printed.suggested_name.startswith(FORM_NAMES[form].zh)
    assert texts(printed.content).strip()


@pytest.mark.parametrize("form", [form for form in PrintForm if form not in PAPER_ONLY | {PrintForm.TRANSFER_LIST}])
def test_every_list_has_a_spreadsheet(archive, bound, form):
    printed = print_form(ARCHIVIST, wish(form), PrintAs.XLSX, archive=archive)
    assert openpyxl.load_workbook(BytesIO(printed.content)).active.max_row > 1


@pytest.mark.parametrize("form", sorted(PAPER_ONLY))
def test_what_is_no_list_has_no_spreadsheet(archive, bound, form):
    with pytest.raises(NotASpreadsheet):
        print_form(ARCHIVIST, wish(form), PrintAs.XLSX, archive=archive)


@pytest.mark.parametrize("form", sorted(NEEDS))
def test_a_form_that_is_about_one_thing_asks_which(archive, bound, form):
    with pytest.raises(PrintWishIncomplete):
        print_form(ARCHIVIST, PrintWish(form=form), archive=archive)


def test_every_form_says_what_it_may_be_about():
    assert set(ABOUT) == set(FORM_NAMES) == set(PrintForm)
    assert all(needed in ABOUT[form] for form, needed in NEEDS.items())


def test_the_list_of_a_hand_over_is_printed_by_its_number(archive, bound):
    batch = begin_transfer(
        CLERK,
        TransferStated(from_department="销售部", year=2024, from_person="李四", begun_on=archive.now().date()),
        archive=archive,
    )
    about = PrintWish(form=PrintForm.TRANSFER_LIST, batch=str(batch.id))
    assert "销售部" in texts(print_form(CLERK, about, archive=archive).content)


def test_a_print_is_journaled_with_the_digest_of_the_very_bytes(archive, bound):
    printed = print_form(LAWYER, wish(PrintForm.CONTENTS_LIST), archive=archive)
    with archive.looking() as view:
        (entry,) = view.journal.entries(subject="contents-list", newest_first=1)
    assert (entry.action, entry.actor) == ("form_printed", "lawyer")
    assert entry.details["sha256"] == hashlib.sha256(printed.content).hexdigest()
    assert entry.details["volume"] == CODE


def test_who_may_not_consult_prints_nothing(archive, bound):
    with pytest.raises(ActionForbidden):
        print_form(AUDITOR, wish(PrintForm.CUSTOMER_LIST), archive=archive)


def test_only_who_binds_volumes_sees_what_is_carried_forward(archive, bound):
    with pytest.raises(ActionForbidden):
        print_form(LAWYER, wish(PrintForm.CARRY_FORWARD), archive=archive)


def test_labels_of_nothing_are_refused(archive):
    with pytest.raises(NothingForTheForm):
        print_form(ARCHIVIST, PrintWish(form=PrintForm.SPINE_LABELS, year=1999), archive=archive)


def test_a_box_is_named_by_its_code(archive, bound):
    about = PrintWish(form=PrintForm.BOX_LABELS, location="H-01")
    assert CODE in texts(print_form(ARCHIVIST, about, archive=archive).content)
    with pytest.raises(PlaceToPrintNotFound):
        print_form(ARCHIVIST, PrintWish(form=PrintForm.BOX_LABELS, location="H-99"), archive=archive)


def test_a_name_bears_nothing_that_a_file_system_would_misread(archive, bound):
    about = PrintWish(form=PrintForm.CUSTOMER_LIST, department="../销售\\部")
    assert print_form(ARCHIVIST, about, archive=archive).suggested_name == "客户一览表 .._销售_部.pdf"


def test_a_list_too_long_for_one_is_printed_in_parts(archive, bound):
    whole = item_list(ARCHIVIST, wish(PrintForm.ITEM_LIST), archive=archive)
    parts = [item_list(ARCHIVIST, wish(PrintForm.ITEM_LIST, part=part), archive=archive) for part in (1, 2)]
    assert parts[0].lines == whole.lines
    assert parts[1].lines == ()
    assert "第 2 部分" in parts[1].subject
