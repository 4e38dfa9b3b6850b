"""Departments and grants at the command line."""

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.scanner import file_paper

from dms.custody import grants_of
from dms.domain.actor import OPERATOR


@pytest.fixture
def sales_clerk(archive, tmp_path):
    """A clerk who sees the customers of sales, and a customer of another department with one paper."""
    (tmp_path / "password").write_text(PASSWORD)
    run("customer", "add", "--code", "C0001", "--name", "合肥远山商贸有限公司", "--department", "工程部")
    run("customer", "add", "--code", "C0002", "--name", "芜湖近水机械有限公司", "--department", "销售部")
    run(
        *("user", "add", "wang", "--role", "clerk", "--department", "销售部"),
        *("--password-file", tmp_path / "password"),
    )
    return file_paper(archive, "合同")


def customers_seen() -> list[str]:
    seen = run("customer", "list", "--json", "--as", "wang").answer
    return [customer["code"] for customer in seen["customers"]]


def test_an_account_sees_the_customers_of_its_departments(archive, sales_clerk):
    assert customers_seen() == ["C0002"]
    assert "销售部" in run("user", "list").text
    assert run("user", "departments", "wang", "--department", "工程部").exit_code == 0
    assert customers_seen() == ["C0001"]
    assert run("user", "departments", "wang", "--all").exit_code == 0
    assert customers_seen() == ["C0001", "C0002"]
    assert run("user", "departments", "wang").exit_code == 0
    assert customers_seen() == []
    assert run("user", "departments", "wang", "--all", "--department", "工程部").exit_code == 2


def test_what_is_granted_is_seen_until_it_is_ended(archive, sales_clerk):
    assert run("item", "show", sales_clerk.id, "--as", "wang").exit_code == 4
    granted = run("user", "grant", "wang", "--customer", "C0001", "--reason", "审批 2026-17", "--until", "2999-01-01")
    assert granted.exit_code == 0
    assert customers_seen() == ["C0001", "C0002"]
    assert run("item", "show", sales_clerk.id, "--as", "wang").exit_code == 0
    told = run("user", "grants", "wang", "--json").answer
    assert told["departments"] == ["销售部"]
    (grant,) = told["grants"]
    assert (grant["customer"], grant["reason"], grant["until_on"], grant["in_force"]) == (
        "C0001",
        "审批 2026-17",
        "2999-01-01",
        True,
    )
    assert "in force" in run("user", "grants", "wang").text
    assert run("user", "end-grant", str(grant["id"])).exit_code == 2
    assert run("user", "end-grant", str(grant["id"]), "--yes").exit_code == 0
    assert run("item", "show", sales_clerk.id, "--as", "wang").exit_code == 4
    assert "ended" in run("user", "grants", "wang").text


def test_one_paper_is_granted_by_its_number(archive, sales_clerk):
    assert run("user", "grant", "wang", "--item", sales_clerk.id, "--reason", "核对").exit_code == 0
    assert run("item", "show", sales_clerk.id, "--as", "wang").exit_code == 0
    assert [shown.item_id for shown in grants_of(OPERATOR, "wang", archive=archive).grants] == [sales_clerk.id]


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("--reason", "无"), 3),
        (("--customer", "C0001", "--reason", " "), 3),
        (("--customer", "C9", "--reason", "无"), 4),
        (("--item", "ff", "--reason", "无"), 4),
        (("--customer", "C0001", "--reason", "无", "--until", "2020-01-01"), 3),
    ],
)
def test_a_grant_that_means_nothing_is_refused(archive, sales_clerk, arguments, exit_code):
    done = run("user", "grant", "wang", *arguments)
    assert done.exit_code == exit_code
    assert grants_of(OPERATOR, "wang", archive=archive).grants == ()


def test_who_may_not_manage_accounts_grants_nothing(archive, sales_clerk):
    done = run("user", "grant", "wang", "--customer", "C0001", "--reason", "无", "--as", "wang")
    assert done.exit_code == 5
