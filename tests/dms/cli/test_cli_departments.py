"""Departments and what people are, at the command line."""

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run

from dms.custody import acting_user
from dms.domain.actor import Role


@pytest.fixture
def people(archive, tmp_path):
    (tmp_path / "password").write_text(PASSWORD)
    for name, role in {"li": "department_manager", "wang": "clerk"}.items():
        run("user", "add", name, "--role", role, "--password-file", tmp_path / "password")


def test_a_department_is_entered_changed_and_closed(archive, people):
    added = run("department", "add", "销售部", "--head", "li", "--opened", "2020-01-01")
    assert added.exit_code == 0 and "销售部" in added.messages
    assert run("department", "add", "销售部").exit_code == 6
    assert run("department", "add", "市场部", "--parent", "销售部").exit_code == 0
    assert run("department", "change", "市场部").exit_code == 0
    assert run("user", "belongs", "wang", "销售部").exit_code == 0
    assert run("department", "close", "销售部").exit_code == 2
    assert run("department", "close", "销售部", "--yes").exit_code == 6
    assert run("department", "close", "销售部", "--successor", "市场部", "--yes").exit_code == 0
    told = run("department", "list", "--json").answer
    assert [(row["name"], row["people"], row["closed_on"] is None) for row in told["departments"]] == [
        ("市场部", 1, True),
        ("销售部", 0, False),
    ]
    assert "closed" in run("department", "list").text
    assert acting_user("wang", archive=archive).home_department == "市场部"


def test_names_that_nobody_registered_are_listed(archive, people):
    run("customer", "add", "--code", "C0001", "--name", "合肥远山商贸有限公司", "--department", "工程部")
    assert run("department", "list", "--json").answer["unregistered"] == ["工程部"]
    assert "not in the register" in run("department", "list").text


def test_what_a_person_is_is_stated(archive, people):
    assert run("user", "roles", "wang", "--role", "archivist", "--role", "lawyer").exit_code == 0
    assert run("user", "clearance", "wang", "1").exit_code == 0
    wang = acting_user("wang", archive=archive)
    assert (wang.roles, wang.clearance) == ({Role.ARCHIVIST, Role.LAWYER}, 1)
    assert run("user", "roles", "admin", "--role", "clerk").exit_code == 6
    assert run("user", "clearance", "wang", "1", "--as", "wang").exit_code == 5
    assert run("user", "belongs", "wang", "销售部").exit_code == 4
    assert run("user", "belongs", "wang").exit_code == 0


def test_a_grant_of_copies_says_so(archive, people):
    run("customer", "add", "--code", "C0001", "--name", "合肥远山商贸有限公司", "--department", "工程部")
    assert run("user", "grant", "wang", "--customer", "C0001", "--reason", "审批 3", "--copies").exit_code == 0
    (grant,) = run("user", "grants", "wang", "--json").answer["grants"]
    assert (grant["uses"], grant["until_at"]) == ("take", None)


def test_the_policy_is_told_by_the_data_it_is_decided_by(archive):
    told = run("access-policy", "--json").answer
    assert told["roles"]["auditor"] == ["read_journal"]
    (take,) = (rule for rule in told["uses"] if rule["use"] == "take")
    assert (take["permission"], take["grant"], take["storage_only_by"]) == ("take_copies", "take", None)
    assert "What each use asks for" in run("access-policy").text
