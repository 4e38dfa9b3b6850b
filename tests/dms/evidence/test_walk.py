"""What the checks of one inspection share."""

from collections import Counter
from itertools import islice, product

from dms.domain.inspection import InspectionScope
from dms.evidence import FindingCode, part_of
from dms.evidence.walk import MOST_FINDINGS, Walk


def walk(archive):
    return Walk(archive=archive, scope=InspectionScope.QUICK, part=None, parts=None, report=lambda progress: None)


def test_a_catastrophe_is_counted_where_it_is_too_long_to_be_told(archive):
    walking = walk(archive)
    for number in range(MOST_FINDINGS + 101):
        walking.found(FindingCode.ITEM_VANISHED, str(number))
    for _ in range(50):
        walking.found(FindingCode.OBJECT_CONDEMNED, "a notice")
    findings = walking.findings()
    assert len(findings) == MOST_FINDINGS + 1
    assert findings[-1].code == "findings_not_listed"
    assert "101 more damages" in findings[-1].what.en


def test_the_parts_of_a_sample_are_of_like_size_and_hold_everything():
    ids = ["".join(digits) + "0" * 24 for digits in islice(product("0123456789abcdef", repeat=8), 0, 210_000, 7)]
    sizes = Counter(part_of(object_id, parts=30) for object_id in ids)
    assert set(sizes) == set(range(1, 31))
    assert max(sizes.values()) < 1.1 * min(sizes.values())
