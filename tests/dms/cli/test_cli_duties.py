"""``dms duty`` and ``dms review`` from the command line."""

import pytest
from simulators.command_line import run

from dms.cli import EXIT_CODES
from dms.errors import Kind


@pytest.fixture
def dms(archive, tmp_path):
    """Runs a command that is to succeed, or to be refused for a reason of a kind."""

    def command(*arguments, fails_with=None):
        done = run(*arguments)
        assert done.exit_code == (EXIT_CODES[fails_with] if fails_with else 0), done.messages
        return done

    return command


@pytest.fixture
def customer(dms):
    """A customer of the sales department, and a clerk who reviews it."""
    dms("customer", "add", "--code", "C0001", "--name", "合肥远山商贸有限公司", "--department", "销售部")
    dms("user", "add", "xiaowang", "--role", "clerk", "--department", "销售部")
    return "C0001"


def test_a_round_is_gone_and_does_no_harm_twice(dms, customer):
    first = dms("duty", "round", "--json").answer
    assert (first["failed"], first["counts"]["missing"], first["sent"]) == ({}, 1, 0)
    assert dms("duty", "round", "--json").answer["counts"]["reminders"] == 0
    assert "Round of" in dms("duty", "round").messages


def test_duties_are_listed_for_the_operator_and_for_a_user(dms, customer, tmp_path):
    dms("duty", "round")
    found = dms("duty", "list", "--kind", "missing_paper", "--json").answer
    (duty,) = found["duties"]
    assert (duty["kind"], duty["department"]) == ("missing_paper", "销售部")
    assert dms("duty", "list", "--as", "xiaowang", "--json").answer["total"] >= 1
    assert "papers to bring" in dms("duty", "list").text
    for ending in ("pdf", "xlsx"):
        dms("duty", "list", "-o", tmp_path / f"duties.{ending}")
        dms("duty", "overview", "-o", tmp_path / f"overview.{ending}")
        assert (tmp_path / f"overview.{ending}").stat().st_size > 1000
    assert dms("duty", "overview", "--json").answer["lines"]
    assert "销售部" in dms("duty", "overview").text


def test_rules_are_stated_and_shown(dms, customer):
    dms("duty", "remind", "expiry", "--before", "60", "--before", "7", "--every", "3", "--escalate", "0")
    dms("duty", "notice", "licence", "45")
    dms("duty", "recurring", "sales", "--name", "客户销售统计表", "--day", "5", "--department", "销售部")
    told = dms("duty", "rules", "--json").answer
    assert told["reminders"]["expiry"]["before_days"] == [60, 7]
    assert told["notice_days"]["licence"] == 45
    assert told["recurring"][0]["code"] == "sales"
    assert "客户销售统计表" in dms("duty", "rules").text
    duties = dms("duty", "list", "--as", "xiaowang", "--kind", "supply", "--json").answer["duties"]
    for duty in duties:
        dms("duty", "done", duty["subject"], "--note", "已交", "--as", "xiaowang")
    dms("duty", "recurring", "sales", "--drop")
    assert dms("duty", "rules", "--json").answer["recurring"] == []


def test_a_calendar_is_a_persons_own(dms, customer):
    path = dms("duty", "feed", "--as", "xiaowang").text.strip()
    assert path.startswith("/duties/feed/")
    dms("duty", "feed", "--revoke", "--as", "xiaowang")
    dms("duty", "feed", fails_with=Kind.FORBIDDEN)


def test_the_mail_server_is_stated_without_showing_its_password(dms, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("very-secret-9\n")
    facts = ("--host", "smtp.example.com", "--sender", "dangan@example.com", "--user", "dangan")
    told = dms("duty", "mail-server", *facts, "--password-file", secret, "--json")
    assert told.answer["server"]["host"] == "smtp.example.com"
    assert "very-secret-9" not in told.text + told.messages
    assert "smtp.example.com:587" in dms("duty", "mail-server").messages
    dms("duty", "mail-server", "--drop")
    assert dms("duty", "mail-server", "--json").answer["server"] is None
    dms("duty", "mail-test", "somebody@example.com", fails_with=Kind.CONFLICT)


def test_a_customer_is_reviewed_by_a_person(dms, customer, tmp_path):
    dms("review", "record", customer, "--grade", "important", fails_with=Kind.FORBIDDEN)
    risks = ("--risk", "arrears", "--watch", "--opinion", "回款放慢")
    review = dms("review", "record", customer, "--grade", "important", *risks, "--as", "xiaowang", "--json").answer
    assert (review["grade"], review["by"], review["watched"]) == ("important", "xiaowang", True)
    shown = dms("review", "show", customer, "--json").answer
    assert shown["reviews"] == [review]
    assert "拖欠款项" in dms("review", "show", customer).text
    (due,) = dms("review", "list", "--watched", "--json").answer["customers"]
    assert due["last_on"] == review["reviewed_on"]
    assert customer in dms("review", "list").text
    dms("review", "report", "-o", tmp_path / "reviews.pdf")
    dms("review", "report", "--customer", customer, "-o", tmp_path / "reviews.xlsx")
    assert (tmp_path / "reviews.pdf").read_bytes().startswith(b"%PDF")


def test_the_rhythm_is_shown_and_stated(dms):
    dms("review", "rhythm", "--months", "important", "1", "--months", "ordinary", "6", "--watched", "2")
    told = dms("review", "rhythm", "--json").answer["months"]
    assert told == {"important": 1, "special": 2, "ordinary": 6, "watched": 2}
    assert "important" in dms("review", "rhythm").text
