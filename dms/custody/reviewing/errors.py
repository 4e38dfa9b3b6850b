"""Refusals of reviewing customers."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class ReviewerNotAPerson(DmsError):
    """A review is a person's judgement; neither the operator of the machine nor the system gives it."""

    code: ClassVar[str] = "reviewer_not_a_person"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="复核结论须由本人作出，不能由机器操作员代填。", en="A review is given by a person, by name."),
            Bilingual(
                zh="请登录网页填写，或在命令行用 --as 指明复核人。",
                en="Sign in on the web, or name the person with --as on the command line.",
            ),
        )


class ReviewFactInvalid(DmsError):
    """What was stated of a review cannot be right."""

    code: ClassVar[str] = "review_fact_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, what: Bilingual, remedy: Bilingual) -> None:
        super().__init__(what, remedy)


class CustomerNotReviewed(DmsError):
    """The customer does not stand for itself any more, so there is nothing to review."""

    code: ClassVar[str] = "customer_not_reviewed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, code: str) -> None:
        super().__init__(
            Bilingual(zh=f"客户 {code} 已并入其他客户，不再单独复核。", en=f"{code} was merged into another customer."),
            Bilingual(zh="请复核并入后的客户。", en="Review the customer that it was merged into."),
        )
