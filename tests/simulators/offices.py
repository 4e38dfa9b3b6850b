"""A company whose people ask for papers, decide, and lend: one account for every office, and papers of every grade."""

from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.custody import NewAccount, add_user
from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.domain.department import Department
from dms.domain.item import Item
from dms.filing import register_customer
from simulators.archives import PASSWORD
from simulators.scanner import COMPANY_NAME, file_paper

SALES, WORKS = "销售一部", "工程部"
PEOPLE: tuple[tuple[str, Role, int, str | None], ...] = (
    ("xiao-li", Role.HANDLER, 3, SALES),
    ("xiao-chen", Role.HANDLER, 3, WORKS),
    ("sales-head", Role.DEPARTMENT_MANAGER, 2, SALES),
    ("works-head", Role.DEPARTMENT_MANAGER, 2, WORKS),
    ("in-charge", Role.MANAGER_IN_CHARGE, 1, None),
    ("general", Role.GENERAL_MANAGER, 1, None),
    ("keeper", Role.ARCHIVIST, 1, None),
    ("second-keeper", Role.ARCHIVIST, 1, None),
)
"""Sign-in name, role, clearance, and department; None for those who see the papers of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An archive with its people, its departments, and a few papers."""

    archive: Archive
    ordinary: Item
    """Grade 3, of the sales department's customer."""
    larger: Item
    """Grade 2, of the same customer."""
    secret: Item
    """Grade 1, of the same customer."""
    foreign: Item
    """Grade 3, of a customer of the works department."""

    def actor(self, name: str) -> Actor:
        """The person as he acts now, with what is granted to him at this moment."""
        with self.archive.looking() as view:
            user = view.users.with_name(name)
            assert user is not None
            granted = view.grants.in_force(user.id, at=self.archive.now())
        actor = user.actor(Origin.WEB)
        return Actor(
            user_id=actor.user_id, name=actor.name, roles=actor.roles, clearance=actor.clearance, origin=actor.origin,
            departments=actor.departments, granted_customers=granted.customers, granted_items=granted.items,
            customers_to_take=granted.customers_to_take, items_to_take=granted.items_to_take,
            home_department=actor.home_department,
        )  # fmt: skip


def found_company(archive: Archive) -> Company:
    """The people of `PEOPLE` with departments in the register, and four filed papers."""
    first, *_ = PEOPLE
    account = NewAccount(name=first[0], password=PASSWORD, roles=frozenset({first[1]}), clearance=first[2])
    ids = {first[0]: add_user(OPERATOR, account, archive=archive).id}
    with archive.begin() as work:
        kept = work.users.with_name(first[0])
        assert kept is not None
        for name, role, clearance, _ in PEOPLE[1:]:
            # Everybody has the same password: making its hash is what takes time.
            ids[name] = work.users.add(
                name=name, display_name=name, password_hash=kept.password_hash, roles=frozenset({role}),
                clearance=clearance,
            )  # fmt: skip
        for name, _, _, department in PEOPLE:
            work.users.set_departments(ids[name], frozenset({department}) if department else None)
        for name, _, _, department in PEOPLE:
            work.users.set_home_department(ids[name], department or "")
        for department, head in ((SALES, "sales-head"), (WORKS, "works-head")):
            stated = Department(id=0, name=department, head_id=ids[head], manager_in_charge_id=ids["in-charge"])
            work.departments.add(stated)
    facts = (("C0001", COMPANY_NAME, SALES), ("C0002", "合肥城建发展股份有限公司", WORKS))
    for code, name, department in facts:
        register_customer(OPERATOR, CustomerFacts(code=code, name=name, department=department), archive=archive)
    return Company(
        archive=archive,
        ordinary=_paper(archive, "采购合同", 3),
        larger=_paper(archive, "担保合同", 2),
        secret=_paper(archive, "股权质押合同", 1),
        foreign=_paper(archive, "施工合同", 3, customer_code="C0002"),
    )


def _paper(archive: Archive, title: str, grade: int, **changes: str) -> Item:
    stated = {"title": title, "contract_no": "", "doc_on": date(2025, 5, 18), "grade": grade}
    return file_paper(archive, f"{title}\n甲方将设备交付乙方使用。", **stated | changes)
