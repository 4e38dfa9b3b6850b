"""What is typed into the confirmation form, and what it means."""

from decimal import Decimal

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.domain.item import CopyKind
from dms.filing import register_customer
from dms.web.confirmation import (
    CheckedConfirmation,
    TypedConfirmation,
    amount_as_typed,
    checked,
    typed_in,
    year_as_typed,
)

COMPLETE = {
    "customer": "C0007",
    "type_code": "contract",
    "doc_on": "2023-05-18",
    "title": "合同",
    "copy_kind": "copy",
    "grade": "2",
}


@pytest.fixture
def desk(archive: Archive) -> Desk:
    register_customer(OPERATOR, CustomerFacts(code="C0007", name="芜湖长江泵业有限公司"), archive=archive)
    return Desk(archive)


def _checked(desk: Desk, **changes: str) -> CheckedConfirmation:
    with desk.app.test_request_context():
        return checked(OPERATOR, typed_in(COMPLETE | changes), archive=desk.archive)


def test_a_field_that_was_not_sent_is_empty() -> None:
    assert typed_in({"title": " 合同 "}) == TypedConfirmation(title="合同", copy_kind="", grade="")


def test_what_is_complete_means_what_it_says(desk: Desk) -> None:
    verdict = _checked(desk)
    assert verdict.problems == {}
    assert verdict.confirmation is not None
    assert (verdict.confirmation.customer_code, verdict.confirmation.grade) == ("C0007", 2)
    assert verdict.confirmation.copy_kind is CopyKind.COPY


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("43.8万", "438000"),
        ("¥438,000.00", "438000"),
        ("438000", "438000"),
        ("肆拾叁万捌仟元整", "438000"),
        ("０.50", "0.5"),
    ],
)
def test_an_amount_may_be_written_in_any_usual_way(desk: Desk, written: str, meant: str) -> None:
    verdict = _checked(desk, amount=written)
    assert verdict.confirmation is not None
    assert verdict.confirmation.amount == Decimal(meant)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("customer", ""),
        ("customer", "没有这家"),
        ("type_code", ""),
        ("title", ""),
        ("title", "长" * 201),
        ("doc_on", "2023-02-30"),
        ("amount", "若干"),
        ("year", "去年"),
        ("year", "23"),
    ],
)
def test_what_is_wrong_is_complained_of_at_its_field_alone(desk: Desk, field: str, typed: str) -> None:
    verdict = _checked(desk, **{field: typed})
    assert verdict.confirmation is None
    assert list(verdict.problems) == [field]


def test_a_grade_that_does_not_exist_is_taken_as_the_most_secret(desk: Desk) -> None:
    verdict = _checked(desk, grade="0")
    assert verdict.confirmation is not None
    assert verdict.confirmation.grade == 1


def test_a_year_is_four_digits_of_any_width() -> None:
    assert [year_as_typed(text) for text in ("2023", "２０２３年", " 2023 ", "", "1899", "二〇二三")] == [
        2023, 2023, 2023, None, None, None,
    ]  # fmt: skip


def test_an_amount_is_shown_with_thousands_and_cents() -> None:
    assert amount_as_typed(Decimal("1386000")) == "1,386,000.00"
    assert amount_as_typed(Decimal("0.5")) == "0.50"
