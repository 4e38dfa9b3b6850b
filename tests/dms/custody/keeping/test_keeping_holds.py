"""What lies under a hold stays under it, wherever it goes, until a person releases it."""

from dataclasses import replace

import pytest
from keeping_parts import KEEPER, LAWYER
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed
from simulators.people import ADMINISTRATOR, CLERK, person
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dms.custody.keeping import (
    HoldFactMissing,
    HoldNotFound,
    HoldReleased,
    HoldWish,
    PersonNeeded,
    PlacedAlready,
    SubjectNotFound,
    UnderHold,
    holds_of,
    list_disputes,
    list_holds,
    open_dispute,
    place_hold,
    put_into_dispute,
    release_hold,
    require_free,
    show_hold,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.dispute import DisputeFacts
from dms.domain.hold import HoldTarget
from dms.filing import Particulars, TermHeld, describe_paper, merge_customers
from dms.store import HoldFilter

WHY = {"reason": "客户起诉", "authority": "(2026)皖0104民初77号"}


def hold(kept, target: HoldTarget, reference: str, **why: str):
    return place_hold(LAWYER, HoldWish(target=target, reference=reference, **WHY | why), archive=kept.archive)


def held(kept) -> set[int]:
    with kept.archive.looking() as view:
        return set(view.holds.held_among([kept.of_contract, kept.second_of_contract, kept.loose]))


def test_a_hold_covers_what_it_was_placed_on_and_nothing_else(kept):
    of_contract = {kept.of_contract, kept.second_of_contract}
    cases = [
        (HoldTarget.ITEM, kept.id_of(kept.loose), {kept.loose}),
        (HoldTarget.CONTRACT, "HT-001", of_contract),
        (HoldTarget.CUSTOMER, "C0001", of_contract | {kept.loose}),
        (HoldTarget.VOLUME, "1", of_contract),
    ]
    for target, reference, expected in cases:
        placed = hold(kept, target, reference)
        assert held(kept) == expected, target
        release_hold(LAWYER, placed.id, reason="撤诉", authority="裁定", archive=kept.archive)
        assert held(kept) == set()


def test_a_hold_on_a_dispute_covers_its_contracts_and_papers_also_those_that_join_later(kept):
    facts = DisputeFacts(number="ZY-1", title="货款", opened_on=kept.archive.now().date())
    open_dispute(LAWYER, facts, archive=kept.archive)
    hold(kept, HoldTarget.DISPUTE, "ZY-1")
    assert held(kept) == set()
    put_into_dispute(LAWYER, "ZY-1", contract="HT-001", archive=kept.archive)
    assert held(kept) == {kept.of_contract, kept.second_of_contract}
    put_into_dispute(LAWYER, "ZY-1", paper=kept.id_of(kept.loose), archive=kept.archive)
    assert held(kept) == {kept.of_contract, kept.second_of_contract, kept.loose}


def test_a_paper_is_free_only_when_the_last_of_its_holds_is_released(kept):
    first = hold(kept, HoldTarget.CONTRACT, "HT-001")
    second = hold(kept, HoldTarget.CONTRACT, "HT-001", authority="审计通知")
    release_hold(LAWYER, first.id, reason="撤诉", authority="裁定", archive=kept.archive)
    with kept.archive.looking() as view, pytest.raises(UnderHold):
        require_free([kept.of_contract], work=view)
    release_hold(LAWYER, second.id, reason="审计结束", authority="审计报告", archive=kept.archive)
    with kept.archive.looking() as view:
        require_free([kept.of_contract], work=view)


def test_a_paper_that_is_filed_elsewhere_stays_under_its_hold(kept):
    hold(kept, HoldTarget.CONTRACT, "HT-001")
    other = add_contract(kept.archive, kept.customer_id, "HT-002")
    with kept.archive.begin() as work:
        item = work.items.get(kept.of_contract)
        work.items.classify(item.key, replace(item.classification, contract_id=other))
    assert held(kept) == {kept.of_contract, kept.second_of_contract}
    late = lay_filed(kept.archive, Filed(customer_id=kept.customer_id, contract_id=kept.contract_id))
    with kept.archive.looking() as view:
        assert view.holds.covering(late)
        assert [each.number for each in view.holds.covering(kept.of_contract)] == ["DJ-2026-0001"]


def test_a_paper_that_leaves_a_held_volume_or_customer_stays_held(kept):
    hold(kept, HoldTarget.VOLUME, "1")
    hold(kept, HoldTarget.CUSTOMER, "C0001")
    other = add_customer(kept.archive, "C0002", "另一家有限公司")
    with kept.archive.begin() as work:
        item = work.items.get(kept.of_contract)
        moved = replace(item.classification, customer_id=other, contract_id=None)
        volume_id = work.volumes.open_for(customer_id=other, series_code="3", year=2025)
        work.items.file(item.key, moved, volume_id=volume_id)
        assert len(work.holds.covering(item.key)) == 2


def test_a_hold_on_the_customer_that_stands_for_another_covers_the_papers_of_both(kept):
    add_customer(kept.archive, "C0002", "新名称有限公司")
    merge_customers(KEEPER, "C0001", "C0002", archive=kept.archive)
    hold(kept, HoldTarget.CUSTOMER, "C0002")
    assert kept.loose in held(kept)
    assert holds_of(LAWYER, HoldTarget.CUSTOMER, "C0001", archive=kept.archive)


def test_what_is_held_keeps_its_term(kept):
    hold(kept, HoldTarget.CONTRACT, "HT-001")
    paper = kept.id_of(kept.of_contract)
    with pytest.raises(TermHeld) as refused:
        describe_paper(KEEPER, paper, Particulars(retention_code="D10"), archive=kept.archive)
    assert "DJ-2026-0001" in refused.value.what.zh
    describe_paper(KEEPER, paper, Particulars(remark="已核对"), archive=kept.archive)


def test_a_hold_is_a_persons_act_with_reason_and_authority(kept):
    with pytest.raises(PersonNeeded):
        place_hold(OPERATOR, HoldWish(target=HoldTarget.CONTRACT, reference="HT-001", **WHY), archive=kept.archive)
    with pytest.raises(HoldFactMissing):
        hold(kept, HoldTarget.CONTRACT, "HT-001", authority=" ")
    placed = hold(kept, HoldTarget.CONTRACT, "HT-001")
    with pytest.raises(PlacedAlready):
        hold(kept, HoldTarget.CONTRACT, "HT-001")
    with pytest.raises(HoldFactMissing):
        release_hold(LAWYER, placed.id, reason="", authority="裁定", archive=kept.archive)
    release_hold(LAWYER, placed.id, reason="撤诉", authority="裁定", archive=kept.archive)
    with pytest.raises(HoldReleased):
        release_hold(LAWYER, placed.id, reason="撤诉", authority="裁定", archive=kept.archive)
    with pytest.raises(HoldNotFound):
        release_hold(LAWYER, 99, reason="撤诉", authority="裁定", archive=kept.archive)
    for actor in (CLERK, ADMINISTRATOR, person(Role.GENERAL_MANAGER, user_id=300)):
        with pytest.raises(ActionForbidden):
            place_hold(actor, HoldWish(target=HoldTarget.CONTRACT, reference="HT-001", **WHY), archive=kept.archive)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM hold",
        "UPDATE hold SET reason = '另一个'",
        "UPDATE hold SET released_by = 'x', released_at = NULL",
        "UPDATE hold SET subject_id = 99, released_at = '2026-03-02', released_by = 'x'",
    ],
)
def test_the_catalogue_itself_lets_nobody_forget_or_rewrite_a_hold(kept, statement):
    hold(kept, HoldTarget.CONTRACT, "HT-001")
    with pytest.raises(IntegrityError), kept.archive.begin() as work:
        work.connection.execute(text(statement))


def test_nobody_is_told_of_a_hold_on_what_he_may_not_know_of(kept):
    secret = lay_filed(
        kept.archive, Filed(customer_id=kept.customer_id, contract_id=kept.contract_id, facts={"grade": 1})
    )
    hold(kept, HoldTarget.ITEM, kept.id_of(secret))
    hold(kept, HoldTarget.CONTRACT, "HT-001")
    lesser = person(Role.LAWYER, user_id=210)
    found = list_holds(lesser, HoldFilter(), archive=kept.archive, limit=10)
    assert found.total == 1
    assert [shown.subject.label for shown in found.holds if shown.subject] == ["HT-001"]
    with pytest.raises(HoldNotFound):
        show_hold(lesser, 1, archive=kept.archive)
    assert show_hold(lesser, 2, archive=kept.archive)[1] == 2
    assert show_hold(LAWYER, 2, archive=kept.archive)[1] == 3
    with pytest.raises(SubjectNotFound):
        place_hold(lesser, HoldWish(target=HoldTarget.ITEM, reference=kept.id_of(secret), **WHY), archive=kept.archive)


def test_why_a_paper_is_held_is_told_to_those_who_work_with_holds(kept):
    hold(kept, HoldTarget.CONTRACT, "HT-001")
    paper = kept.id_of(kept.of_contract)
    (told,) = holds_of(LAWYER, HoldTarget.ITEM, paper, archive=kept.archive)
    (untold,) = holds_of(CLERK, HoldTarget.ITEM, paper, archive=kept.archive)
    assert told.is_told and told.hold.reason == "客户起诉"
    assert not untold.is_told and untold.hold.reason == "" and untold.hold.number == told.hold.number


def test_holds_are_journaled_with_their_reasons(kept):
    placed = hold(kept, HoldTarget.CONTRACT, "HT-001")
    release_hold(LAWYER, placed.id, reason="撤诉", authority="裁定", archive=kept.archive)
    with kept.archive.looking() as view:
        entries = list(view.journal.entries(newest_first=2))
    assert [(entry.action, entry.details["authority"]) for entry in entries] == [
        ("hold_released", "裁定"),
        ("hold_placed", "(2026)皖0104民初77号"),
    ]


def test_identity_numbers_in_reasons_and_matters_are_hidden_from_those_who_may_not_see_them(kept):
    number = "11010519491231002X"
    facts = DisputeFacts(number="ZY-1", title=f"与 {number} 的纠纷", opened_on=kept.archive.now().date())
    open_dispute(LAWYER, facts, archive=kept.archive)
    hold(kept, HoldTarget.DISPUTE, "ZY-1", reason=f"被执行人 {number}")
    manager = person(Role.GENERAL_MANAGER, clearance=1, user_id=301)
    for actor, sees in ((LAWYER, True), (manager, False)):
        shown, _ = show_hold(actor, 1, archive=kept.archive)
        _, disputes = list_disputes(actor, archive=kept.archive, limit=5)
        assert (number in shown.hold.reason) is sees
        assert shown.subject is not None and (number in shown.subject.label) is sees
        assert (number in disputes[0].facts.title) is sees
