"""Why a report cannot be made out, handed in or shown."""

from typing import ClassVar

from dms.domain.report import ReportPeriod
from dms.errors import Bilingual, DmsError, Kind


class ReportNotKept(DmsError):
    """No report with this number was handed in, or the actor may not read it; the two are never told apart."""

    code: ClassVar[str] = "report_not_kept"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, report_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有第 {report_id} 号报送存查的报表，或您无权查看。",
                en=f"No report number {report_id} was handed in, or you may not read it.",
            ),
            Bilingual(zh="请在报送存查清单中核对编号。", en="Check the number in the list of reports handed in."),
        )


class PeriodNotOver(DmsError):
    """A report is handed in about a period that is over; until then its figures still change."""

    code: ClassVar[str] = "period_not_over"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, period: ReportPeriod) -> None:
        super().__init__(
            Bilingual(
                zh=f"{period.told.zh}尚未结束，不能报送。",
                en=f"The period ({period.told.en}) is not over, so it cannot be handed in.",
            ),
            Bilingual(
                zh=f"请在 {period.last_on} 之后报送；现在可以先预览或打印。",
                en=f"Hand it in after {period.last_on}; it can be looked at and printed now.",
            ),
        )


class ReporterNotPerson(DmsError):
    """What is handed in, somebody answers for: the operator of the machine cannot."""

    code: ClassVar[str] = "reporter_not_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="报送须由具名的账户办理，机器操作员不能代办。",
                en="A report is handed in by a person with an account; the operator of the machine cannot do it.",
            ),
            Bilingual(
                zh="请登录后办理，命令行请加 --as 用户名。",
                en="Sign in to do it, or name the account with --as on the command line.",
            ),
        )


class RecipientMissing(DmsError):
    """Nobody was named to whom the report is handed in."""

    code: ClassVar[str] = "recipient_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有填写报送单位。", en="It was not said to whom the report is handed in."),
            Bilingual(zh="请填写报送的单位或部门。", en="Name the office or department."),
        )


class GuideTooLong(DmsError):
    """A part of the guide to the fonds is longer than a guide can be."""

    code: ClassVar[str] = "guide_too_long"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, characters: int, most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"全宗指南的一个部分有 {characters} 字，超过了 {most} 字。",
                en=f"A part of the guide has {characters} characters, more than {most}.",
            ),
            Bilingual(zh="请精简后再保存。", en="Shorten it and save again."),
        )
