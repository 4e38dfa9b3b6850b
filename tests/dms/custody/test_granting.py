"""Access is granted for a reason, until a day, by another person, and the journal tells all of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from simulators.archives import PASSWORD
from simulators.people import ADMINISTRATOR, ARCHIVIST
from simulators.scanner import COMPANY_NAME, file_paper, scan

from dms.archive import CustomerNotFound, ItemNotFound
from dms.custody import (
    AccessAlreadyGranted,
    GrantFactInvalid,
    GrantNotFound,
    GrantWish,
    NewAccount,
    OwnRights,
    UserNotFound,
    acting_user,
    add_user,
    departments_in_use,
    end_grant,
    grant_access,
    grants_in_force,
    grants_of,
    item_facts,
    set_departments,
    sign_in,
)
from dms.custody.securing import Visit, begin_session, present_person
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.filing import customer_overview, list_customers, register_customer

TODAY = date(2026, 3, 2)
WISH = GrantWish(customer_code="C0001", reason="审批 2026-17")


@pytest.fixture
def wang(archive):
    """A clerk who sees the customers of sales, in an archive with one customer, of engineering."""
    register_customer(OPERATOR, CustomerFacts(code="C0001", name=COMPANY_NAME, department="工程部"), archive=archive)
    account = NewAccount(
        name="wang", password=PASSWORD, roles=frozenset({Role.CLERK}), departments=frozenset({"销售部"})
    )
    return add_user(ADMINISTRATOR, account, archive=archive)


def acting(archive) -> Actor:
    return acting_user("wang", archive=archive).actor(Origin.WEB)


def customers_seen(archive) -> list[str]:
    return [customer.code for customer in list_customers(acting(archive), archive=archive).customers]


def journaled(archive, action) -> list[tuple[str, str, dict]]:
    with archive.looking() as view:
        return [
            (each.actor, each.subject, dict(each.details)) for each in view.journal.entries() if each.action == action
        ]


def test_departments_hold_from_the_next_thing_a_person_does(archive, wang):
    assert customers_seen(archive) == []
    user = set_departments(ADMINISTRATOR, "wang", frozenset({" 工程部 ", ""}), archive=archive)
    assert user.departments == {"工程部"} and not user.password_hash
    assert customers_seen(archive) == ["C0001"]
    set_departments(ADMINISTRATOR, "wang", None, archive=archive)
    assert acting(archive).departments is None
    told = [details["departments"] for _, _, details in journaled(archive, "departments_set")]
    assert told == ["工程部", "*"]


def test_a_granted_customer_is_open_until_the_grant_is_ended(archive, wang):
    grant = grant_access(ADMINISTRATOR, "wang", WISH, archive=archive)
    assert (grant.reason, grant.granted_by, grant.granted_at) == ("审批 2026-17", "administrator", archive.now())
    assert customers_seen(archive) == ["C0001"]
    assert grants_in_force(ADMINISTRATOR, archive=archive) == {wang.id: 1}
    ended = end_grant(ADMINISTRATOR, grant.id, archive=archive)
    assert ended.ended_at == archive.now()
    assert customers_seen(archive) == []
    (shown,) = grants_of(ADMINISTRATOR, "wang", archive=archive).grants
    assert (shown.customer_code, shown.customer_name, shown.item_id, shown.in_force) == (
        "C0001",
        COMPANY_NAME,
        None,
        False,
    )
    told = {"grant": "1", "uses": "look", "customer_code": "C0001"}
    assert journaled(archive, "access_granted") == [("administrator", "wang", told | {"reason": "审批 2026-17"})]
    assert journaled(archive, "access_ended") == [("administrator", "wang", told)]


def test_ending_twice_is_journaled_once(archive, wang):
    grant = grant_access(ADMINISTRATOR, "wang", WISH, archive=archive)
    ended = end_grant(ADMINISTRATOR, grant.id, archive=archive)
    assert end_grant(ADMINISTRATOR, grant.id, archive=archive) == ended
    assert len(journaled(archive, "access_ended")) == 1


def test_a_granted_paper_is_open_whatever_its_grade_and_its_customer_is_known(archive, wang):
    item = file_paper(archive, "绝密合同", grade=1)
    other = scan(archive, "另一份合同", customer_code="C0001")
    with pytest.raises(ItemNotFound):
        item_facts(acting(archive), item.id, archive=archive)
    grant_access(ADMINISTRATOR, "wang", GrantWish(item_id=item.id, reason="核对"), archive=archive)
    assert item_facts(acting(archive), item.id, archive=archive).id == item.id
    seen = customer_overview(acting(archive), "C0001", archive=archive)
    assert (seen.counts, seen.in_tray) == ({("3", 2024): 1}, 0)
    with pytest.raises(ItemNotFound):
        item_facts(acting(archive), other.id, archive=archive)


def test_a_grant_lapses_behind_its_last_day_in_every_door(archive, wang, clock):
    grant_access(ADMINISTRATOR, "wang", replace(WISH, until_on=TODAY), archive=archive)
    token = begin_session(wang, Visit(address="", device=""), means="password", archive=archive)
    in_session = present_person(token, "", archive=archive)
    assert in_session.user.granted == acting_user("wang", archive=archive).granted
    assert customers_seen(archive) == ["C0001"]
    clock.advance(timedelta(days=1))
    assert customers_seen(archive) == []
    assert not acting_user("wang", archive=archive).granted.customers
    grant_access(ADMINISTRATOR, "wang", WISH, archive=archive)
    assert len(grants_of(ADMINISTRATOR, "wang", archive=archive).grants) == 2


def test_the_same_is_not_granted_twice_at_once(archive, wang):
    grant_access(ADMINISTRATOR, "wang", WISH, archive=archive)
    with pytest.raises(AccessAlreadyGranted):
        grant_access(ADMINISTRATOR, "wang", WISH, archive=archive)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (replace(WISH, reason=" \n"), GrantFactInvalid),
        (replace(WISH, until_on=TODAY - timedelta(days=1)), GrantFactInvalid),
        (replace(WISH, item_id="abc"), GrantFactInvalid),
        (replace(WISH, customer_code=""), GrantFactInvalid),
        (replace(WISH, customer_code="C0009"), CustomerNotFound),
        (replace(WISH, customer_code="客户"), CustomerNotFound),
        (replace(WISH, customer_code="", item_id="ff" * 10), ItemNotFound),
    ],
)
def test_what_cannot_be_granted_is_refused_and_nothing_is_written(archive, wang, wish, refusal):
    with pytest.raises(refusal):
        grant_access(ADMINISTRATOR, "wang", wish, archive=archive)
    assert grants_of(ADMINISTRATOR, "wang", archive=archive).grants == ()
    assert journaled(archive, "access_granted") == []


def test_nobody_decides_on_what_he_himself_may_see(archive, wang):
    admin = sign_in("admin", PASSWORD, archive=archive).actor(Origin.WEB)
    grant = grant_access(OPERATOR, "admin", WISH, archive=archive)
    for own in (
        lambda: grant_access(admin, "ADMIN", WISH, archive=archive),
        lambda: set_departments(admin, "admin", None, archive=archive),
        lambda: end_grant(admin, grant.id, archive=archive),
    ):
        with pytest.raises(OwnRights):
            own()
    assert grants_of(admin, "admin", archive=archive).grants[0].in_force


def test_who_or_what_does_not_exist_is_named(archive, wang):
    with pytest.raises(UserNotFound):
        grant_access(ADMINISTRATOR, "nobody", WISH, archive=archive)
    with pytest.raises(GrantNotFound):
        end_grant(ADMINISTRATOR, 9, archive=archive)
    assert acting_user("nobody", archive=archive) is None


def test_the_departments_in_use_are_those_of_customers_and_of_people(archive, wang):
    assert departments_in_use(ADMINISTRATOR, archive=archive) == ["工程部", "销售部"]


def test_only_who_manages_accounts_decides(archive, wang):
    for act in (
        lambda: grant_access(ARCHIVIST, "wang", WISH, archive=archive),
        lambda: end_grant(ARCHIVIST, 1, archive=archive),
        lambda: set_departments(ARCHIVIST, "wang", None, archive=archive),
        lambda: grants_of(ARCHIVIST, "wang", archive=archive),
        lambda: grants_in_force(ARCHIVIST, archive=archive),
        lambda: departments_in_use(ARCHIVIST, archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            act()
