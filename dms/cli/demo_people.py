"""The sample people of ``dms demo``: an account for every role, departments, and two affairs that wait for somebody."""

from dms.archive import Archive
from dms.custody import NewAccount, UserNameTaken, acting_user, add_user, tidy_departments
from dms.custody.entitling import (
    DepartmentNameTaken,
    DepartmentWish,
    add_department,
    change_department,
    set_home_department,
)
from dms.custody.keeping import HoldWish, place_hold
from dms.custody.lending import RequestStated, ask_for_use
from dms.demo import DemoPerson, demo_departments, demo_people
from dms.domain.actor import Actor, Origin, Role
from dms.domain.hold import HoldTarget
from dms.domain.lending import UseKind
from dms.filing import ItemWish, list_items

ASKER, ASKS_OF = "liqiang", "C0003"
LAWYER, HELD = "sunjing", "C0002"


def settle_people(actor: Actor, password: str, *, archive: Archive) -> tuple[DemoPerson, ...]:
    """The sample people, each with this password; whoever has an account already keeps it as it is."""
    for department in demo_departments():
        _add_department(actor, department.name, archive)
    newcomers = [person for person in demo_people() if _add_person(actor, person, password, archive)]
    for department in demo_departments() if newcomers else ():
        wish = DepartmentWish(
            name=department.name, head=department.head, manager_in_charge=department.manager_in_charge
        )
        change_department(actor, wish, archive=archive)
    if any(person.name == ASKER for person in newcomers):
        _begin_affairs(archive)
    return demo_people()


def _add_department(actor: Actor, name: str, archive: Archive) -> None:
    try:
        add_department(actor, DepartmentWish(name=name), archive=archive)
    except DepartmentNameTaken:
        return


def _add_person(actor: Actor, person: DemoPerson, password: str, archive: Archive) -> bool:
    account = NewAccount(
        name=person.name,
        display_name=person.display_name,
        password=password,
        roles=frozenset({Role(person.role)}),
        clearance=person.clearance,
        departments=tidy_departments([person.department]) if person.department else None,
    )
    try:
        add_user(actor, account, archive=archive)
    except UserNameTaken:
        return False
    if person.department:
        set_home_department(actor, person.name, person.department, archive=archive)
    return True


def _begin_affairs(archive: Archive) -> None:
    """One request that waits for the department manager, and one hold."""
    asker, lawyer = _acting(ASKER, archive), _acting(LAWYER, archive)
    wanted = ItemWish(customer_code=ASKS_OF, limit=1)
    for item in list_items(asker, wanted, archive=archive).items:
        stated = RequestStated(kind=UseKind.ORIGINAL, purpose="与承运方核对运费结算条款", papers=(item.id,))
        ask_for_use(asker, stated, archive=archive)
    wish = HoldWish(
        target=HoldTarget.CUSTOMER,
        reference=HELD,
        reason="货款争议，对方已来函主张抵销，可能起诉",
        authority="法务部 法函〔2026〕12号",
    )
    place_hold(lawyer, wish, archive=archive)


def _acting(name: str, archive: Archive) -> Actor:
    user = acting_user(name, archive=archive)
    if user is None:
        raise LookupError(name)
    return user.actor(Origin.COMMAND_LINE)
