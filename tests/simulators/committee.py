"""A company whose papers have come to their end: one account for every part in appraisal and destruction."""

from dataclasses import dataclass, replace
from datetime import date

from argon2 import PasswordHasher

from dms.archive import Archive
from dms.custody.appraising import (
    AppraisalStated,
    ListStated,
    Said,
    approve_list,
    begin_appraisal,
    begin_destruction,
    check_list,
    decide_appraisal,
    draw_up_list,
    give_opinion,
    put_before,
    sign_list,
    submit_appraisal,
    submit_list,
)
from dms.custody.keeping import recompute_due
from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.appraisal import Verdict
from dms.domain.destruction_list import Office
from dms.domain.item import Item
from simulators.archives import PASSWORD
from simulators.scanner import add_customer, file_paper

PEOPLE: dict[str, Role] = {
    "boss": Role.GENERAL_MANAGER,
    "vice": Role.MANAGER_IN_CHARGE,
    "sales-head": Role.DEPARTMENT_MANAGER,
    "archive-head": Role.ARCHIVIST,
    "keeper": Role.ARCHIVIST,
    "handler": Role.HANDLER,
    "clerk": Role.CLERK,
    "second-clerk": Role.CLERK,
    "lawyer": Role.LAWYER,
    "root": Role.ADMINISTRATOR,
}
"""Sign-in name and role; all are cleared for every grade and department."""
SIGNERS = (
    (Office.UNIT_HEAD, "vice"),
    (Office.ARCHIVE_HEAD, "archive-head"),
    (Office.BUSINESS_HEAD, "sales-head"),
    (Office.ARCHIVE_HANDLER, "keeper"),
    (Office.BUSINESS_HANDLER, "handler"),
)
SUPERVISORS = ("clerk", "second-clerk")
STATED = ListStated(title="1990年度到期资料", method="碎纸", place="一号库房", signers=SIGNERS, supervisors=SUPERVISORS)
COMMITTEE = ("vice", "keeper", "lawyer")
LONG_AGO = date(1990, 5, 18)
GO = Said(verdict=Verdict.DESTROY, reason="已无保存价值")


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """An archive and its people."""

    archive: Archive

    def person(self, name: str) -> Actor:
        """Somebody who signed in himself, as his account stands now."""
        with self.archive.looking() as view:
            user = view.users.with_name(name)
        assert user is not None
        return user.actor(Origin.WEB)

    @property
    def keeper(self) -> Actor:
        return self.person("keeper")

    def paper(self, text: str, *, doc_on: date = LONG_AGO, **facts: object) -> Item:
        """A filed paper of a thirty years' term, which has ended unless it is dated otherwise."""
        stated = {"contract_no": "", "type_code": "negotiation_record", "title": text, "doc_on": doc_on} | facts
        item = file_paper(self.archive, text, **stated)
        self.recompute()
        return item

    def recompute(self) -> None:
        """The nightly computation of due days."""
        recompute_due(OPERATOR, archive=self.archive)

    def considered(self, *items: Item) -> int:
        """The id of a case that lies before its committee with these papers."""
        stated = AppraisalStated(title="2026年到期鉴定", chair=COMMITTEE[0], members=COMMITTEE)
        case = begin_appraisal(self.keeper, stated, archive=self.archive)
        put_before(self.keeper, case.id, [item.id for item in items], archive=self.archive)
        submit_appraisal(self.keeper, case.id, archive=self.archive)
        return case.id

    def agree(self, case_id: int, said: Said = GO) -> None:
        """All members say the same of everything, and the chair decides so."""
        for name in COMMITTEE:
            give_opinion(self.person(name), case_id, said, archive=self.archive)
        decide_appraisal(self.person(COMMITTEE[0]), case_id, decisions={}, archive=self.archive)

    def drawn_up(self, *items: Item) -> int:
        """The id of a list of these papers, laid before its signers."""
        case_id = self.considered(*items)
        self.agree(case_id)
        listed = draw_up_list(self.keeper, STATED, case_ids=[case_id], archive=self.archive)
        submit_list(self.keeper, listed.id, archive=self.archive)
        return listed.id

    def sign_all(self, list_id: int) -> None:
        """All five sign."""
        for _, name in SIGNERS:
            sign_list(self.person(name), list_id, archive=self.archive)

    def checked(self, *items: Item) -> int:
        """The id of a list that may be carried out."""
        list_id = self.drawn_up(*items)
        self.sign_all(list_id)
        approve_list(self.person("boss"), list_id, archive=self.archive)
        for name in SUPERVISORS:
            check_list(self.person(name), list_id, archive=self.archive)
        return list_id

    def begun(self, *items: Item) -> int:
        """The id of a list that is being carried out, of which nothing is destroyed yet."""
        list_id = self.checked(*items)
        begin_destruction(self.keeper, list_id, archive=self.archive)
        return list_id

    def machine(self, name: str) -> Actor:
        """The same account, used by whoever runs the machine on the command line."""
        return replace(self.person(name), origin=Origin.COMMAND_LINE)


def found_committee(archive: Archive) -> Committee:
    """The archive with one customer and all these people."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with archive.begin() as work:
        for name, role in PEOPLE.items():
            work.users.add(name=name, display_name=name, password_hash=cheap, roles=frozenset({role}), clearance=1)
    add_customer(archive)
    return Committee(archive=archive)
