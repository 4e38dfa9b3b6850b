"""Customers, volumes and accounts at the command line."""

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper

from dms.custody import sign_in

USCC = "91340100MA2MRT4J3X"


def test_a_customer_is_registered_with_everything_stated(archive):
    done = run(
        *("customer", "add", "--code", "C7", "--name", "合肥远山商贸有限公司", "--uscc", USCC, "--former-name", "近水"),
        *("--former-name", "远山商行", "--side", "supplier", "--grade", "important", "--json"),
    )
    assert done.exit_code == 0
    assert done.answer == {
        "code": "C7",
        "name": "合肥远山商贸有限公司",
        "former_names": ["近水", "远山商行"],
        "uscc": USCC,
        "sides": ["supplier"],
        "grade": "important",
        "department": "",
    }


def test_a_customer_without_a_code_is_given_one(archive):
    done = run("customer", "add", "--name", "甲公司")
    assert (done.exit_code, done.output) == (0, b"")
    assert "C0001" in done.messages


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("--code", "c0001", "--name", "乙公司"), 6, "customer_code_taken"),
        (("--name", "合肥远山商贸有限公司"), 6, "customer_already_known"),
        (("--name", "乙公司", "--uscc", "123"), 3, "customer_fact_invalid"),
    ],
)
def test_what_cannot_be_registered_is_refused(archive, arguments, exit_code, code):
    add_customer(archive)
    done = run("customer", "add", *arguments, "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (exit_code, code)


def test_customers_are_listed_by_words(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    assert [customer["code"] for customer in run("customer", "list", "--json").answer["customers"]] == [
        "C0001",
        "C0002",
    ]
    assert run("customer", "list", "近水", "--json").answer["total"] == 1
    assert run("customer", "list", "近水").text.startswith("C0002 ")


def test_volumes_are_listed_with_what_lies_in_them(archive):
    add_customer(archive)
    file_paper(archive, "合同\f第二页\f!blank")
    (volume,) = run("volume", "list", "--json").answer["volumes"]
    assert volume == {
        "id": 1,
        "reference_code": None,
        "title": "",
        "retention": None,
        "sheets": 3,
        "customer": "C0001",
        "customer_name": "合肥远山商贸有限公司",
        "series": "3",
        "year": 2024,
        "state": "open",
        "items": 1,
        "pages": 2,
    }
    assert run("volume", "list", "--year", "2023", "--json").answer == {"total": 0, "volumes": []}
    for fitting in (("远山",), ("--customer", "C0001"), ("--series", "3", "--state", "open", "--state", "sealed")):
        assert "2024" in run("volume", "list", *fitting).text
    assert run("volume", "list", "--state", "sealed").text == ""
    assert run("volume", "list", "--customer", "C9").exit_code == 4


def test_an_account_is_added_with_a_password_that_is_printed_once_or_taken_from_a_file(archive, tmp_path):
    generated = run("user", "add", "zhang", "--role", "clerk")
    password = generated.text.strip().rpartition(": ")[2]
    assert sign_in("zhang", password, archive=archive).clearance == 3
    (tmp_path / "password").write_text(PASSWORD)
    stated = run(
        *("user", "add", "李四", "--role", "lawyer", "--role", "auditor", "--clearance", "1"),
        *("--password-file", tmp_path / "password"),
    )
    assert stated.output == b""
    assert sign_in("李四", PASSWORD, archive=archive).clearance == 1
    listed = run("user", "list").text
    assert "李四" in listed and "auditor,lawyer" in listed
    assert "argon2" not in listed


@pytest.mark.parametrize("arguments", [(), ("--role", "king"), ("--role", "clerk", "--clearance", "0")])
def test_an_account_without_a_possible_role_or_clearance_is_refused(archive, arguments):
    assert run("user", "add", "zhang", *arguments).exit_code == 2
