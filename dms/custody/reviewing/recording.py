"""`record_review`: what a person found of a customer, kept beside everything that was found before.

What always holds:
- A review is a person's, by name; it is added and never changed (C10-04).
- The result becomes the grade of the customer, and the reasons what is known against it, in the same transaction.
"""

from dataclasses import dataclass, field, replace

from dms.archive import Archive, customer_for
from dms.custody.reviewing.errors import CustomerNotReviewed, ReviewerNotAPerson, ReviewFactInvalid
from dms.custody.reviewing.wording import risks_told
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.customer import Customer, CustomerGrade
from dms.domain.one_line import one_line
from dms.domain.review import Outlook, Review, RiskReason
from dms.errors import Bilingual

MAX_OPINION_CHARACTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStated:
    """What a person states as the result of a review."""

    grade: CustomerGrade
    outlook: Outlook = Outlook.STEADY
    risks: tuple[RiskReason, ...] = field(default=())
    is_watched: bool = False
    opinion: str = ""


def record_review(actor: Actor, code: str, stated: ReviewStated, *, archive: Archive) -> Review:
    """The review of the customer with this code, made today.

    Raises `CustomerNotFound`, `CustomerNotReviewed`, `ReviewerNotAPerson` or `ReviewFactInvalid`.
    """
    actor.require(Permission.REVIEW_CUSTOMERS)
    if actor.user_id is None:
        raise ReviewerNotAPerson
    tidy = _checked(stated)
    with archive.begin() as work:
        customer = customer_for(actor, code, work=work)
        if customer.merged_into_id is not None:
            raise CustomerNotReviewed(customer.code)
        review = work.reviews.add(_review(actor, customer, tidy, archive=archive))
        found = replace(customer.facts, grade=tidy.grade, risk_reason=risks_told(tidy.risks))
        if found != customer.facts:
            work.customers.change(customer.id, found)
        archive.record(
            work,
            actor,
            "customer_reviewed",
            customer.code,
            grade=tidy.grade.value,
            former_grade=review.former_grade.value,
            risks="、".join(risk.value for risk in tidy.risks) or None,
            watched=int(tidy.is_watched),
        )
    return review


def _review(actor: Actor, customer: Customer, stated: ReviewStated, *, archive: Archive) -> Review:
    return Review(
        id=0,
        customer_id=customer.id,
        reviewed_on=local_day(archive.now()),
        reviewed_at=archive.now(),
        by=actor.name,
        grade=stated.grade,
        former_grade=customer.facts.grade,
        outlook=stated.outlook,
        risks=stated.risks,
        is_watched=stated.is_watched,
        opinion=stated.opinion,
    )


def _checked(stated: ReviewStated) -> ReviewStated:
    opinion = one_line(stated.opinion)
    if len(opinion) > MAX_OPINION_CHARACTERS:
        raise ReviewFactInvalid(
            Bilingual("复核意见过长。", "The opinion is too long."),
            Bilingual(f"请写在 {MAX_OPINION_CHARACTERS} 字以内。", f"At most {MAX_OPINION_CHARACTERS} characters."),
        )
    calls_for_reason = RiskReason.OTHER in stated.risks or stated.outlook in (Outlook.GROWING, Outlook.LOST)
    if calls_for_reason and not opinion:
        raise ReviewFactInvalid(
            Bilingual(
                "成长快、流失或有其他风险的客户，须写明原因。",
                "Say why: the customer grows fast, was lost, or bears another risk.",
            ),
            Bilingual("请在复核意见中说明原因。", "Give the reason as the opinion."),
        )
    return replace(stated, opinion=opinion, risks=tuple(risk for risk in RiskReason if risk in stated.risks))
