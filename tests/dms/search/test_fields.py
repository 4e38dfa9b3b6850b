from datetime import date
from decimal import Decimal

import pytest

from dms.domain.criterion import AnyOf, Fact, FactRange, Mention, MentionKind
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.search.fields import (
    NAME_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
    named_states,
    named_types,
    read_values,
    recorded_alone,
    valued,
    with_name,
)
from dms.search.values import Interval


@pytest.mark.parametrize(
    ("field", "written", "values"),
    [
        ("密级", "一级", Interval(1, 1)),
        ("密级", "３级", Interval(3, 3)),
        ("密级", "1..2", Interval(1, 2)),
        ("密级", ">=2", Interval(2, None)),
        ("密级", "四级", None),
        ("密级", "0", None),
        ("密级", "", None),
        ("年度", "2023年", Interval(2023, 2023)),
        ("页数", "12页", Interval(12, 12)),
        ("文中金额", "5万", Interval(Decimal("50000.00"), Decimal("50000.00"))),
        ("文中日期", "2023-05", Interval(date(2023, 5, 1), date(2023, 5, 31))),
    ],
)
def test_a_field_reads(field, written, values):
    assert read_values(VALUE_FIELDS[field], written) == values


def test_an_amount_is_recorded_or_mentioned():
    asked = valued(VALUE_FIELDS["金额"], Interval(Decimal("0.29"), None))
    assert asked == AnyOf((FactRange(Fact.AMOUNT, Decimal("0.29"), None), Mention(MentionKind.AMOUNT, 29, 10**18)))


def test_of_what_is_recorded_or_mentioned_the_recorded_can_be_asked_alone():
    assert recorded_alone(VALUE_FIELDS["金额"]) is VALUE_FIELDS["登记金额"]
    assert recorded_alone(VALUE_FIELDS["日期"]) is VALUE_FIELDS["登记日期"]
    assert recorded_alone(VALUE_FIELDS["文中日期"]) is VALUE_FIELDS["文中日期"]


@pytest.mark.parametrize(("written", "codes"), [("filed", ["filed"]), ("归档", ["filed"]), ("待核对", ["review"])])
def test_states_have_names(written, codes):
    assert [one.code for one in with_name(written, named_states())] == codes


def test_a_type_is_found_by_characters_of_its_name_in_order():
    assert [one.code for one in with_name("补充协议", named_types(DEFAULT_DOCUMENT_TYPES))] == ["amendment"]


@pytest.mark.parametrize("fields", [TEXT_FIELDS, NAME_FIELDS, VALUE_FIELDS], ids=["text", "name", "value"])
def test_every_field_has_a_name_in_chinese_and_in_english(fields):
    english = {id(meaning) for name, meaning in fields.items() if name.isascii()}
    assert english == {id(meaning) for name, meaning in fields.items() if not name.isascii()}
