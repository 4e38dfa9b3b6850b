"""Papers lie in open volumes until the year is bound; from then on nothing enters, changes or leaves a volume."""

from functools import partial

import pytest
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper, statement

from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState, Placement
from dms.domain.reference_code import CodeKind
from dms.domain.volume import VolumeState
from dms.filing import Particulars, VolumeClosed, bring_back, confirm, describe_paper, reject

TO_CLEANING = (VolumeState.CLEANING,)
TO_CATALOGUED = (*TO_CLEANING, VolumeState.CATALOGUED)
TO_CHECKING = (*TO_CATALOGUED, VolumeState.CHECKING)


@pytest.fixture
def filed(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    return file_paper(archive, "采购合同")


def come_to(archive, item, states):
    """Let the volume of an item go through these states."""
    with archive.begin() as work:
        for state in states:
            work.volumes.change_state(item.volume_id, state)


def number(archive, item):
    """Catalogue the item in its volume; its code."""
    with archive.begin() as work:
        pattern = work.numbers.pattern(CodeKind.ITEM)
        fields = {"fonds": "Q001", "category": "KH", "customer": "C0001", "series": "3", "year": 2024, "volume": 1}
        code = work.numbers.allocate(pattern, fields, item.id, archive.now())
        work.items.place(item.key, Placement(volume_id=item.volume_id, position=1, reference_code=code))
    return code


def seal(archive, item):
    come_to(archive, item, TO_CHECKING)
    with archive.begin() as work:
        work.volumes.sealed(item.volume_id, at=archive.now())


def decisions(archive, item):
    return (
        lambda: confirm(ARCHIVIST, item.id, statement(title="改题名"), archive=archive),
        lambda: confirm(ARCHIVIST, item.id, statement(customer_code="C0002"), archive=archive),
        lambda: reject(ARCHIVIST, item.id, "误扫", archive=archive),
        lambda: bring_back(ARCHIVIST, item.id, archive=archive),
        lambda: describe_paper(ARCHIVIST, item.id, Particulars(sheets=3), archive=archive),
    )


@pytest.mark.parametrize(
    ("states", "said"), [(TO_CATALOGUED, "退回清理"), (TO_CHECKING, "退回清理"), (None, "第二人")], ids=str
)
def test_nothing_in_a_closed_volume_is_decided_anew(archive, filed, states, said):
    close = seal if states is None else partial(come_to, states=states)
    close(archive, filed)
    for decide in decisions(archive, filed):
        with pytest.raises(VolumeClosed) as caught:
            decide()
        assert said in caught.value.message.zh
    with archive.looking() as view:
        assert view.items.get(filed.key) == filed


def test_a_refusal_names_the_volume_by_its_code(archive, filed):
    with archive.begin() as work:
        work.volumes.number(filed.volume_id, number=1, reference_code="Q001-KH·C0001·3·2024-001")
    seal(archive, filed)
    with pytest.raises(VolumeClosed) as caught:
        reject(CLERK, filed.id, "", archive=archive)
    assert "Q001-KH·C0001·3·2024-001" in caught.value.message.zh
    assert "sealed" in caught.value.message.en


def test_a_paper_that_is_corrected_while_its_volume_is_cleaned_stays_in_it(archive, filed):
    come_to(archive, filed, TO_CLEANING)
    corrected = confirm(ARCHIVIST, filed.id, statement(title="钢材购销合同"), archive=archive)
    assert (corrected.volume_id, corrected.title) == (filed.volume_id, "钢材购销合同")


def test_a_paper_that_leaves_a_volume_keeps_the_code_it_bore_as_a_former_one(archive, filed):
    come_to(archive, filed, TO_CLEANING)
    code = number(archive, filed)
    moved = confirm(ARCHIVIST, filed.id, statement(customer_code="C0002"), archive=archive)
    assert moved.volume_id != filed.volume_id
    with archive.looking() as view:
        row = view.volumes.items_of(moved.volume_id)[0]
        spent = view.numbers.spent(code)
    assert (row.reference_code, row.former_codes, row.position) == (None, (code,), None)
    assert spent.voided_at is not None
    assert "移出" in spent.void_reason


@pytest.mark.parametrize(
    ("decide", "state"),
    [
        (lambda archive, item: reject(CLERK, item.id, "误扫", archive=archive), ItemState.WITHDRAWN),
        (lambda archive, item: bring_back(CLERK, item.id, archive=archive), ItemState.REVIEW),
    ],
    ids=["rejected", "brought back"],
)
def test_a_paper_that_is_taken_out_of_a_cleaned_volume_leaves_no_place_behind(archive, filed, decide, state):
    come_to(archive, filed, TO_CLEANING)
    code = number(archive, filed)
    taken = decide(archive, filed)
    assert (taken.state, taken.volume_id, taken.placement) == (state, None, None)
    with archive.looking() as view:
        assert view.items.with_code(code, actor=OPERATOR) == filed.id
        assert "退回" in view.numbers.spent(code).void_reason
    assert file_again(archive, filed).placement is None


def file_again(archive, item):
    with archive.looking() as view:
        withdrawn = view.items.get(item.key).state is ItemState.WITHDRAWN
    if withdrawn:
        bring_back(CLERK, item.id, archive=archive)
    return confirm(CLERK, item.id, statement(), archive=archive)
