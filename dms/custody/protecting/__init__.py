"""个人信息保护: papers about one person, requests of persons about their data, and papers kept in store only."""

from dms.custody.protecting.answering import FOUND_BY_NAMES, KIND_NAMES, answer_document
from dms.custody.protecting.errors import (
    PersonNotNamed,
    ProtectorNotPerson,
    RestrictionReasonMissing,
    RestrictionUnchanged,
    SubjectFactInvalid,
    SubjectRequestAnswered,
    SubjectRequestNotFound,
)
from dms.custody.protecting.finding_person import FoundBy, PersonFound, PersonPaper, PersonSought, find_person
from dms.custody.protecting.requests import (
    RequestPage,
    RequestShown,
    RequestStated,
    answer_request,
    duties,
    enter_request,
    list_requests,
    show_request,
)
from dms.custody.protecting.restricting import (
    RestrictedPaper,
    lift_restriction,
    restrict_item,
    restricted_papers,
    restrictions_of,
)

__all__ = [
    "FOUND_BY_NAMES",
    "KIND_NAMES",
    "FoundBy",
    "PersonFound",
    "PersonNotNamed",
    "PersonPaper",
    "PersonSought",
    "ProtectorNotPerson",
    "RequestPage",
    "RequestShown",
    "RequestStated",
    "RestrictedPaper",
    "RestrictionReasonMissing",
    "RestrictionUnchanged",
    "SubjectFactInvalid",
    "SubjectRequestAnswered",
    "SubjectRequestNotFound",
    "answer_document",
    "answer_request",
    "duties",
    "enter_request",
    "find_person",
    "lift_restriction",
    "list_requests",
    "restrict_item",
    "restricted_papers",
    "restrictions_of",
    "show_request",
]
