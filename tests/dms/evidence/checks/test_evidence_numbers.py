"""Reference codes: what bears one and what the register says of it are held against each other, both ways."""

import pytest
from simulators.damage import found, items, tamper

from dms.domain.actor import OPERATOR
from dms.domain.item import Placement
from dms.domain.numbering import NumberGap
from dms.domain.reference_code import CodeKind
from dms.filing.arranging import explain_gap

FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0001", "series": "3", "year": 2025}
SCOPE = "Q001-KH·C0001·3·2025-*"


@pytest.fixture
def bound(archive):
    """The filed paper in a volume, both with their numbers; the codes of both and the paper."""
    filed = items(archive)[0]
    with archive.begin() as work:
        numbers, now = work.numbers, archive.now()
        subject = f"volume:{filed.volume_id}"
        volume_code = numbers.allocate(numbers.pattern(CodeKind.VOLUME), FIELDS, subject, now)
        work.volumes.number(filed.volume_id, number=1, reference_code=volume_code)
        item_code = numbers.allocate(numbers.pattern(CodeKind.ITEM), {**FIELDS, "volume": 1}, filed.id, now)
        work.items.place(filed.key, Placement(volume_id=filed.volume_id, position=1, reference_code=item_code))
    return volume_code, item_code, filed


def test_numbers_that_are_borne_by_what_they_were_given_to_are_in_order(archive, bound):
    assert found(archive) == set()


def test_a_number_that_nobody_recorded_is_told(archive, bound):
    _, item_code, filed = bound
    tamper(archive, f"UPDATE item SET reference_code = '{item_code}9' WHERE key = {filed.key}")
    assert found(archive) == {("number_unrecorded", filed.id), ("number_unborne", item_code)}


def test_a_volume_under_another_number_than_was_recorded_is_told(archive, bound):
    _, _, filed = bound
    tamper(archive, "UPDATE volume SET number = 2")
    assert found(archive) == {("number_unrecorded", f"volume:{filed.volume_id}")}


def test_a_number_that_is_void_and_borne_all_the_same_is_told(archive, bound):
    volume_code, _, filed = bound
    with archive.begin() as work:
        work.numbers.void(volume_code, "误编", archive.now())
    assert found(archive) == {("number_unrecorded", f"volume:{filed.volume_id}")}


def test_a_code_that_an_item_bore_before_it_was_moved_is_in_order(archive, bound):
    _, _, filed = bound
    with archive.begin() as work:
        work.items.unplace(filed.key, to_volume_id=filed.volume_id)
    assert found(archive) == set()


def test_a_register_that_lost_its_counter_is_told(archive, bound):
    tamper(archive, f"UPDATE number_counter SET last = 0 WHERE scope = '{SCOPE}'")
    assert found(archive) == {("number_counter_behind", SCOPE)}


def test_a_gap_is_told_until_somebody_explains_it(archive, bound):
    volume_code, _, filed = bound
    with archive.begin() as work:
        pattern = work.numbers.pattern(CodeKind.VOLUME)
        work.numbers.void(volume_code, "改编", archive.now())
        later = volume_code[:-3] + "003"
        work.numbers.register(pattern, later, f"volume:{filed.volume_id}", archive.now())
        work.volumes.number(filed.volume_id, number=3, reference_code=later)
    assert found(archive) == {("numbers_left_out", "numbers")}
    explained = explain_gap(OPERATOR, NumberGap(kind=CodeKind.VOLUME, scope=SCOPE, number=2), "误跳号", archive=archive)
    assert (explained.code, explained.void_reason) == (volume_code[:-3] + "002", "误跳号")
    assert found(archive) == set()
