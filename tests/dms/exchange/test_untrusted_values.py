"""Values out of a stranger's JSON are what they should be, or are refused by name."""

import pytest

from dms.domain.item import ItemState
from dms.exchange.untrusted import RecordUnusable, Untrusted

GOOD = {
    "text": "合同",
    "whole": 3,
    "number": 0.5,
    "truth": True,
    "moment": "2026-03-02T09:00:00+00:00",
    "day": "2023-05-18",
    "amount": "438000.00",
    "sha256": "a" * 64,
}


def test_a_good_value_of_every_kind_is_given():
    stated = Untrusted(GOOD)
    assert [str(getattr(stated, name)(name)) for name in GOOD] == [
        "合同",
        "3",
        "0.5",
        "True",
        "2026-03-02 09:00:00+00:00",
        "2023-05-18",
        "438000.00",
        "a" * 64,
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 3),
        ("text", None),
        ("text", "\ud800"),
        ("whole", True),
        ("whole", 1.0),
        ("whole", -1),
        ("whole", 2**60),
        ("number", "1"),
        ("number", 1e300),
        ("truth", 1),
        ("moment", "2026-03-02T09:00:00"),
        ("moment", "yesterday"),
        ("day", "2023-02-30"),
        ("amount", "1E+999999"),
        ("amount", "NaN"),
        ("amount", "1.001"),
        ("amount", "lots"),
        ("sha256", "A" * 64),
        ("sha256", "a" * 63),
        ("part", []),
        ("parts", {}),
        ("parts", [1]),
        ("texts", ["a", 1]),
        ("plain", {"a": [1]}),
    ],
)
def test_a_value_that_is_not_what_it_should_be_is_refused_by_name(kind, value):
    with pytest.raises(RecordUnusable):
        getattr(Untrusted({"name": value}), kind)("name")


def test_a_word_that_is_none_of_the_states_is_refused():
    with pytest.raises(RecordUnusable):
        Untrusted({"state": "stolen"}).one_of("state", ItemState)


@pytest.mark.parametrize("encoded", [b"", b"{", b"[]", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_not_the_json_of_an_object_is_refused(encoded):
    with pytest.raises(RecordUnusable):
        Untrusted.parsed(encoded)


def test_what_is_not_stated_may_be_none():
    assert Untrusted({"day": None}).maybe(Untrusted({}).day, "day") is None
