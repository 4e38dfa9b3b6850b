"""Title documents laid into a safe step by step, by the people who do so in a company."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dms.archive import Archive
from dms.custody.titles import (
    LineChecked,
    SlipStated,
    TitleRequestStated,
    TitleStated,
    begin_slip,
    check_titles,
    close_safe,
    hand_titles_over,
    list_title,
    open_safe,
    put_in,
    request_title,
    show_slip,
    sign_checked,
    take_titles_over,
)
from dms.domain.actor import OPERATOR, Actor, Role
from dms.domain.location import Location, LocationKind
from dms.domain.title_document import TitleDocument, TitleFacts
from dms.domain.title_request import TitleRequest, TitleUse
from dms.domain.title_slip import LineCheck, TitleSlip
from simulators.people import person
from simulators.scanner import add_customer

HANDLER = replace(person(Role.HANDLER, user_id=201), name="jingban")
CHECKER = replace(person(Role.ARCHIVIST, user_id=202), name="dangan")
KEEPER = replace(person(Role.CUSTODIAN, user_id=203), name="quanzheng")
WITNESS = replace(person(Role.CLERK, user_id=204), name="jianzheng")
CHIEF = replace(person(Role.GENERAL_MANAGER, user_id=205), name="zongjingli")
DEPUTY = replace(person(Role.MANAGER_IN_CHARGE, user_id=206), name="fenguan")

DEED = TitleFacts(
    kind_code="customer_property",
    name="不动产权证书",
    certificate_no="皖（2024）合肥市不动产权第0012345号",
    right_holder="合肥远山商贸有限公司",
    quantity=2,
    value=Decimal("3600000.00"),
    issuer="合肥市自然资源和规划局",
    issued_on=date(2024, 3, 18),
)
PLEDGE = TitleFacts(
    kind_code="equity_pledge",
    name="股权出质设立登记通知书",
    certificate_no="（皖）股质登记设字[2025]第0088号",
    right_holder="王建国",
)
AGREES = LineCheck(name=True, number=True, quantity=True)


def add_safe(archive: Archive, code: str = "BX1", name: str = "一号保险柜") -> Location:
    """A safe among the places."""
    with archive.begin() as work:
        return work.locations.add(Location(id=0, parent_id=None, kind=LocationKind.SAFE, code=code, name=name))


def draft(archive: Archive, *facts: TitleFacts, by: Actor = HANDLER) -> TitleSlip:
    """A slip that lists these, not signed by anybody."""
    with archive.looking() as view:
        known = view.customers.with_code("C0001")
    if known is None:
        add_customer(archive)
    slip = begin_slip(by, SlipStated(customer_code="C0001", from_department="销售部"), archive=archive)
    for each in facts or (DEED,):
        list_title(by, slip.id, TitleStated(facts=each), archive=archive)
    return slip


def check_all(archive: Archive, slip: int | str, by: Actor, found: LineCheck = AGREES) -> None:
    """One party finds the same of every line."""
    lines = show_slip(OPERATOR, slip, archive=archive).lines
    check_titles(by, slip, [LineChecked(line_id=line.id, check=found) for line in lines], archive=archive)


def taken_over(archive: Archive, *facts: TitleFacts, safe: str = "BX1") -> list[TitleDocument]:
    """Title documents on the ledger, waiting for the safe."""
    slip = draft(archive, *facts)
    hand_titles_over(HANDLER, slip.id, archive=archive)
    check_all(archive, slip.id, CHECKER)
    sign_checked(CHECKER, slip.id, archive=archive)
    check_all(archive, slip.id, KEEPER)
    return take_titles_over(KEEPER, slip.id, safe, archive=archive)


def in_safe(archive: Archive, *facts: TitleFacts) -> list[TitleDocument]:
    """Title documents that lie in the safe BX1, which is locked."""
    with archive.looking() as view:
        known = view.locations.with_code("BX1")
    if known is None:
        add_safe(archive)
    titles = taken_over(archive, *facts)
    open_safe(KEEPER, WITNESS, "BX1", "存入新收权证", archive=archive)
    for title in titles:
        put_in(KEEPER, title.id, archive=archive)
    close_safe(KEEPER, WITNESS, "BX1", archive=archive)
    with archive.looking() as view:
        return [view.titles.get(title.id) for title in titles]


def asked(archive: Archive, title: int, use: TitleUse = TitleUse.OUTSIDE, **changes: object) -> TitleRequest:
    """A request of the handler, waiting for its decision."""
    stated = {"use": use, "purpose": "到登记中心办理变更", "due_on": date(2026, 3, 6)} | changes
    return request_title(HANDLER, title, TitleRequestStated(**stated), archive=archive)
