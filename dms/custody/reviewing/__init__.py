"""客户复核: every so many months each customer is looked at anew: how it stands, what is known against it (C10)."""

from dms.custody.reviewing.duties import duties
from dms.custody.reviewing.errors import CustomerNotReviewed, ReviewerNotAPerson, ReviewFactInvalid
from dms.custody.reviewing.looking_up import (
    CustomerStanding,
    PaperToLookAt,
    ReviewDue,
    ReviewList,
    ReviewWish,
    list_reviews_due,
    overdue_review_count,
    review_standing,
)
from dms.custody.reviewing.printing_out import ReviewReportWish, print_reviews
from dms.custody.reviewing.recording import MAX_OPINION_CHARACTERS, ReviewStated, record_review
from dms.custody.reviewing.rhythm import review_rhythm, state_review_rhythm
from dms.custody.reviewing.wording import GRADE_NAMES, OUTLOOK_NAMES, RISK_NAMES, risks_told

__all__ = [
    "GRADE_NAMES",
    "MAX_OPINION_CHARACTERS",
    "OUTLOOK_NAMES",
    "RISK_NAMES",
    "CustomerNotReviewed",
    "CustomerStanding",
    "PaperToLookAt",
    "ReviewDue",
    "ReviewFactInvalid",
    "ReviewList",
    "ReviewReportWish",
    "ReviewStated",
    "ReviewWish",
    "ReviewerNotAPerson",
    "duties",
    "list_reviews_due",
    "overdue_review_count",
    "print_reviews",
    "record_review",
    "review_rhythm",
    "review_standing",
    "risks_told",
    "state_review_rhythm",
]
