"""待办: who owes what by which day, and the reminders that come of it: inbox, letters, calendar.

Every part of the house that has things falling due says so itself, in a function ``duties(view, *, on)``; this one
collects them, tells whoever owes them, and shows whoever oversees them.
"""

from dms.custody.duties.calendar_feed import make_feed, read_feed, revoke_feed
from dms.custody.duties.daily_round import RoundDone, daily_round, latest_round_at
from dms.custody.duties.errors import (
    DutyNotOwed,
    DutyRuleInvalid,
    FeedUnknown,
    LetterRefused,
    MailServerInvalid,
    MailServerMissing,
    RecurringDutyUnknown,
    SettlerNotAPerson,
)
from dms.custody.duties.inbox import Inbox, inbox, notice_wish, read_reminders, wish_for_mail
from dms.custody.duties.letters import Post, has_letters_to_send, queue_letters, send_letters
from dms.custody.duties.looking_up import (
    DutyCounts,
    DutyList,
    DutyOrder,
    DutyScope,
    DutyShown,
    DutyTiming,
    DutyWish,
    OwnerLine,
    duties_in_month,
    duty_counts,
    duty_overview,
    list_duties,
)
from dms.custody.duties.mail_server import (
    HIDDEN,
    checked_address,
    drop_mail_server,
    letters_queued,
    mail_server,
    state_mail_server,
    try_mail_server,
)
from dms.custody.duties.missing import refresh_missing
from dms.custody.duties.printing_out import print_duties, print_overview
from dms.custody.duties.reminding import remind
from dms.custody.duties.rules import (
    DutyRules,
    drop_recurring_duty,
    duty_rules,
    state_notice_days,
    state_recurring_duty,
    state_reminder_rule,
)
from dms.custody.duties.settling import settle_duty
from dms.custody.duties.smtp import SmtpPost
from dms.custody.duties.wording import KIND_NAMES, ROLE_NAMES, told_apart

__all__ = [
    "HIDDEN",
    "KIND_NAMES",
    "ROLE_NAMES",
    "DutyCounts",
    "DutyList",
    "DutyNotOwed",
    "DutyOrder",
    "DutyRuleInvalid",
    "DutyRules",
    "DutyScope",
    "DutyShown",
    "DutyTiming",
    "DutyWish",
    "FeedUnknown",
    "Inbox",
    "LetterRefused",
    "MailServerInvalid",
    "MailServerMissing",
    "OwnerLine",
    "Post",
    "RecurringDutyUnknown",
    "RoundDone",
    "SettlerNotAPerson",
    "SmtpPost",
    "checked_address",
    "daily_round",
    "drop_mail_server",
    "drop_recurring_duty",
    "duties_in_month",
    "duty_counts",
    "duty_overview",
    "duty_rules",
    "has_letters_to_send",
    "inbox",
    "latest_round_at",
    "letters_queued",
    "list_duties",
    "mail_server",
    "make_feed",
    "notice_wish",
    "print_duties",
    "print_overview",
    "queue_letters",
    "read_feed",
    "read_reminders",
    "refresh_missing",
    "remind",
    "revoke_feed",
    "send_letters",
    "settle_duty",
    "state_mail_server",
    "state_notice_days",
    "state_recurring_duty",
    "state_reminder_rule",
    "told_apart",
    "try_mail_server",
    "wish_for_mail",
]
