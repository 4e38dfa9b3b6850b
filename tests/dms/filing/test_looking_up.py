"""A reference code leads to what bears it or once bore it, and nowhere for whoever may not know of that."""

import pytest
from simulators.people import AUDITOR, CLEARED_ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper, statement

from dms.domain.actor import ActionForbidden
from dms.domain.item import Placement
from dms.domain.reference_code import CodeKind
from dms.filing import BearerOfCode, bearer_of_code, confirm

VOLUME, PAPER = "Q001-KH·C0001·3·2024-001", "Q001-KH·C0001·3·2024-001-007"


@pytest.fixture
def filed(archive):
    add_customer(archive)
    item = file_paper(archive, "采购合同")
    with archive.begin() as work:
        work.volumes.number(item.volume_id, number=1, reference_code=VOLUME)
        work.items.place(item.key, Placement(volume_id=item.volume_id, position=7, reference_code=PAPER))
    return item


def bearer(archive, typed, actor=CLERK):
    return bearer_of_code(actor, typed, archive=archive)


@pytest.mark.parametrize(
    "typed", [PAPER, f"  {PAPER}\n", PAPER.replace("·", "•"), "Ｑ００１－KH・C0001・3・2024-001-007"]
)
def test_a_code_leads_to_its_paper_however_the_keyboard_writes_it(archive, filed, typed):
    assert bearer(archive, typed) == BearerOfCode(item_id=filed.id)


def test_the_code_of_a_volume_leads_to_the_volume(archive, filed):
    assert bearer(archive, VOLUME) == BearerOfCode(volume_id=filed.volume_id)


def test_a_code_that_a_paper_once_bore_still_leads_to_it(archive, filed):
    with archive.begin() as work:
        work.numbers.register(work.numbers.pattern(CodeKind.ITEM), PAPER, filed.id, archive.now())
        work.items.unplace(filed.key, to_volume_id=filed.volume_id)
    assert bearer(archive, PAPER) == BearerOfCode(item_id=filed.id)


@pytest.mark.parametrize(
    "typed", ["", " ", "违约金", "Q001-KH·C0001·3·2024-999", "合同 2024", "1" * 500, "\udc80\x001"]
)
def test_what_is_no_code_leads_nowhere(archive, filed, typed):
    assert bearer(archive, typed) is None


def test_a_code_out_of_reach_leads_nowhere(archive, filed):
    confirm(CLEARED_ARCHIVIST, filed.id, statement(grade=1), archive=archive)
    for code in (PAPER, VOLUME):
        assert bearer(archive, code) is None
        assert bearer(archive, code, CLEARED_ARCHIVIST) is not None


def test_who_may_not_consult_learns_nothing(archive, filed):
    with pytest.raises(ActionForbidden):
        bearer(archive, PAPER, AUDITOR)
