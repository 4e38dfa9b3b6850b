"""Accounts at the command line: invited, paused, signed out, without a second factor, handed over and closed."""

import pyotp
import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run

from dms.custody import SignInRefused, sign_in
from dms.custody.leaving import sign_hand_over
from dms.custody.securing import Visit, accept_invitation, begin_session, confirm_factor, offer_factor, present_person
from dms.domain.actor import Origin
from dms.domain.customer import CustomerFacts
from dms.domain.sign_in import FREE_FAILURES

OWN = "一把只有我知道的钥匙"


@pytest.fixture
def wang(archive, tmp_path):
    (tmp_path / "password").write_text(PASSWORD)
    run("user", "add", "wang", "--role", "handler", "--password-file", tmp_path / "password")
    return actor(archive, "wang")


def actor(archive, name):
    with archive.looking() as view:
        return view.users.with_name(name).actor(Origin.WEB)


def test_a_new_person_is_invited_in_one_step_and_an_old_one_again(archive):
    invited = run("user", "invite", "li", "--role", "clerk", "--display-name", "李雷", "--json").answer
    assert invited["user"] == "li"
    accept_invitation(invited["code"], OWN, archive=archive)
    assert sign_in("li", OWN, archive=archive).display_name == "李雷"
    again = run("user", "invite", "li")
    assert again.exit_code == 0 and "Code (shown only once): " in again.text
    assert run("user", "invite", "nobody").exit_code == 4


def test_sessions_are_listed_and_ended(archive, wang):
    with archive.begin() as work:  # the command looks at the clock of the machine
        work.settings.state("sign_in_rules", {"idle_minutes": 10**7, "session_hours": 10**5})
    user = sign_in("wang", PASSWORD, archive=archive)
    tokens = [
        begin_session(user, Visit(address="10.0.0.1", device=device), means="password", archive=archive)
        for device in ("iPhone", "Firefox · Windows", "Edge · Windows")
    ]
    listed = run("user", "sessions", "wang", "--json").answer["sessions"]
    assert {(row["device"], row["open"]) for row in listed} == {
        ("iPhone", True), ("Firefox · Windows", True), ("Edge · Windows", True),
    }  # fmt: skip
    assert "10.0.0.1" in run("user", "sessions", "wang").text
    phone = next(row["id"] for row in listed if row["device"] == "iPhone")
    assert run("user", "revoke", "wang", str(phone)).exit_code == 0
    assert run("user", "revoke", "wang", str(phone)).exit_code == 4
    assert [present_person(token, "", archive=archive) is None for token in tokens] == [True, False, False]
    assert run("user", "revoke", "wang").exit_code == 0
    assert not any(row["open"] for row in run("user", "sessions", "wang", "--json").answer["sessions"])


def test_a_pause_is_ended_and_a_second_factor_reset(archive, wang):
    for _ in range(FREE_FAILURES + 1):
        with pytest.raises(SignInRefused):
            sign_in("wang", "wrong", archive=archive)
    assert run("user", "unlock", "wang").exit_code == 0
    assert sign_in("wang", PASSWORD, archive=archive).name == "wang"
    assert run("user", "reset-second-factor", "wang", "--yes").exit_code == 6
    offer = offer_factor(wang, archive=archive)
    confirm_factor(wang, pyotp.TOTP(offer.secret).at(int(archive.now().timestamp())), archive=archive)
    assert run("user", "reset-second-factor", "wang").exit_code == 2
    assert run("user", "reset-second-factor", "wang", "--yes").exit_code == 0
    assert sign_in("wang", PASSWORD, archive=archive).name == "wang"


def test_the_rules_of_signing_in_are_shown_and_changed(archive, tmp_path):
    assert run("user", "rules", "--json").answer == {
        "second_factor": [], "idle_minutes": 120, "session_hours": 10, "invitation_days": 7,
    }  # fmt: skip
    changed = run("user", "rules", "--second-factor", "administrator", "--idle-minutes", "30", "--json").answer
    assert (changed["second_factor"], changed["idle_minutes"], changed["session_hours"]) == (["administrator"], 30, 10)
    assert run("user", "rules", "--no-second-factor", "--json").answer["second_factor"] == []
    assert run("user", "rules", "--no-second-factor", "--second-factor", "clerk").exit_code == 2
    assert run("user", "rules", "--idle-minutes", "1").exit_code == 2
    (tmp_path / "secret").write_text("shared with the service")
    assert run("user", "openid-secret", "--secret-file", tmp_path / "secret").exit_code == 0
    assert run("user", "openid-secret").exit_code == 0
    assert "30" in run("user", "rules").text


def test_an_address_is_stated(archive, wang):
    assert run("user", "email", "wang", "wang@example.com").exit_code == 0
    assert run("user", "email", "admin", "WANG@example.com").exit_code == 3


def test_a_leaver_hands_over_and_his_account_is_closed(archive, wang, tmp_path):
    run("user", "add", "zhao", "--role", "handler", "--password-file", tmp_path / "password")
    run("user", "add", "sun", "--role", "archivist", "--password-file", tmp_path / "password")
    with archive.begin() as work:
        work.customers.add(CustomerFacts(code="C0001", name="远山商贸", custodian="wang"), at=archive.now())
    assert [each["subject"] for each in run("user", "held", "wang", "--json").answer["things"]] == ["customer/C0001"]
    assert "C0001" in run("user", "held", "wang").text
    refused = run("user", "close", "wang", "--yes")
    assert refused.exit_code == 6 and "C0001" in refused.messages
    wish = ("--to", "zhao", "--reason", "离职", "--by", "2999-01-01")
    first = run("user", "hand-over", "wang", *wish, "--json").answer
    assert run("user", "withdraw-hand-over", str(first["id"])).exit_code == 0
    listed = run("user", "hand-over", "wang", *wish, "--json").answer
    for name in ("wang", "zhao", "sun"):
        sign_hand_over(actor(archive, name), listed["id"], archive=archive)
    assert [row["state"] for row in run("user", "hand-overs", "--json").answer["hand_overs"]] == ["signed", "withdrawn"]
    assert "zhao" in run("user", "hand-overs").text
    for ending in ("pdf", "xlsx"):
        target = tmp_path / f"list.{ending}"
        assert run("user", "hand-over-list", str(listed["id"]), "-o", target).exit_code == 0
        assert target.stat().st_size > 1000
    assert run("user", "hand-over-list", str(listed["id"]), "-o", tmp_path / "list.txt").exit_code == 2
    assert run("user", "close", "wang", "--yes").exit_code == 0
    assert run("user", "invite", "wang").exit_code == 6


def test_none_of_it_is_for_those_who_do_not_keep_accounts(archive, wang):
    for words in (("sessions", "admin"), ("revoke", "admin"), ("unlock", "admin"), ("rules",), ("held", "admin")):
        assert run("user", *words, "--as", "wang").exit_code == 5
