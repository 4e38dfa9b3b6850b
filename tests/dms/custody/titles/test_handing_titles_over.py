"""Title documents are handed over by three persons who each have looked at name, number and quantity."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.people import AUDITOR, LAWYER, person
from simulators.scanner import add_customer, file_paper
from simulators.title_documents import (
    AGREES,
    CHECKER,
    DEED,
    HANDLER,
    KEEPER,
    PLEDGE,
    add_safe,
    check_all,
    draft,
    taken_over,
)

from dms.archive import CustomerNotFound
from dms.custody.titles import (
    LineChecked,
    SafeNotFound,
    SlipStated,
    TitleFactInvalid,
    TitleKindUnknown,
    TitleLineNotThere,
    TitleListedAlready,
    TitleReasonMissing,
    TitleSignatureNeedsPerson,
    TitleSignedTwice,
    TitleSlipDisagrees,
    TitleSlipEmpty,
    TitleSlipNotFound,
    TitleSlipStateUnfit,
    TitleStated,
    begin_slip,
    check_titles,
    hand_titles_over,
    list_slips,
    list_title,
    return_titles,
    show_slip,
    show_title,
    sign_checked,
    slip_digest,
    take_titles_over,
    unlist_title,
    withdraw_slip,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.title_document import TitleState
from dms.domain.title_slip import SlipRole, SlipState

SALES = SlipStated(customer_code="C0001", from_department="销售部")


def test_a_slip_goes_through_three_hands_and_onto_the_ledger(archive):
    add_safe(archive)
    slip = draft(archive, DEED, PLEDGE)
    assert slip.due_on == date(2026, 3, 3)
    handed = hand_titles_over(HANDLER, slip.id, archive=archive)
    assert handed.number == "QZYJ-2026-0001"
    assert handed.list_digest == slip_digest(handed, show_slip(OPERATOR, slip.id, archive=archive).lines)
    check_all(archive, slip.id, CHECKER)
    sign_checked(CHECKER, "QZYJ-2026-0001", archive=archive)
    check_all(archive, slip.id, KEEPER)
    first, second = take_titles_over(KEEPER, slip.id, "BX1", archive=archive)
    assert (first.number, second.number) == ("QZ-2026-0001", "QZ-2026-0002")
    assert (first.state, first.balance) == (TitleState.AWAITED, 0)
    shown = show_slip(CHECKER, slip.id, archive=archive)
    assert [each.role for each in shown.slip.signatures] == list(SlipRole)
    assert [each.user_name for each in shown.slip.signatures] == ["jingban", "dangan", "quanzheng"]
    assert [title.number for title in shown.titles] == ["QZ-2026-0001", "QZ-2026-0002"]


def test_nobody_signs_before_every_line_agrees(archive):
    add_safe(archive)
    slip = draft(archive, DEED, PLEDGE)
    hand_titles_over(HANDLER, slip.id, archive=archive)
    with pytest.raises(TitleSlipDisagrees) as caught:
        sign_checked(CHECKER, slip.id, archive=archive)
    assert "未核对 2 项" in caught.value.what.zh
    check_all(archive, slip.id, CHECKER, replace(AGREES, quantity=False, difference="只有 1 份"))
    with pytest.raises(TitleSlipDisagrees) as caught:
        sign_checked(CHECKER, slip.id, archive=archive)
    assert "不相符 2 项" in caught.value.what.zh
    with pytest.raises(TitleSlipStateUnfit):
        take_titles_over(KEEPER, slip.id, "BX1", archive=archive)


def test_what_does_not_agree_goes_back_is_corrected_and_is_signed_anew(archive):
    slip = draft(archive)
    number = hand_titles_over(HANDLER, slip.id, archive=archive).number
    check_all(archive, slip.id, CHECKER, replace(AGREES, number=False))
    with pytest.raises(TitleReasonMissing):
        return_titles(CHECKER, slip.id, " ", archive=archive)
    returned = return_titles(CHECKER, slip.id, "权证号少一位", archive=archive)
    assert (returned.state, returned.signatures) == (SlipState.RETURNED, ())
    (line,) = show_slip(HANDLER, slip.id, archive=archive).lines
    unlist_title(HANDLER, slip.id, line.id, archive=archive)
    list_title(HANDLER, slip.id, TitleStated(facts=PLEDGE), archive=archive)
    again = hand_titles_over(HANDLER, slip.id, archive=archive)
    assert again.number == number
    (line,) = show_slip(HANDLER, slip.id, archive=archive).lines
    assert line.checker is None


def test_the_three_parties_are_three_persons(archive):
    add_safe(archive)
    everything = person(Role.ARCHIVIST, Role.CUSTODIAN, Role.HANDLER, user_id=300)
    slip = draft(archive, by=everything)
    hand_titles_over(everything, slip.id, archive=archive)
    with pytest.raises(TitleSignedTwice):
        check_all(archive, slip.id, everything)
    check_all(archive, slip.id, CHECKER)
    sign_checked(CHECKER, slip.id, archive=archive)
    check_all(archive, slip.id, KEEPER)
    with pytest.raises(TitleSignedTwice):
        take_titles_over(everything, slip.id, "BX1", archive=archive)


def test_the_operator_of_the_machine_signs_nothing(archive):
    add_customer(archive)
    with pytest.raises(TitleSignatureNeedsPerson):
        begin_slip(OPERATOR, SALES, archive=archive)
    slip = draft(archive)
    with pytest.raises(TitleSignatureNeedsPerson):
        hand_titles_over(OPERATOR, slip.id, archive=archive)


def test_a_certificate_is_in_our_hands_once(archive):
    add_safe(archive)
    slip = draft(archive)
    with pytest.raises(TitleListedAlready):
        list_title(HANDLER, slip.id, TitleStated(facts=DEED), archive=archive)
    withdraw_slip(HANDLER, slip.id, "重复", archive=archive)
    taken_over(archive, DEED)
    with pytest.raises(TitleListedAlready):
        draft(archive, DEED)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, TitleFactInvalid),
        ({"certificate_no": ""}, TitleFactInvalid),
        ({"right_holder": ""}, TitleFactInvalid),
        ({"name": "证" * 101}, TitleFactInvalid),
        ({"quantity": 0}, TitleFactInvalid),
        ({"quantity": 1001}, TitleFactInvalid),
        ({"kind_code": "gold"}, TitleKindUnknown),
    ],
)
def test_what_cannot_be_a_title_document_is_not_listed(archive, changes, refusal):
    slip = draft(archive, PLEDGE)
    with pytest.raises(refusal):
        list_title(HANDLER, slip.id, TitleStated(facts=replace(DEED, **changes)), archive=archive)


def test_a_slip_without_lines_is_not_handed_over(archive):
    add_customer(archive)
    slip = begin_slip(HANDLER, SALES, archive=archive)
    with pytest.raises(TitleSlipEmpty):
        hand_titles_over(HANDLER, slip.id, archive=archive)
    with pytest.raises(TitleLineNotThere):
        unlist_title(HANDLER, slip.id, 7, archive=archive)
    with pytest.raises(TitleSlipStateUnfit):
        check_titles(CHECKER, slip.id, [LineChecked(line_id=1, check=AGREES)], archive=archive)


def test_a_slip_names_a_customer_a_department_and_a_contract_that_are_there(archive):
    add_customer(archive)
    with pytest.raises(CustomerNotFound):
        begin_slip(HANDLER, replace(SALES, customer_code="C9999"), archive=archive)
    with pytest.raises(TitleFactInvalid):
        begin_slip(HANDLER, replace(SALES, from_department=""), archive=archive)
    with pytest.raises(TitleFactInvalid):
        begin_slip(HANDLER, replace(SALES, contract_no="HT-0"), archive=archive)


def test_the_scan_of_a_title_document_is_shown_to_who_may_see_it(archive):
    add_safe(archive)
    add_customer(archive)
    scan = file_paper(archive, "不动产权证书", grade=2)
    slip = begin_slip(CHECKER, SALES, archive=archive)
    cleared = replace(CHECKER, clearance=1, user_id=210, name="midang")
    list_title(cleared, slip.id, TitleStated(facts=DEED, item_id=scan.id), archive=archive)
    giver = replace(cleared, user_id=211, name="yijiao")
    hand_titles_over(giver, slip.id, archive=archive)
    check_all(archive, slip.id, cleared)
    sign_checked(cleared, slip.id, archive=archive)
    check_all(archive, slip.id, KEEPER)
    (title,) = take_titles_over(KEEPER, slip.id, "BX1", archive=archive)
    assert show_title(cleared, title.id, archive=archive).item_id == scan.id
    assert show_title(KEEPER, title.id, archive=archive).item_id is None


def test_a_slip_of_another_department_is_not_there(archive):
    slip = draft(archive)
    with archive.begin() as work:
        customer = work.customers.with_code("C0001")
        work.customers.change(customer.id, replace(customer.facts, department="采购部"))
    stranger = replace(HANDLER, departments=frozenset({"销售部"}), user_id=220)
    with pytest.raises(TitleSlipNotFound):
        show_slip(stranger, slip.id, archive=archive)
    assert list_slips(stranger, archive=archive).total == 0
    assert list_slips(HANDLER, archive=archive).total == 1


@pytest.mark.parametrize("named", [0, 99, 2**70, "QZYJ-2026-0001", "99999999999999999999", "无"])
def test_a_slip_that_is_not_there_is_refused(archive, named):
    with pytest.raises(TitleSlipNotFound):
        show_slip(CHECKER, named, archive=archive)


def test_only_custodians_take_over_and_only_into_a_safe(archive):
    slip = draft(archive)
    with pytest.raises(ActionForbidden):
        take_titles_over(CHECKER, slip.id, "BX1", archive=archive)
    with pytest.raises(ActionForbidden):
        hand_titles_over(LAWYER, slip.id, archive=archive)
    with pytest.raises(ActionForbidden):
        show_slip(AUDITOR, slip.id, archive=archive)
    hand_titles_over(HANDLER, slip.id, archive=archive)
    check_all(archive, slip.id, CHECKER)
    sign_checked(CHECKER, slip.id, archive=archive)
    check_all(archive, slip.id, KEEPER)
    with pytest.raises(SafeNotFound):
        take_titles_over(KEEPER, slip.id, "BX1", archive=archive)
