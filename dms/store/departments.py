"""The departments in the catalogue.

Invariant: a department is added and changed, never removed (a trigger sees to that).
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.department import Department
from dms.store.engine import inserted_id
from dms.store.policy_tables import department as table
from dms.store.tables import customer, user


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """How many customers and people belong to a department."""

    customers: int
    people: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody does."""
        return not (self.customers or self.people)


class Departments:
    """The register of departments, found by number or by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stated: Department) -> Department:
        """The new department, with its number; the one that was stated is left out of account."""
        values = asdict(stated)
        del values["id"]
        return self.get(inserted_id(self._connection.execute(table.insert().values(**values))))

    def change(self, stated: Department) -> None:
        """Replace what is known of the department with this number."""
        self._connection.execute(table.update().where(table.c.id == stated.id).values(**asdict(stated)))

    def get(self, department_id: int) -> Department:
        """The department with this number, which must exist."""
        return _department(self._connection.execute(select(table).where(table.c.id == department_id)).one())

    def find(self, department_id: int) -> Department | None:
        """The department with this number, if there is one."""
        row = self._connection.execute(select(table).where(table.c.id == department_id)).first()
        return _department(row) if row else None

    def named(self, name: str) -> Department | None:
        """The department of exactly this name."""
        row = self._connection.execute(select(table).where(table.c.name == name)).first()
        return _department(row) if row else None

    def all(self) -> list[Department]:
        """Every department, closed ones included, by number."""
        return [_department(row) for row in self._connection.execute(select(table).order_by(table.c.id))]

    def upwards(self, name: str) -> list[Department]:
        """The department of this name and those it is a part of, outward; empty where the register has none."""
        found = self.named(name)
        chain: list[Department] = []
        while found is not None and found.id not in {each.id for each in chain}:
            chain.append(found)
            found = self.find(found.parent_id) if found.parent_id is not None else None
        return chain

    def head_of(self, name: str) -> int | None:
        """The account that heads the department, or else the next one outward that has a head."""
        return next((each.head_id for each in self.upwards(name) if each.head_id is not None), None)

    def manager_in_charge_of(self, name: str) -> int | None:
        """The account of the manager in charge of the department, or else of the next one outward that states one."""
        stated = (each.manager_in_charge_id for each in self.upwards(name))
        return next((user_id for user_id in stated if user_id is not None), None)

    def belonging(self, name: str) -> Belonging:
        """How much bears the name of the department."""
        customers = select(func.count()).where(customer.c.department == name)
        people = select(func.count()).select_from(user).where(user.c.home_department == name)
        execute = self._connection.execute
        return Belonging(customers=execute(customers).scalar_one(), people=execute(people).scalar_one())

    def hand_on(self, name: str, to_name: str) -> None:
        """Let customers and people of a department belong to another one, and be seen by those let to it."""
        of_customers = customer.update().where(customer.c.department == name)
        self._connection.execute(of_customers.values(department=to_name))
        self._connection.execute(user.update().where(user.c.home_department == name).values(home_department=to_name))
        for row in self._connection.execute(select(user.c.id, user.c.departments)).all():
            if name in (row.departments or ()):
                moved = sorted({to_name if each == name else each for each in row.departments})
                self._connection.execute(user.update().where(user.c.id == row.id).values(departments=moved))

    def answered_for_by(self, user_id: int) -> list[Department]:
        """The departments that a person heads or is the manager in charge of, by number."""
        whose = (table.c.head_id == user_id) | (table.c.manager_in_charge_id == user_id)
        return [_department(row) for row in self._connection.execute(select(table).where(whose).order_by(table.c.id))]


def _department(row: Row[Any]) -> Department:
    return Department(**row._mapping)
