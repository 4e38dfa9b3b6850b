"""A page offers what the person may do with the paper, and nothing else."""

from dataclasses import dataclass

import pytest
from simulators.archives import PASSWORD
from simulators.desk import Desk
from simulators.scanner import file_paper

from dms.custody import GrantWish, NewAccount, add_user, grant_access
from dms.domain.access import GrantedUse
from dms.domain.actor import OPERATOR, Role
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer


@dataclass(frozen=True)
class Offered:
    """What stands on the page of a paper."""

    original: bool
    searchable: bool
    correcting: bool


@pytest.fixture
def paper(archive):
    """The id of a paper of the engineers' customer."""
    register_customer(
        OPERATOR, CustomerFacts(code="C0001", name="合肥远山商贸有限公司", department="工程部"), archive=archive
    )
    return file_paper(archive, "合同正文").id


def somebody(archive, role, *, departments=None):
    account = NewAccount(name="wang", password=PASSWORD, roles=frozenset({role}), departments=departments)
    add_user(OPERATOR, account, archive=archive)


def offered(archive, paper) -> Offered:
    page = Desk(archive).sign_in("wang").get(f"/items/{paper}").text
    assert "合同正文" in page or "pages/1" in page
    return Offered(
        original=f"/items/{paper}/original" in page,
        searchable=f"/items/{paper}/searchable.pdf" in page,
        correcting=f"/tray/{paper}" in page,
    )


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ARCHIVIST, Offered(original=True, searchable=True, correcting=True)),
        (Role.LAWYER, Offered(original=True, searchable=True, correcting=False)),
        (Role.DEPARTMENT_MANAGER, Offered(original=False, searchable=False, correcting=False)),
        (Role.HANDLER, Offered(original=False, searchable=False, correcting=False)),
    ],
)
def test_downloads_are_offered_to_whom_they_are_allowed(archive, paper, role, expected):
    somebody(archive, role)
    assert offered(archive, paper) == expected


@pytest.mark.parametrize(
    ("uses", "takes"), [(GrantedUse.LOOK, False), (GrantedUse.TAKE, True)], ids=["to look at", "as a copy"]
)
def test_a_grant_offers_as_much_as_it_says(archive, paper, uses, takes):
    somebody(archive, Role.CLERK, departments=frozenset({"销售部"}))
    grant_access(OPERATOR, "wang", GrantWish(item_id=paper, reason="审批 7", uses=uses), archive=archive)
    assert offered(archive, paper) == Offered(original=takes, searchable=takes, correcting=False)


def test_who_may_take_nothing_is_told_how_to_ask(archive, paper):
    somebody(archive, Role.DEPARTMENT_MANAGER)
    answer = Desk(archive).sign_in("wang").get(f"/items/{paper}/original")
    assert answer.status_code == 403 and "利用申请" in answer.text


def test_printing_papers_in_is_offered_to_whom_copies_are_allowed(archive):
    somebody(archive, Role.DEPARTMENT_MANAGER)
    desk = Desk(archive).sign_in("wang")
    assert 'name="with_papers"' not in desk.get("/print").text
    assert desk.post("/print/year", {"year": "2024", "with_papers": "1"}).status_code == 403
