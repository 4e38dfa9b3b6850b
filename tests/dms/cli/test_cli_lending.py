"""The command line asks, decides, hands out and takes back for a person, and prints the register."""

import pytest
from simulators.command_line import run
from simulators.offices import found_company


@pytest.fixture
def company(archive):
    return found_company(archive)


def done(*arguments):
    answered = run(*arguments)
    assert answered.exit_code == 0, answered.messages
    return answered


def test_an_original_goes_out_and_comes_back(company, tmp_path):
    paper = company.ordinary.id
    asked = done(
        "request", "ask", paper, "--kind", "original", "--purpose", "办理展期", "--days", "14",
        "--as", "xiao-li", "--json",
    ).answer  # fmt: skip
    assert (asked["state"], asked["route"]) == (
        "pending",
        [{"approver": "department_manager", "department": "销售一部"}],
    )
    number = asked["number"]
    listed = done("request", "list", "--to-decide", "--as", "sales-head", "--json").answer
    assert [each["number"] for each in listed["requests"]] == [number]
    assert done("request", "decide", number, "--approve", "--as", "sales-head", "--json").answer["state"] == "approved"
    shown = done("request", "show", number, "--as", "keeper", "--json").answer
    line = str(shown["papers"][0]["line"])
    loan = done("loan", "hand-out", line, "--sheets", "1", "--as", "keeper", "--json").answer
    key = str(loan["id"])
    assert done("loan", "sign", key, "--as", "xiao-li", "--json").answer["signed_at"]
    assert done("loan", "renew", key, "--as", "xiao-li", "--json").answer["renewals"] == 1
    assert done("loan", "recall", key, "--reason", "审计", "--as", "keeper", "--json").answer["recalled_at"]
    listed = done("loan", "list", "--as", "keeper", "--json", "-o", tmp_path / "out.xlsx").answer
    assert [each["title"] for each in listed["loans"]] == ["采购合同"]
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
    back = done(
        "loan", "return", key, "--condition", "damaged", "--note", "封面破损", "--as", "keeper", "--json"
    ).answer
    assert (back["state"], back["condition"]) == ("returned", "damaged")
    done("request", "register", "--year", "2026", "-o", tmp_path / "register.pdf", "--as", "keeper")
    assert (tmp_path / "register.pdf").read_bytes().startswith(b"%PDF")
    done("request", "show", number, "-o", tmp_path / "slip.pdf", "--as", "keeper", "--json")
    assert (tmp_path / "slip.pdf").exists()
    assert "returned" in done("loan", "show", key, "--as", "keeper").messages


def test_a_description_is_found_or_not_and_copies_are_counted(company):
    asked = done(
        "request", "ask", "--kind", "copy", "--purpose", "投标", "--described", "采购合同", "--as", "xiao-li", "--json"
    ).answer  # fmt: skip
    number = asked["number"]
    assert "being looked for" in done("request", "list", "--desk", "--as", "keeper").text
    done("request", "remind", number, "--as", "xiao-li")
    done("request", "find", number, company.ordinary.id, "--as", "keeper", "--json")
    done("request", "decide", number, "--approve", "--opinion", "同意", "--as", "sales-head", "--json")
    assert "closed" in done("request", "copies", number, "--copies", "2", "--pages", "6", "--as", "keeper").messages
    done("request", "effect", number, "用于投标", "--as", "xiao-li")
    other = done("request", "ask", "--purpose", "投标", "--described", "没有的", "--as", "xiao-li", "--json").answer[
        "number"
    ]
    done("request", "find", other, "--nothing", "查无此件", "--as", "keeper", "--json")
    assert "查无此件" not in done("request", "show", other, "--as", "xiao-li").text
    third = done("request", "ask", "--purpose", "投标", "--described", "没有的", "--as", "xiao-li", "--json").answer[
        "number"
    ]
    done("request", "withdraw", third, "--yes", "--as", "xiao-li")


def test_the_operator_of_the_machine_neither_asks_nor_decides(company):
    refused = run("request", "ask", company.ordinary.id, "--purpose", "核对")
    assert refused.exit_code == 5 and "account" in refused.messages
    assert run("request", "show", "JY-2026-0009", "--as", "xiao-li").exit_code == 4
    assert run("request", "decide", "1", "--as", "sales-head").exit_code == 2
    assert run("request", "register", "-o", "register.doc", "--as", "keeper").exit_code == 2


def test_rules_deputies_and_lapsing_have_their_commands(company):
    assert done("request", "rules", "--json").answer["loan_working_days"] == 10
    assert "loan_working_days: 10" in done("request", "rules").text
    named = done(
        "request", "deputy", "in-charge", "--from", "2999-01-01", "--until", "2999-01-02",
        "--as", "sales-head", "--json",
    ).answer  # fmt: skip
    (entry,) = named["deputies"]
    assert entry["deputy"] == "in-charge"
    done("request", "deputy", "--end", str(entry["id"]), "--as", "sales-head")
    assert run("request", "deputy", "in-charge", "--as", "sales-head").exit_code == 2
    assert done("request", "lapse", "--json").answer == {"lapsed": 0}


def test_a_loss_is_reported_and_an_approval_taken_back(company):
    first, second = (
        done(
            "request", "ask", company.ordinary.id, "--kind", kind, "--purpose", "核对", "--as", "xiao-li", "--json"
        ).answer
        for kind in ("original", "look")
    )
    for each in (first, second):
        done("request", "decide", each["number"], "--approve", "--as", "sales-head", "--json")
    done("request", "revoke", second["number"], "--reason", "误批", "--as", "sales-head", "--json")
    line = str(done("request", "show", first["number"], "--as", "keeper", "--json").answer["papers"][0]["line"])
    loan = str(done("loan", "hand-out", line, "--as", "keeper", "--json").answer["id"])
    assert (
        done("loan", "lose", loan, "--report", "途中遗失", "--yes", "--as", "keeper", "--json").answer["state"]
        == "lost"
    )
    assert "采购合同" in done("loan", "list", "--as", "keeper").text
