"""Taking a sheet over into the ledger: first as a preview, then whole or not at all.

What always holds:
- M1 Nothing is half imported: one transaction takes over every row, and one bad cell refuses the sheet.
- M2 Every bad cell is told by row and column, all of them at once.
- M3 An empty cell changes nothing; only what a cell states replaces what is known.
- M4 What was previewed is what is imported: where the ledger has changed meanwhile, the import is refused.
- M5 A contract that the actor may not see is neither changed nor told of, but its number is not given twice.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.contract import Contract, ContractFacts
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.customer import Customer
from dms.errors import Bilingual
from dms.filing.ledger.errors import LedgerMovedOn, RowsRefused
from dms.filing.ledger.facts import LedgerField, RowProblem, problems_in
from dms.filing.ledger.finding import heirs_of_all
from dms.filing.ledger.sheet_rows import SheetHead, StatedRow, head_of, stated_rows
from dms.filing.ledger.stating import amend_contract, differing, enter_contract, enter_contracts, tidied
from dms.printing import Sheet
from dms.store import ContractFilter, UnitOfWork

_CUSTOMER_FIELDS = frozenset({LedgerField.CUSTOMER_CODE, LedgerField.CUSTOMER_NAME})


class RowFate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """One fact that a row changes, as told to a person; empty where nothing is or was stated."""

    field: LedgerField
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the sheet and what becomes of it."""

    row: int
    fate: RowFate
    number: str
    title: str
    customer_code: str
    """Empty where the row names no customer that the actor may know of."""
    changes: tuple[FactChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do, or did."""

    rows: tuple[PlannedRow, ...]
    problems: tuple[RowProblem, ...]
    """By row; nothing is imported while there are any."""
    ignored_columns: tuple[str, ...]
    fingerprint: str
    """The same for the same outcome."""

    def count(self, fate: RowFate) -> int:
        """How many rows meet this fate."""
        return sum(row.fate is fate for row in self.rows)


def preview_import(actor: Actor, sheet: Sheet, *, archive: Archive) -> ImportPlan:
    """What importing the sheet would do; nothing is written. Raises `SheetHeadUnfit`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        head = head_of(sheet)
        return _plan(_Planning.begun(actor, head, work=view).decided(stated_rows(sheet, head)), head)


def import_contracts(actor: Actor, sheet: Sheet, *, archive: Archive, seen: str | None = None) -> ImportPlan:
    """What was done: every row of the sheet taken over in one transaction (M1).

    `seen` is the fingerprint of the preview that a person saw. Raises `SheetHeadUnfit`, `RowsRefused` or
    `LedgerMovedOn`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        head = head_of(sheet)
        decisions = _Planning.begun(actor, head, work=work).decided(stated_rows(sheet, head))
        plan = _plan(decisions, head)
        if plan.problems:
            raise RowsRefused(plan.problems)
        if seen is not None and seen != plan.fingerprint:
            raise LedgerMovedOn
        _carry_out(actor, decisions, archive=archive, work=work)
        told = {"total": len(plan.rows), "new_total": plan.count(RowFate.NEW), "changed": plan.count(RowFate.CHANGED)}
        archive.record(work, actor, "contracts_imported", sheet.name, **told)
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    """What becomes of one row, with what it takes to do it."""

    planned: PlannedRow
    known: Contract | None
    """None for a contract that is new."""
    facts: ContractFacts | None
    """None for a row that is refused."""
    customer: Customer | None
    problems: tuple[RowProblem, ...]
    is_left_behind: bool = False
    """Whether its bare number is in the ledger by a mistake, without anything that bears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planning:
    """What the rows are judged by: the ledger as the actor may see it at this moment."""

    actor: Actor
    head: SheetHead
    work: UnitOfWork
    known: dict[tuple[int, str], Contract]
    """By folded number and customer, the one that stands for itself."""
    given: dict[tuple[int, str], bool]
    """Every number there is, and whether it is really given, see `Contracts.numbers_given`."""
    customers: dict[tuple[str, str], Customer | None]
    """By code and name as stated."""
    taken: dict[tuple[int, str], int]
    """In which row of the sheet a contract stands."""

    @classmethod
    def begun(cls, actor: Actor, head: SheetHead, *, work: UnitOfWork) -> "_Planning":
        heirs = heirs_of_all(work=work)
        contracts = [row.contract for row in work.contracts.page(ContractFilter(), actor=actor)]
        owners = (heirs.get(each.facts.customer_id, each.facts.customer_id) for each in contracts)
        known = {(owner, folded_number(each.number)): each for owner, each in zip(owners, contracts, strict=True)}
        given: dict[tuple[int, str], bool] = {}
        for (owner, folded), is_given in work.contracts.numbers_given().items():
            key = heirs.get(owner, owner), folded
            given[key] = given.get(key, False) or is_given
        return cls(actor=actor, head=head, work=work, known=known, given=given, customers={}, taken={})

    def decided(self, rows: Iterable[StatedRow]) -> list[_Decision]:
        """What becomes of every row, in their order."""
        return [self._decided(row) for row in rows]

    def _decided(self, row: StatedRow) -> _Decision:
        number = canonical_number(row.text(LedgerField.NUMBER))
        customer = self._customer(row)
        if customer is None or not number:
            return self._refused(row, number, [*row.problems, *self._unnamed(row, number, customer)])
        key = (customer.id, folded_number(number))
        known = self.known.get(key)
        facts = _facts(row, number, customer, known)
        problems = [*row.problems, *self._taken_twice(row, key), *self._barred(row, key, known)]
        if known is None or facts != known.facts:
            told = {problem.field for problem in row.problems}
            wrong = (problem for problem in problems_in(facts) if problem.field not in told)
            problems += [self._problem(row, problem.field, problem.what) for problem in wrong]
        if problems:
            return self._refused(row, number, problems, customer)
        changes = tuple(_changes(known.facts if known else None, facts))
        fate = RowFate.NEW if known is None else RowFate.CHANGED if changes else RowFate.UNCHANGED
        planned = _planned(row, fate, number=number, title=facts.title, customer=customer, changes=changes)
        left_behind = known is None and key in self.given
        return _Decision(
            planned=planned, known=known, facts=facts, customer=customer, problems=(), is_left_behind=left_behind
        )

    def _customer(self, row: StatedRow) -> Customer | None:
        """The customer that the row names, by code where there is one, else by its present name."""
        code, name = row.text(LedgerField.CUSTOMER_CODE), row.text(LedgerField.CUSTOMER_NAME)
        if (code, name) not in self.customers:
            self.customers[code, name] = self._named(code, name)
        return self.customers[code, name]

    def _named(self, code: str, name: str) -> Customer | None:
        """The heir of whoever is named, as far as the actor may know of both."""
        found = self._coded(code, name) if code else self._called(name)
        heir = self.work.customers.heir(found) if found else None
        return heir if heir and self.work.customers.is_known(heir.id, actor=self.actor) else None

    def _called(self, name: str) -> Customer | None:
        found = self.work.customers.with_name(name) if name else None
        return found if found and self.work.customers.is_known(found.id, actor=self.actor) else None

    def _coded(self, code: str, name: str) -> Customer | None:
        found = self.work.customers.known_with_code(code, actor=self.actor) if code.isascii() else None
        if found is None or not name:
            return found
        names = {found.name, *(former.name for former in found.facts.former_names)}
        return found if name in names else None

    def _unnamed(self, row: StatedRow, number: str, customer: Customer | None) -> Iterator[RowProblem]:
        if not number and not _tells(row, LedgerField.NUMBER):
            yield self._problem(
                row, LedgerField.NUMBER, Bilingual("没有填写合同编号。", "The contract number is missing.")
            )
        if customer is None and not any(_tells(row, field) for field in _CUSTOMER_FIELDS):
            yield self._problem(row, *_unknown_customer(row, self.head))

    def _taken_twice(self, row: StatedRow, key: tuple[int, str]) -> Iterator[RowProblem]:
        first = self.taken.setdefault(key, row.row)
        if first != row.row:
            what = Bilingual(
                f"与第 {first} 行是同一客户的同一编号。", f"Row {first} states the same number of the same customer."
            )
            yield self._problem(row, LedgerField.NUMBER, what)

    def _barred(self, row: StatedRow, key: tuple[int, str], known: Contract | None) -> Iterator[RowProblem]:
        """A number that is given already to a contract that the actor may not see (M5)."""
        if known is None and self.given.get(key):
            what = Bilingual(
                "该编号已在台账中，但不在您的查阅范围内；请联系档案员。",
                "The ledger has this number already, outside of what you may see; ask the archivist.",
            )
            yield self._problem(row, LedgerField.NUMBER, what)

    def _refused(
        self, row: StatedRow, number: str, problems: list[RowProblem], customer: Customer | None = None
    ) -> _Decision:
        title = row.text(LedgerField.TITLE)
        planned = _planned(row, RowFate.REFUSED, number=number, title=title, customer=customer, changes=())
        return _Decision(
            planned=planned, known=None, facts=None, customer=None, problems=tuple(sorted(problems, key=_place))
        )

    def _problem(self, row: StatedRow, field: LedgerField, what: Bilingual) -> RowProblem:
        return RowProblem(row=row.row, column=self.head.letters(field), field=field, what=what)


def _place(problem: RowProblem) -> tuple[int, str]:
    """From the left of the row to the right."""
    return len(problem.column), problem.column


def _tells(row: StatedRow, field: LedgerField) -> bool:
    """Whether the row's own problems say already what is wrong with a field."""
    return any(problem.field is field for problem in row.problems)


def _unknown_customer(row: StatedRow, head: SheetHead) -> tuple[LedgerField, Bilingual]:
    code, name = row.text(LedgerField.CUSTOMER_CODE), row.text(LedgerField.CUSTOMER_NAME)
    by_code = LedgerField.CUSTOMER_CODE in head.columns
    field = LedgerField.CUSTOMER_CODE if by_code else LedgerField.CUSTOMER_NAME
    if not code and not name:
        return field, Bilingual("没有填写客户。", "The customer is missing.")
    if code and name:
        return field, Bilingual(
            f"没有代码为“{code}”、名称为“{name}”的客户，请核对代码和名称，或先登记客户。",
            f"No customer has the code “{code}” and the name “{name}”: compare both, or register the customer first.",
        )
    field = LedgerField.CUSTOMER_CODE if code else LedgerField.CUSTOMER_NAME
    return field, Bilingual(
        f"没有登记客户“{code or name}”，请先登记，或核对代码和全称。",
        f"There is no customer “{code or name}”: register it first, or compare code and full name.",
    )


def _facts(row: StatedRow, number: str, customer: Customer, known: Contract | None) -> ContractFacts:
    """What would be known of the contract afterwards (M3)."""
    before = known.facts if known else ContractFacts(number=number, title="", customer_id=customer.id)
    own = _CUSTOMER_FIELDS | {LedgerField.NUMBER}
    stated: dict[str, Any] = {field.value: value for field, value in row.values.items() if field not in own}
    return replace(tidied(replace(before, **stated)), number=before.number)


def _changes(before: ContractFacts | None, after: ContractFacts) -> Iterator[FactChange]:
    blank = ContractFacts(number=after.number, title="", customer_id=after.customer_id)
    for field, was, becomes in differing(before or blank, after):
        yield FactChange(field=field, before=was, after=becomes)


def _planned(
    row: StatedRow,
    fate: RowFate,
    *,
    number: str,
    title: str,
    customer: Customer | None,
    changes: tuple[FactChange, ...],
) -> PlannedRow:
    code = customer.code if customer else ""
    return PlannedRow(row=row.row, fate=fate, number=number, title=title, customer_code=code, changes=changes)


def _plan(decisions: Iterable[_Decision], head: SheetHead) -> ImportPlan:
    rows: list[PlannedRow] = []
    problems: list[RowProblem] = []
    for decision in decisions:
        rows.append(decision.planned)
        problems += decision.problems
    outcome = [
        [each.row, each.fate, each.number, [[c.field, c.before, c.after] for c in each.changes]] for each in rows
    ]
    digest = hashlib.sha256(json.dumps(outcome, ensure_ascii=False).encode()).hexdigest()
    return ImportPlan(rows=tuple(rows), problems=tuple(problems), ignored_columns=head.ignored, fingerprint=digest)


def _carry_out(actor: Actor, decisions: Iterable[_Decision], *, archive: Archive, work: UnitOfWork) -> None:
    new: list[tuple[Customer, ContractFacts]] = []
    for each in decisions:
        if each.facts is None or each.customer is None or each.planned.fate is RowFate.UNCHANGED:
            continue
        if each.known is not None:
            amend_contract(actor, each.known, each.facts, archive=archive, work=work)
        elif each.is_left_behind:
            enter_contract(actor, each.customer, each.facts, archive=archive, work=work)
        else:
            new.append((each.customer, each.facts))
    enter_contracts(actor, new, archive=archive, work=work)
