"""Refusals of the duty calendar, its reminders and its letters."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class DutyRuleInvalid(DmsError):
    """What was stated of a rule cannot be right."""

    code: ClassVar[str] = "duty_rule_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class RecurringDutyUnknown(DmsError):
    """No recurring duty has this code."""

    code: ClassVar[str] = "recurring_duty_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, duty_code: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有定期事项“{duty_code}”。", en=f"There is no recurring duty “{duty_code}”."),
            Bilingual(zh="请核对代码，或刷新页面。", en="Check the code, or reload the page."),
        )


class DutyNotOwed(DmsError):
    """Nothing of this name is owed by the person now, or it settles itself."""

    code: ClassVar[str] = "duty_not_owed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, subject: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{subject}”不是可以在这里办结的待办，可能已由他人办结。",
                en=f"“{subject}” cannot be settled here; somebody may have done so already.",
            ),
            Bilingual(
                zh="报送类事项在这里办结；其他待办办理完毕后自动消失。请刷新页面。",
                en="Reports and supplies are settled here; other duties vanish once they are done. Reload the page.",
            ),
        )


class SettlerNotAPerson(DmsError):
    """Who says that something was handed in is a person, by name."""

    code: ClassVar[str] = "settler_not_a_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="办结待办须由本人确认。", en="A duty is settled by a person, by name."),
            Bilingual(zh="请登录网页办理，或在命令行用 --as 指明本人。", en="Sign in on the web, or use --as."),
        )


class FeedUnknown(DmsError):
    """No calendar has this address any more."""

    code: ClassVar[str] = "feed_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="该日历地址无效或已停用。", en="This address of a calendar is not valid any more."),
            Bilingual(zh="请登录后在“待办提醒设置”中重新生成。", en="Sign in and make a new one."),
        )


class MailServerInvalid(DmsError):
    """What was stated of the mail server cannot be right."""

    code: ClassVar[str] = "mail_server_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class MailServerMissing(DmsError):
    """Letters cannot go out before somebody says through which server."""

    code: ClassVar[str] = "mail_server_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="还没有设置邮件服务器。", en="No mail server was stated yet."),
            Bilingual(zh="请由管理员先设置发信服务器。", en="Let the administrator state one first."),
        )


class LetterRefused(DmsError):
    """The mail server did not take a letter."""

    code: ClassVar[str] = "letter_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, told: Bilingual, *, for_good: bool = False) -> None:
        """`told` says what went wrong; `for_good` where trying again would not help."""
        super().__init__(
            Bilingual(zh=f"邮件没有发出：{told.zh}", en=f"The letter was not sent: {told.en}"),
            Bilingual(zh="请核对邮件服务器设置和收件地址。", en="Check the mail server and the address."),
        )
        self.told = told
        self.is_for_good = for_good
