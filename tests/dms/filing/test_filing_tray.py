"""The tray shows what waits, what is under way and what went wrong, as far as one may know of it."""

import pytest
from simulators.people import AUDITOR, CLEARED_ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, hand_in, scan, statement

from dms.archive import ItemNotFound
from dms.domain.actor import ActionForbidden
from dms.domain.proposal import FieldName
from dms.filing import bring_back, confirm, next_in_tray, paper_in_tray, reject, tray


def secret_in_tray(archive):
    """A paper above the clearance of most people, back in the tray."""
    add_customer(archive)
    item = file_paper(archive, "绝密合同", grade=1)
    return bring_back(CLEARED_ARCHIVIST, item.id, archive=archive)


def test_the_tray_holds_what_waits_what_is_under_way_and_what_went_wrong(archive):
    waiting = [scan(archive, f"第 {number} 件") for number in range(3)]
    refused = scan(archive, "!refuse")
    under_way = hand_in(archive, "还没有读")
    lying = tray(CLERK, archive=archive)
    assert [item.id for item in lying.waiting] == [item.id for item in waiting]
    assert [item.id for item in lying.troubled] == [refused.id]
    assert [item.id for item in lying.under_way] == [under_way.id]
    assert lying.waiting_count == 3


def test_a_page_of_the_tray_says_how_many_wait_in_all(archive):
    items = [scan(archive, f"第 {number} 件") for number in range(3)]
    lying = tray(CLERK, archive=archive, limit=1, offset=1)
    assert [item.id for item in lying.waiting] == [items[1].id]
    assert lying.waiting_count == 3


def test_what_was_decided_leaves_the_tray(archive):
    add_customer(archive)
    filed, rejected = scan(archive, "甲"), scan(archive, "乙")
    confirm(CLERK, filed.id, statement(), archive=archive)
    reject(CLERK, rejected.id, "", archive=archive)
    assert tray(CLERK, archive=archive).waiting == ()


def test_a_secret_paper_is_in_nobodys_tray_who_may_not_know_of_it(archive):
    secret, ordinary = secret_in_tray(archive), scan(archive, "普通合同")
    assert [item.id for item in tray(CLERK, archive=archive).waiting] == [ordinary.id]
    assert tray(CLERK, archive=archive).waiting_count == 1
    paper = paper_in_tray(CLERK, ordinary.id, archive=archive)
    assert (paper.position, paper.waiting_count) == (1, 1)
    assert next_in_tray(CLERK, after=ordinary.id, archive=archive) is None
    assert next_in_tray(CLERK, after=secret.id, archive=archive).id == ordinary.id
    assert next_in_tray(CLEARED_ARCHIVIST, after=ordinary.id, archive=archive).id == secret.id
    with pytest.raises(ItemNotFound):
        paper_in_tray(CLERK, secret.id, archive=archive)


def test_one_paper_is_shown_with_everything_that_was_read_of_it(archive):
    add_customer(archive)
    item = scan(archive, "采购合同\n合同编号：HT-2024-001\n甲方：合肥远山商贸有限公司\f!blank", customer_code="C0001")
    paper = paper_in_tray(CLERK, item.id, archive=archive)
    assert [page.number for page in paper.pages] == [1, 2]
    assert paper.customer.code == "C0001"
    assert paper.contract is None
    assert paper.proposals[FieldName.CONTRACT_NO].value == "HT-2024-001"
    assert (paper.position, paper.waiting_count) == (1, 1)


def test_looking_at_a_paper_in_the_tray_is_journaled_as_one_visit(archive):
    item = scan(archive, "采购合同")
    for _ in range(3):
        paper_in_tray(CLERK, item.id, archive=archive)
    with archive.looking() as view:
        entries = [entry.actor for entry in view.journal.entries(subject=item.id) if entry.action == "item_opened"]
    assert entries == ["clerk"]


def test_a_decided_paper_can_still_be_shown_but_has_no_place(archive):
    add_customer(archive)
    filed = file_paper(archive, "采购合同")
    paper = paper_in_tray(CLERK, filed.id, archive=archive)
    assert (paper.position, paper.waiting_count) == (0, 0)
    assert paper.contract.number == "HT-2024-001"


def test_the_next_paper_comes_after_the_one_just_decided(archive):
    add_customer(archive)
    first, second, third = (scan(archive, f"第 {number} 件") for number in range(3))
    confirm(CLERK, second.id, statement(), archive=archive)
    assert next_in_tray(CLERK, after=second.id, archive=archive).id == third.id
    assert next_in_tray(CLERK, after=third.id, archive=archive).id == first.id
    assert next_in_tray(CLERK, after=None, archive=archive).id == first.id
    assert next_in_tray(CLERK, after="没有这一件", archive=archive).id == first.id


def test_an_empty_tray_has_no_next_paper(archive):
    assert next_in_tray(CLERK, after=None, archive=archive) is None


@pytest.mark.parametrize("actor", [LAWYER, AUDITOR])
def test_the_tray_is_shown_only_to_those_who_confirm(archive, actor):
    item = scan(archive, "采购合同")
    for look in (
        lambda: tray(actor, archive=archive),
        lambda: paper_in_tray(actor, item.id, archive=archive),
        lambda: next_in_tray(actor, after=None, archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            look()
