"""Letters: one a day for each who wishes it, through the server that was stated, tried again where it fails."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from duty_parts import add_licence, add_staff, on_day
from simulators.mail_server import SECRET, USER, SimulatedMailServer

from dms.custody.duties import (
    HIDDEN,
    LetterRefused,
    MailServerInvalid,
    MailServerMissing,
    SmtpPost,
    drop_mail_server,
    has_letters_to_send,
    mail_server,
    queue_letters,
    remind,
    send_letters,
    state_mail_server,
    try_mail_server,
    wish_for_mail,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.mail import MailSecurity, MailServer, MailState

ADDRESS = "xiaowang@example.com"


@pytest.fixture
def server(tmp_path):
    with SimulatedMailServer(tmp_path) as running:
        yield running


@pytest.fixture
def staff(archive, clock):
    """Somebody wishes to be told by e-mail, and is told something."""
    staff = add_staff(archive)
    with archive.begin() as work:
        work.users.set_email(staff.clerk.user_id, ADDRESS)
    wish_for_mail(staff.clerk, by_mail=True, archive=archive)
    add_licence(archive, date(2026, 5, 15))
    on_day(clock, date(2026, 5, 15))
    return staff


def stated(server, **facts):
    plain = MailServer(
        host="localhost",
        port=server.port,
        security=MailSecurity.STARTTLS,
        sender="dangan@example.com",
        user_name=USER,
        password=SECRET,
        page_address="https://dangan.example.com",
    )
    return replace(plain, **facts)


def letters(archive):
    with archive.looking() as view:
        return view.mails.page(limit=100)[1]


def queued(archive, server, **facts):
    state_mail_server(OPERATOR, stated(server, **facts), archive=archive)
    remind(archive)
    return queue_letters(archive)


def test_what_a_person_was_told_in_a_day_comes_in_one_letter(archive, staff, server):
    assert queued(archive, server) == 1
    assert send_letters(archive, SmtpPost(trusted=server.trust)) == 1
    (raw,) = server.mailbox.letters
    letter = message_from_bytes(raw)
    body = letter.get_payload(decode=True).decode()
    assert server.mailbox.recipients == [ADDRESS]
    assert "项待办提醒" in str(make_header(decode_header(letter["Subject"])))
    assert "[有效期将满] 更新营业执照：C0001" in body
    assert "https://dangan.example.com/duties" in body
    (kept,) = letters(archive)
    assert (kept.state, kept.body, kept.next_try_at) == (MailState.SENT, "", None)


def test_one_day_is_one_letter_whatever_is_done_again(archive, staff, server):
    assert queued(archive, server) == 1
    assert queue_letters(archive) == 0
    send_letters(archive, SmtpPost(trusted=server.trust))
    assert queue_letters(archive) == 0
    assert send_letters(archive, SmtpPost(trusted=server.trust)) == 0
    assert len(server.mailbox.letters) == 1


def test_who_does_not_wish_it_or_has_no_address_gets_no_letter(archive, staff, server):
    wish_for_mail(staff.clerk, by_mail=False, archive=archive)
    assert queued(archive, server) == 0


def test_without_a_mail_server_nothing_is_queued(archive, staff):
    remind(archive)
    assert queue_letters(archive) == 0
    assert not has_letters_to_send(archive)


def test_a_letter_that_is_not_taken_is_tried_again_later_and_given_up_in_the_end(archive, clock, staff, server):
    server.mailbox.refuses_data = 451
    queued(archive, server)
    post = SmtpPost(trusted=server.trust)
    assert send_letters(archive, post) == 0
    assert not has_letters_to_send(archive)
    (waiting,) = letters(archive)
    assert (waiting.state, waiting.tries, waiting.problem.zh) == (MailState.WAITING, 1, "服务器答复 451。")
    for _ in range(10):
        clock.advance(timedelta(days=1))
        send_letters(archive, post)
    (given_up,) = letters(archive)
    assert (given_up.state, given_up.tries, given_up.body) == (MailState.GIVEN_UP, 7, "")


def test_a_letter_that_failed_goes_out_once_the_server_is_well_again_under_the_same_id(archive, clock, staff, server):
    server.mailbox.refuses_data = 451
    queued(archive, server)
    send_letters(archive, SmtpPost(trusted=server.trust))
    server.mailbox.refuses_data = 0
    clock.advance(timedelta(minutes=6))
    assert send_letters(archive, SmtpPost(trusted=server.trust)) == 1
    (letter,) = server.mailbox.letters
    (kept,) = letters(archive)
    assert message_from_bytes(letter)["Message-ID"] == f"<anjuan-{kept.id}-{kept.queued_at:%Y%m%d%H%M%S}@example.com>"


def test_an_address_that_is_refused_for_good_is_not_tried_again(archive, staff, server):
    server.mailbox.refuses_recipient = 550
    queued(archive, server)
    send_letters(archive, SmtpPost(trusted=server.trust))
    assert letters(archive)[0].state is MailState.GIVEN_UP


def test_a_server_that_offers_no_protection_is_given_neither_password_nor_letter(archive, staff, server):
    server.mailbox.offers_starttls = False
    queued(archive, server)
    assert send_letters(archive, SmtpPost(trusted=server.trust)) == 0
    assert (server.mailbox.passwords, server.mailbox.letters) == ([], [])
    assert letters(archive)[0].problem.zh == "服务器不支持加密连接。"


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(archive, staff, server):
    queued(archive, server)
    assert send_letters(archive, SmtpPost()) == 0
    assert server.mailbox.passwords == []


def test_a_wrong_password_is_told_without_telling_it(archive, staff, server):
    state_mail_server(OPERATOR, stated(server, password="falsch"), archive=archive)
    with pytest.raises(LetterRefused) as refusal:
        try_mail_server(OPERATOR, ADDRESS, SmtpPost(trusted=server.trust), archive=archive)
    assert "用户名或密码" in refusal.value.what.zh
    assert "falsch" not in str(refusal.value)


def test_a_trial_letter_goes_out_at_once(archive, staff, server):
    with pytest.raises(MailServerMissing):
        try_mail_server(OPERATOR, ADDRESS, SmtpPost(trusted=server.trust), archive=archive)
    state_mail_server(OPERATOR, stated(server), archive=archive)
    try_mail_server(OPERATOR, ADDRESS, SmtpPost(trusted=server.trust), archive=archive)
    assert server.mailbox.recipients == [ADDRESS]


def test_the_password_is_shown_to_nobody_and_kept_when_the_rest_is_changed(archive, staff, server):
    state_mail_server(OPERATOR, stated(server), archive=archive)
    shown = mail_server(OPERATOR, archive=archive)
    assert shown.password == HIDDEN
    assert SECRET not in repr(stated(server))
    state_mail_server(OPERATOR, replace(shown, sender="andere@example.com"), archive=archive)
    try_mail_server(OPERATOR, ADDRESS, SmtpPost(trusted=server.trust), archive=archive)
    assert server.mailbox.passwords == [SECRET]
    with archive.looking() as view:
        assert all(SECRET not in str(entry.details) for entry in view.journal.entries())


def test_another_server_is_not_sent_the_password_of_the_last(archive, staff, server):
    state_mail_server(OPERATOR, stated(server), archive=archive)
    state_mail_server(OPERATOR, stated(server, host="mail.elsewhere.example", password=HIDDEN), archive=archive)
    assert mail_server(OPERATOR, archive=archive).password == ""


@pytest.mark.parametrize(
    "facts",
    [
        {"host": ""},
        {"host": "bad host"},
        {"port": 0},
        {"sender": "nobody"},
        {"sender": "a@b.example\r\nBcc: all@b.example"},
        {"page_address": "javascript:alert(1)"},
        {"password": "信使"},
        {"host": "mail.example.com", "security": MailSecurity.NONE},
    ],
    ids=str,
)
def test_a_server_that_cannot_be_right_is_refused(archive, server, facts):
    with pytest.raises(MailServerInvalid):
        state_mail_server(OPERATOR, stated(server, **facts), archive=archive)


def test_only_whoever_runs_the_machine_states_it(archive, staff, server):
    with pytest.raises(ActionForbidden):
        state_mail_server(staff.archivist, stated(server), archive=archive)
    state_mail_server(OPERATOR, stated(server), archive=archive)
    drop_mail_server(OPERATOR, archive=archive)
    assert mail_server(OPERATOR, archive=archive) is None
