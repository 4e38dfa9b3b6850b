"""Telling whoever asked for something what became of it: in his inbox, and by a letter where he wishes for letters.

What always holds:
- It is told in the transaction of the decision, once, and only to whoever asked; nobody is told what he did himself.
- What is told is the number of the request and its end, never a reason, an opinion or a paper: those stand on the page
  of the request, which shows what whoever opens it may know by then (I5).
"""

from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.reminder import Reminder, RequestOutcome
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRequest:
    """A request of which something became."""

    subject: str
    """As of a duty: ``request/3``."""
    name: Bilingual
    """What such a request is called, with its number."""
    outcome: RequestOutcome
    until_on: date | None = None
    """The last day on which an approval may be used."""


def tell_asker(actor: Actor, asker: User | None, ended: EndedRequest, *, archive: Archive, work: UnitOfWork) -> None:
    """Tell whoever asked; nothing for what he did himself."""
    if asker is None or asker.id == actor.user_id:
        return
    today = local_day(archive.now())
    duty = Duty(
        kind=DutyKind.DECISION, subject=ended.subject, what=_told(ended), due_on=ended.until_on or today, person=""
    )
    told = Reminder(
        id=0, user_id=asker.id, duty=duty, step=ended.outcome.value, told_on=today, told_at=archive.now()
    )  # fmt: skip
    if work.reminders.give(told):
        _write_to(asker, ended, duty.what, archive=archive, work=work)


def _write_to(asker: User, ended: EndedRequest, what: Bilingual, *, archive: Archive, work: UnitOfWork) -> None:
    server = work.mails.server()
    if server is None or asker.disabled or not asker.email or not work.notice_wishes.of(asker.id).by_mail:
        return
    address = server.page_address.rstrip("/")
    where = ["", f"查看：{address}/duties/inbox"] if address else []
    work.mails.queue(
        user_id=asker.id,
        address=asker.email,
        occasion=f"{ended.subject}/{ended.outcome.value}",
        subject=f"案卷：{what.zh}",
        body="\n".join((f"{asker.display_name}：", "", what.zh, *where, "")),
        at=archive.now(),
    )


def _told(ended: EndedRequest) -> Bilingual:
    zh, en = ended.name.zh, ended.name.en
    match ended.outcome:
        case RequestOutcome.APPROVED:
            until = ended.until_on.isoformat() if ended.until_on else ""
            return Bilingual(
                f"{zh} 已批准" + (f"，可用至 {until}" if until else ""),
                f"{en} is approved" + (f" and may be used until {until}" if until else ""),
            )
        case RequestOutcome.REFUSED:
            return Bilingual(f"{zh} 未获批准", f"{en} is not approved")
        case RequestOutcome.REVOKED:
            return Bilingual(f"{zh} 的批准已撤销", f"The approval of {en[0].lower()}{en[1:]} was taken back")
        case RequestOutcome.LAPSED:
            return Bilingual(f"{zh} 逾期未批或未用，已失效", f"{en} has lapsed: not decided, or not used, in time")
