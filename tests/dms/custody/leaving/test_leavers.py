"""Whoever leaves hands over what was entrusted to him, with three signatures; his account stays open until then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from simulators.archives import PASSWORD

from dms.custody import (
    LastAdministrator,
    NewAccount,
    OwnAccount,
    SignInRefused,
    add_user,
    disable_user,
    enable_user,
    sign_in,
)
from dms.custody.leaving import (
    HandOverEnded,
    HandOverFactInvalid,
    HandOverNotFound,
    HandOverUnderWay,
    HandOverWish,
    HeldThingsLeft,
    ListOutdated,
    NotYoursToSign,
    SuccessorMayNotSee,
    close_account,
    draw_up_hand_over,
    duties,
    leaver_list,
    leaver_standing,
    list_hand_overs,
    show_hand_over,
    sign_hand_over,
    withdraw_hand_over,
)
from dms.custody.securing import Visit, begin_session, offer_factor, present_person
from dms.domain.actor import OPERATOR, ActionForbidden, Origin, Role
from dms.domain.appraisal import AppraisalCase, AppraisalState
from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import CustomerFacts
from dms.domain.department import Department
from dms.domain.leaving import HandOverRole, HandOverState, HeldKind, Passing
from dms.domain.printed import PrintAs
from dms.domain.transfer import TransferBatch, TransferState

DAY = date(2026, 3, 2)
WISH = HandOverWish(successor="zhao", reason="离职", leaves_on=date(2026, 3, 31))


def account(archive, name, *roles, display_name="", **stated):
    new = NewAccount(name=name, password=PASSWORD, roles=frozenset(roles), display_name=display_name, **stated)
    return add_user(OPERATOR, new, archive=archive).actor(Origin.WEB)


@pytest.fixture
def people(archive):
    """A handler who leaves, his successor, an archivist, a manager and an administrator."""
    return {
        "qian": account(archive, "qian", Role.HANDLER, display_name="钱进"),
        "zhao": account(archive, "zhao", Role.HANDLER, display_name="赵敏"),
        "sun": account(archive, "sun", Role.ARCHIVIST, display_name="孙立"),
        "zhou": account(archive, "zhou", Role.DEPARTMENT_MANAGER, display_name="周正"),
        "boss": account(archive, "boss", Role.ADMINISTRATOR),
    }


@pytest.fixture
def entrusted(archive, people):
    """What the handler holds: a customer, a running contract and a closed one, a hand-over, a saved search."""
    with archive.begin() as work:
        facts = CustomerFacts(code="C0001", name="远山商贸", custodian="钱进", department="销售部")
        customer = work.customers.add(facts, at=archive.now())
        work.customers.add(CustomerFacts(code="C0002", name="近水物流", custodian="赵敏"), at=archive.now())
        for number, state in (("HT-1", ContractState.RUNNING), ("HT-2", ContractState.PERFORMED)):
            stated = ContractFacts(
                number=number, title="采购合同", customer_id=customer.id, handler="qian", state=state
            )
            work.contracts.add(stated, number_folded=number)
        work.transfers.add(
            TransferBatch(
                id=0,
                number="",
                from_department="销售部",
                year=2026,
                from_person="钱进",
                rule_code="",
                begun_on=DAY,
                due_on=None,
            )
        )
        work.saved_searches.add(people["qian"], "违约", {"text": "违约金"}, found={1, 2}, at=archive.now())
    return people


def held(archive, name="qian"):
    return leaver_standing(OPERATOR, name, archive=archive).things


def sign_all(archive, people, hand_over_id):
    for name in ("qian", "zhao", "sun"):
        hand_over = sign_hand_over(people[name], hand_over_id, archive=archive)
    return hand_over


def test_everything_that_is_entrusted_to_a_person_is_found_under_either_of_his_names(archive, entrusted):
    assert [(thing.kind, thing.passing) for thing in held(archive)] == [
        (HeldKind.CUSTOMER, Passing.PASSES_ON),
        (HeldKind.CONTRACT, Passing.PASSES_ON),
        (HeldKind.TRANSFER, Passing.PASSES_ON),
        (HeldKind.SAVED_SEARCH, Passing.PASSES_ON),
    ]


def test_a_list_that_three_persons_signed_gives_everything_to_the_successor_at_once(archive, entrusted):
    drawn_up = draw_up_hand_over(entrusted["boss"], "qian", WISH, archive=archive)
    sign_hand_over(entrusted["qian"], drawn_up.id, archive=archive)
    sign_hand_over(entrusted["zhao"], drawn_up.id, archive=archive)
    assert len(held(archive)) == 4
    ended = sign_hand_over(entrusted["sun"], drawn_up.id, archive=archive)
    assert ended.state is HandOverState.SIGNED
    assert {each.role for each in ended.signatures} == set(HandOverRole)
    assert held(archive) == ()
    assert {thing.kind for thing in held(archive, "zhao")} == {each.kind for each in drawn_up.things}
    with archive.looking() as view:
        assert view.customers.with_code("C0001").facts.custodian == "赵敏"
        assert [each.facts.handler for each in view.contracts.all()] == ["赵敏", "qian"]
        search = view.saved_searches.named(entrusted["zhao"], "违约")
        assert view.saved_searches.last_look(search.id).found == frozenset()
        acts = [entry.action for entry in view.journal.entries()]
    assert acts.count("custody_hand_over_signed") == 3 and acts[-1] == "custody_handed_over"


def test_nobody_signs_twice_nor_without_a_place_under_the_list(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    sign_hand_over(entrusted["qian"], drawn_up.id, archive=archive)
    for signer in (entrusted["qian"], entrusted["boss"], entrusted["zhou"], OPERATOR):
        with pytest.raises(NotYoursToSign):
            sign_hand_over(signer, drawn_up.id, archive=archive)
    sign_hand_over(entrusted["sun"], drawn_up.id, archive=archive)
    with pytest.raises(NotYoursToSign):
        sign_hand_over(account(archive, "wu", Role.ARCHIVIST), drawn_up.id, archive=archive)


def test_a_manager_signs_for_a_leaver_who_is_not_there(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    for signer in ("zhao", "sun"):
        with pytest.raises(NotYoursToSign):
            sign_hand_over(entrusted[signer], drawn_up.id, for_the_leaver=True, archive=archive)
    sign_hand_over(entrusted["zhou"], drawn_up.id, for_the_leaver=True, archive=archive)
    with pytest.raises(NotYoursToSign):
        sign_hand_over(entrusted["qian"], drawn_up.id, archive=archive)
    sign_hand_over(entrusted["zhao"], drawn_up.id, archive=archive)
    assert sign_hand_over(entrusted["sun"], drawn_up.id, archive=archive).state is HandOverState.SIGNED


def test_a_list_that_is_no_longer_true_is_not_signed_and_is_drawn_up_anew(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    sign_hand_over(entrusted["qian"], drawn_up.id, archive=archive)
    with archive.begin() as work:
        work.customers.add(CustomerFacts(code="C0003", name="新客户", custodian="钱进"), at=archive.now())
    with pytest.raises(ListOutdated):
        sign_hand_over(entrusted["zhao"], drawn_up.id, archive=archive)
    with pytest.raises(HandOverUnderWay):
        draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    withdraw_hand_over(OPERATOR, drawn_up.id, archive=archive)
    with pytest.raises(HandOverEnded):
        sign_hand_over(entrusted["zhao"], drawn_up.id, archive=archive)
    assert len(draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive).things) == 5


def test_nothing_is_entrusted_to_somebody_who_may_not_know_of_it(archive, entrusted):
    account(archive, "li", Role.HANDLER, departments=frozenset({"工程部"}))
    with pytest.raises(SuccessorMayNotSee) as refusal:
        draw_up_hand_over(OPERATOR, "qian", HandOverWish(successor="li", reason="调岗", leaves_on=DAY), archive=archive)
    assert "C0001" in refusal.value.message.zh


@pytest.mark.parametrize(
    "wish",
    [
        HandOverWish(successor="zhao", reason=" ", leaves_on=DAY),
        HandOverWish(successor="qian", reason="离职", leaves_on=DAY),
        HandOverWish(successor="zhao", reason="离职", leaves_on=DAY - timedelta(days=1)),
    ],
    ids=["no reason", "to himself", "a day that is past"],
)
def test_a_list_that_means_nothing_is_refused(archive, entrusted, wish):
    with pytest.raises(HandOverFactInvalid):
        draw_up_hand_over(OPERATOR, "qian", wish, archive=archive)


def test_only_those_concerned_read_a_list(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    stranger = account(archive, "li", Role.HANDLER)
    elsewhere = account(archive, "wei", Role.ARCHIVIST, departments=frozenset({"工程部"}))
    for reader in (stranger, elsewhere):
        with pytest.raises(HandOverNotFound):
            show_hand_over(reader, drawn_up.id, archive=archive)
    with pytest.raises(NotYoursToSign):
        sign_hand_over(elsewhere, drawn_up.id, archive=archive)
    for name in ("qian", "zhao", "sun", "zhou", "boss"):
        assert show_hand_over(entrusted[name], drawn_up.id, archive=archive).missing == tuple(HandOverRole)
    assert list_hand_overs(stranger, limit=10, archive=archive) == (0, ())
    assert list_hand_overs(entrusted["zhao"], limit=10, archive=archive)[0] == 1
    with pytest.raises(ActionForbidden):
        leaver_standing(stranger, "qian", archive=archive)
    assert leaver_standing(stranger, "li", archive=archive).things == ()


def test_signatures_that_are_missing_are_owed_by_those_who_give_them(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    sign_hand_over(entrusted["qian"], drawn_up.id, archive=archive)
    with archive.looking() as view:
        owed = [(each.person, each.role, each.due_on) for each in duties(view, on=DAY)]
    assert owed == [("zhao", None, WISH.leaves_on), ("", Role.ARCHIVIST, WISH.leaves_on)]


def test_an_account_is_not_closed_while_its_owner_holds_anything_and_the_refusal_names_it(archive, entrusted):
    with pytest.raises(HeldThingsLeft) as refusal:
        close_account(OPERATOR, "qian", archive=archive)
    assert "C0001" in refusal.value.message.zh and "HT-1" in refusal.value.message.en
    assert sign_in("qian", PASSWORD, archive=archive).name == "qian"


def test_what_is_handed_over_but_not_accepted_and_what_one_heads_is_settled_first(archive, entrusted):
    with archive.begin() as work:
        (batch,) = work.custodianships.transfers_of({"钱进"})
        work.transfers.change(replace(batch, state=TransferState.HANDED_OVER))
        work.departments.add(Department(id=0, name="销售部", head_id=entrusted["qian"].user_id))
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    sign_all(archive, entrusted, drawn_up.id)
    assert [thing.kind for thing in held(archive)] == [HeldKind.TRANSFER, HeldKind.DEPARTMENT]
    with pytest.raises(HeldThingsLeft):
        close_account(OPERATOR, "qian", archive=archive)


def test_what_waits_for_this_very_person_keeps_his_account_open(archive, people):
    with archive.begin() as work:
        case = AppraisalCase(
            id=0,
            number="",
            title="2026 年到期资料",
            state=AppraisalState.CONSIDERING,
            chair="zhou",
            members=("zhou", "sun"),
            begun_by="sun",
            begun_at=archive.now(),
        )
        work.appraisals.add(case)
    (waiting,) = held(archive, "zhou")
    assert (waiting.kind, waiting.passing) == (HeldKind.DUTY, Passing.TO_SETTLE)
    with pytest.raises(HeldThingsLeft):
        close_account(OPERATOR, "zhou", archive=archive)
    assert held(archive, "sun") == ()


def test_a_closed_account_opens_by_nothing_it_ever_had(archive, entrusted):
    user = sign_in("qian", PASSWORD, archive=archive)
    token = begin_session(user, Visit(address="", device=""), means="password", archive=archive)
    offer_factor(entrusted["qian"], archive=archive)
    sign_all(archive, entrusted, draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive).id)
    closed = close_account(entrusted["boss"], "qian", archive=archive)
    assert closed.disabled and closed.closed_at == archive.now()
    assert present_person(token, "", archive=archive) is None
    with archive.looking() as view:
        assert view.second_factors.get(closed.id) is None
    enable_user(OPERATOR, "qian", archive=archive)
    with pytest.raises(SignInRefused):
        sign_in("qian", PASSWORD, archive=archive)


def test_nobody_closes_his_own_account_nor_that_of_the_last_administrator(archive, people):
    with pytest.raises(OwnAccount):
        close_account(people["boss"], "boss", archive=archive)
    disable_user(OPERATOR, "boss", archive=archive)
    with pytest.raises(LastAdministrator):
        close_account(OPERATOR, "admin", archive=archive)


def test_the_list_comes_on_paper_and_as_a_spreadsheet(archive, entrusted):
    drawn_up = draw_up_hand_over(OPERATOR, "qian", WISH, archive=archive)
    assert leaver_list(entrusted["sun"], drawn_up.id, PrintAs.PDF, archive=archive).startswith(b"%PDF")
    assert leaver_list(entrusted["sun"], drawn_up.id, PrintAs.XLSX, archive=archive).startswith(b"PK")
