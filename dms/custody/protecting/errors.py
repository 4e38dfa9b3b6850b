"""Why a request about personal data cannot be entered or answered, or a paper not be put into store only."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SubjectRequestNotFound(DmsError):
    """There is no request with this number."""

    code: ClassVar[str] = "subject_request_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, request_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有第 {request_id} 号个人信息请求。",
                en=f"There is no request about personal data number {request_id}.",
            ),
            Bilingual(zh="请在个人信息请求登记簿中核对编号。", en="Check the number in the register of requests."),
        )


class SubjectRequestAnswered(DmsError):
    """A request is answered once; what was answered stays as it is."""

    code: ClassVar[str] = "subject_request_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, request_id: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"第 {request_id} 号请求已经答复，不能再改。",
                en=f"Request number {request_id} was answered already and does not change any more.",
            ),
            Bilingual(zh="如有补充，请另行登记一项请求。", en="Enter another request for whatever is to be added."),
        )


class SubjectFactInvalid(DmsError):
    """Something stated about a request is missing or cannot be meant."""

    code: ClassVar[str] = "subject_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class PersonNotNamed(DmsError):
    """Neither a name nor a number nor a way to reach the person was given."""

    code: ClassVar[str] = "person_not_named"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有填写要查找的人。", en="It was not said whom to look for."),
            Bilingual(
                zh="请至少填写姓名、身份证号和联系方式中的一项。",
                en="State at least one of name, identity number and contact.",
            ),
        )


class RestrictionReasonMissing(DmsError):
    """Papers are put into store only, and taken out of it, for a reason that is kept."""

    code: ClassVar[str] = "restriction_reason_missing"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有填写理由。", en="No reason was given."),
            Bilingual(
                zh="请写明依据，例如请求编号或法律条款。", en="State the ground, such as a request or a clause of law."
            ),
        )


class RestrictionUnchanged(DmsError):
    """The paper is in that state already."""

    code: ClassVar[str] = "restriction_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这件资料已经是这个状态。", en="The paper is in that state already."),
            Bilingual(zh="请刷新页面后再看。", en="Open the page of the paper again."),
        )


class ProtectorNotPerson(DmsError):
    """Somebody answers for what is decided about a person's data: the operator of the machine cannot."""

    code: ClassVar[str] = "protector_not_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="对个人信息的处理须由具名的账户决定，机器操作员不能代办。",
                en="What is done about personal data is decided by a person with an account.",
            ),
            Bilingual(
                zh="请登录后办理，命令行请加 --as 用户名。",
                en="Sign in to do it, or name the account with --as on the command line.",
            ),
        )
