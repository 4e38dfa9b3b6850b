import pytest

from dms.errors import DmsError, Kind
from dms.ingest.reading import FAILURES, REFUSALS, ForeignKind, ReaderMisbehaved, TooManyPages, UnsupportedKind
from dms.ingest.reading.errors import (
    AnimatedPicture,
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    NoSuchPage,
    PasswordProtected,
    TooManyPixels,
    TooSmall,
    UnrecognisedContent,
    error_from,
)

EVERY_REFUSAL = [
    EmptyDocument(),
    DocumentTooLarge(size_bytes=2**30, limit_bytes=2**29),
    PasswordProtected(),
    DamagedDocument(),
    AnimatedPicture(),
    TooManyPages(pages=10_000, limit=2_000),
    TooManyPixels(page=1, width_px=50_000, height_px=50_000, limit_px=200_000_000),
    TooSmall(page=2, width_px=10, height_px=10),
    UnsupportedKind(foreign_kind=ForeignKind.OFD),
    UnrecognisedContent(),
    NoSuchPage(page=4, pages=3),
]


@pytest.mark.parametrize("refusal", EVERY_REFUSAL, ids=lambda refusal: refusal.code)
def test_a_refusal_is_the_same_after_its_way_from_the_child_to_the_parent(refusal):
    arrived = error_from(refusal.code, dict(refusal.details))
    assert type(arrived) is type(refusal)
    assert arrived.message == refusal.message


def test_every_refusal_can_be_sent():
    assert {refusal.code for refusal in EVERY_REFUSAL} == REFUSALS.keys()


@pytest.mark.parametrize("code", FAILURES)
def test_a_failure_that_a_child_reports_arrives_as_itself(code):
    assert error_from(code, {}).code == code


UNBELIEVABLE = {
    "an unknown code": ("you_have_won", {}),
    "a code that is no text": (7, {}),
    "words of the child's own": ("damaged_document", {"what": "call this number"}),
    "a missing detail": ("too_many_pages", {"pages": 7}),
    "a text for a number": ("too_many_pages", {"pages": "word", "limit": 3}),
    "a yes for a number": ("too_many_pages", {"pages": True, "limit": 3}),
    "a negative number": ("too_many_pages", {"pages": -1, "limit": 3}),
    "a number without end": ("too_many_pages", {"pages": 10**20, "limit": 3}),
    "an unknown kind": ("unsupported_kind", {"foreign_kind": "spaceship"}),
    "details that are no table": ("damaged_document", []),
    "a failure with details": ("reader_out_of_memory", {"x": 1}),
    "a failure only the parent may state": ("reader_died", {}),
}


@pytest.mark.parametrize(("code", "details"), UNBELIEVABLE.values(), ids=UNBELIEVABLE.keys())
def test_what_a_child_may_not_say_is_not_repeated(code, details):
    assert isinstance(error_from(code, details), ReaderMisbehaved)


@pytest.mark.parametrize("kind", ForeignKind)
def test_every_foreign_kind_is_named_and_has_a_remedy_in_both_languages(kind):
    refusal = UnsupportedKind(foreign_kind=kind)
    assert refusal.kind is Kind.REFUSED_INPUT
    assert all((refusal.what.zh, refusal.what.en, refusal.remedy.zh, refusal.remedy.en))


def test_only_a_refusal_is_final():
    assert all(issubclass(error, DmsError) and error.retryable for error in (ReaderMisbehaved,))
    assert not any(hasattr(refusal, "retryable") for refusal in REFUSALS.values())
