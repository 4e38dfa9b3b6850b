"""One archive with a paper of every kind, and a person of every kind, for asking the policy cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from argon2 import PasswordHasher

from dms.archive import Archive
from dms.custody import acting_user
from dms.domain.access import GrantedUse
from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState
from dms.domain.policy import PolicyPaper
from dms.filing import register_customer
from dms.store import UnitOfWork
from simulators.archives import PASSWORD
from simulators.scanner import file_paper, hand_in, read_everything

OWN, OTHER = "销售部", "工程部"
CUSTOMERS = {"": "C0001", OWN: "C0002", OTHER: "C0003"}
GRADES = (1, 2, 3)
WORD = "盟约"
"""Stands in every paper."""
STATES = (ItemState.REVIEW, ItemState.FILED, ItemState.WITHDRAWN, ItemState.DESTROYED)
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of the archive, with what the policy asks of it."""

    id: str
    facts: PolicyPaper

    @property
    def name(self) -> str:
        """Its kind, for a message."""
        kind = "storage only" if self.facts.storage_only else self.facts.state.value
        return f"grade {self.facts.grade}, {self.facts.department or 'whole company'}, {kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The archive, its papers, and the names of its people."""

    archive: Archive
    papers: tuple[Paper, ...]
    people: tuple[str, ...]

    def actor(self, name: str, origin: Origin = Origin.WEB) -> Actor:
        """The person as he may act now."""
        user = acting_user(name, archive=self.archive)
        assert user is not None
        return user.actor(origin)


def peopled(archive: Archive) -> World:
    """The archive with papers of every grade, department and state, and three people in every role."""
    for department, code in CUSTOMERS.items():
        facts = CustomerFacts(code=code, name=f"芜湖{code}机械有限公司", department=department)
        register_customer(OPERATOR, facts, archive=archive)
    papers = tuple(_papers(archive))
    with archive.begin() as work:
        people = tuple(_people(papers, archive=archive, work=work))
    return World(archive=archive, papers=papers, people=people)


def _papers(archive: Archive) -> Iterator[Paper]:
    for grade, department in product(GRADES, CUSTOMERS):
        for state in STATES:
            yield _paper(archive, grade, department, state)
        yield _paper(archive, grade, department, ItemState.FILED, storage_only=True)


def _paper(archive: Archive, grade: int, department: str, state: ItemState, *, storage_only: bool = False) -> Paper:
    code = CUSTOMERS[department]
    text = f"{WORD} {grade} {code} {state.value} {storage_only}"
    if state is ItemState.REVIEW:
        item = hand_in(archive, text, customer_code=code)
        read_everything(archive)
    else:
        item = file_paper(archive, text, customer_code=code, grade=grade, contract_no="")
    with archive.begin() as work:
        work.items.keep_only(item.key, storage_only=storage_only)
        _put(work, item.key, grade, state)
        archive.index_item(work, item.key)
        kept = work.items.get(item.key)
    facts = PolicyPaper(
        key=kept.key,
        grade=kept.classification.grade,
        customer_id=kept.classification.customer_id,
        department=department,
        state=kept.state,
        storage_only=kept.storage_only,
    )
    return Paper(id=kept.id, facts=facts)


def _put(work: UnitOfWork, key: int, grade: int, state: ItemState) -> None:
    match state:
        case ItemState.REVIEW:
            item = work.items.get(key)
            work.connection.exec_driver_sql("UPDATE item SET grade = ? WHERE key = ?", (grade, item.key))
        case ItemState.WITHDRAWN:
            work.items.withdraw(key)
        case ItemState.DESTROYED:
            work.items.destroy(key)
        case _:
            pass


def _people(papers: tuple[Paper, ...], *, archive: Archive, work: UnitOfWork) -> Iterator[str]:
    password_hash = _CHEAP.hash(PASSWORD)
    kinds = {"every": (1, None), "own": (3, frozenset({OWN})), "granted": (2, frozenset({OWN}))}
    for role, (kind, (clearance, departments)) in product(Role, kinds.items()):
        name = f"{kind}-{role.value.replace('_', '-')}"
        user_id = work.users.add(
            name=name,
            display_name=name,
            password_hash=password_hash,
            roles=frozenset({role}),
            clearance=clearance,
            departments=departments,
        )
        if kind == "granted":
            _grant(user_id, papers, archive=archive, work=work)
        yield name


def _grant(user_id: int, papers: tuple[Paper, ...], *, archive: Archive, work: UnitOfWork) -> None:
    """The other department's customer to look at; and its secret papers, by turns to look at and as copies."""
    given = {"user_id": user_id, "reason": "审批", "granted_by": "admin", "granted_at": archive.now(), "until_on": None}
    customer = work.customers.with_code(CUSTOMERS[OTHER])
    assert customer is not None
    work.grants.add(customer_id=customer.id, item_key=None, uses=GrantedUse.LOOK, **given)
    secret = [paper for paper in papers if paper.facts.grade == 1 and paper.facts.department == OTHER]
    for number, paper in enumerate(secret):
        uses = GrantedUse.TAKE if number % 2 else GrantedUse.LOOK
        work.grants.add(customer_id=None, item_key=paper.facts.key, uses=uses, **given)
