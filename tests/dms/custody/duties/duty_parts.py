"""The people and papers that the tests of duties begin with."""

from dataclasses import dataclass
from datetime import date

from simulators.archives import ObedientClock
from simulators.filed_papers import Filed, add_customer, lay_filed

from dms.archive import Archive
from dms.domain.actor import Actor, Origin, Role
from dms.domain.department import Department

SALES, SUPPLY = "销售部", "采购部"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who works here, by what they are."""

    clerk: Actor
    """Of the sales department."""
    buyer: Actor
    """The clerk of the other department."""
    head: Actor
    """Of the sales department."""
    in_charge: Actor
    archivist: Actor


def add_person(
    archive: Archive, name: str, *roles: Role, departments: tuple[str, ...] | None = None, clearance: int = 3
) -> Actor:
    with archive.begin() as work:
        user_id = work.users.add(
            name=name,
            display_name=name,
            password_hash="none",
            roles=frozenset(roles),
            clearance=clearance,
            departments=None if departments is None else frozenset(departments),
        )
        return work.users.get(user_id).actor(Origin.WEB)


def add_staff(archive: Archive) -> Staff:
    staff = Staff(
        clerk=add_person(archive, "小王", Role.CLERK, departments=(SALES,)),
        buyer=add_person(archive, "小李", Role.CLERK, departments=(SUPPLY,)),
        head=add_person(archive, "张经理", Role.DEPARTMENT_MANAGER, departments=(SALES,)),
        in_charge=add_person(archive, "陈总", Role.MANAGER_IN_CHARGE),
        archivist=add_person(archive, "老周", Role.ARCHIVIST, clearance=1),
    )
    with archive.begin() as work:
        work.departments.add(
            Department(id=0, name=SALES, head_id=staff.head.user_id, manager_in_charge_id=staff.in_charge.user_id)
        )
    return staff


def add_licence(archive: Archive, valid_to_on: date, *, code: str = "C0001", **facts: object) -> str:
    """The id of the licence of a new customer of the sales department."""
    customer_id = add_customer(archive, code, f"客户{code}", department=SALES)
    key = lay_filed(
        archive,
        Filed(
            customer_id=customer_id, type_code="licence", title="营业执照", facts={"valid_to_on": valid_to_on} | facts
        ),
    )
    with archive.looking() as view:
        return view.items.get(key).id


def on_day(clock: ObedientClock, day: date) -> None:
    """Put the clock to nine in the morning of a day."""
    here = clock.now().astimezone()
    clock.advance(here.replace(year=day.year, month=day.month, day=day.day, hour=9) - here)
