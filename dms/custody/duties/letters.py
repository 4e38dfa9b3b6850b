"""Letters: one a day to each person who wishes it, with all that he was told that day; queued, then sent.

What always holds:
- A letter is a row, queued in one transaction and sent later; one person is written to once for one occasion.
- A letter that was taken by the server is marked so at once; where a crash comes between, it goes out again under the
  same Message-ID, by which mail programs know it as the same letter.
- What a letter said is not kept once it is out or given up.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Protocol

from dms.archive import Archive
from dms.custody.duties.errors import LetterRefused
from dms.custody.duties.wording import KIND_NAMES
from dms.domain.clock import local_day
from dms.domain.mail import Letter, MailServer
from dms.domain.reminder import Reminder
from dms.store import UnitOfWork

TRY_AGAIN_AFTER: Final = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""Waits between tries; a letter that the server did not take after the last one is given up."""
LETTERS_AT_ONCE: Final = 20
MOST_LINES: Final = 100


class Post(Protocol):
    """Takes letters to a mail server."""

    def send(self, server: MailServer, message: EmailMessage) -> None:
        """Hand a letter to the server; raises `LetterRefused` unless the server took it."""
        ...


def queue_letters(archive: Archive) -> int:
    """How many letters were queued with what people were told today; none without a mail server."""
    today = local_day(archive.now())
    with archive.begin() as work:
        server = work.mails.server()
        if server is None:
            return 0
        wanting = set(work.notice_wishes.by_mail())
        told = [user_id for user_id in work.reminders.told_to(today) if user_id in wanting]
        return sum(_queued(user_id, today, server, archive=archive, work=work) for user_id in told)


def send_letters(archive: Archive, post: Post) -> int:
    """How many letters that were due the server took; one that it did not is tried again later, or given up."""
    sent = 0
    while True:
        with archive.looking() as view:
            server = view.mails.server()
            due = view.mails.due(archive.now(), limit=LETTERS_AT_ONCE) if server else []
        if server is None or not due:
            return sent
        sent += sum(_sent(letter, server, post, archive=archive) for letter in due)


def has_letters_to_send(archive: Archive) -> bool:
    """Whether any letter is to be tried now."""
    with archive.looking() as view:
        return view.mails.server() is not None and view.mails.has_due(archive.now())


def message_of(letter: Letter, server: MailServer) -> EmailMessage:
    """The letter as it travels."""
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.queued_at)
    domain = server.sender.rpartition("@")[2] or "anjuan"
    message["Message-ID"] = f"<anjuan-{letter.id}-{letter.queued_at:%Y%m%d%H%M%S}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _queued(user_id: int, today: date, server: MailServer, *, archive: Archive, work: UnitOfWork) -> bool:
    user = work.users.get(user_id)
    if user is None or user.disabled or not user.email:
        return False
    # Of what became of his requests he was written to at once.
    told = [each for each in work.reminders.told_on(user_id, today) if each.outcome is None]
    return bool(told) and work.mails.queue(
        user_id=user_id,
        address=user.email,
        occasion=f"reminders/{today.isoformat()}",
        subject=f"案卷：您有 {len(told)} 项待办提醒（{today.isoformat()}）",
        body=_body(user.display_name, told, today, server),
        at=archive.now(),
    )


def _body(name: str, told: Iterable[Reminder], today: date, server: MailServer) -> str:
    lines = [_line(each) for each in sorted(told, key=lambda each: each.duty.due_on)]
    shown, rest = lines[:MOST_LINES], len(lines) - MOST_LINES
    more = [f"……另有 {rest} 项，请登录查看。"] if rest > 0 else []
    address = [f"查看和办理：{server.page_address.rstrip('/')}/duties"] if server.page_address else []
    return "\n".join((f"{name}：", "", f"{today.isoformat()} 的待办提醒如下：", "", *shown, *more, "", *address, ""))


def _line(reminder: Reminder) -> str:
    duty = reminder.duty
    return f"· [{KIND_NAMES[duty.kind].zh}] {duty.what.zh}（期限 {duty.due_on.isoformat()}）"


def _sent(letter: Letter, server: MailServer, post: Post, *, archive: Archive) -> bool:
    try:
        post.send(server, message_of(letter, server))
    except LetterRefused as refusal:
        given_up = refusal.is_for_good or letter.tries >= len(TRY_AGAIN_AFTER)
        again_at = None if given_up else archive.now() + TRY_AGAIN_AFTER[letter.tries]
        with archive.begin() as work:
            work.mails.failed(letter.id, refusal.told, again_at=again_at)
        return False
    with archive.begin() as work:
        work.mails.sent(letter.id, at=archive.now())
    return True
