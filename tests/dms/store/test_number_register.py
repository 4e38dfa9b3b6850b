"""The register as a person reads it, and held against what bears the numbers."""

from dataclasses import replace

import pytest
from store_parts import EVERY_GRADE, NOW, add_customer, add_filed_item, state_frame

from dms.domain.item import Placement
from dms.domain.numbering import NumberGap
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind, ReferencePattern

SALES = replace(EVERY_GRADE, user_id=3, departments=frozenset({"销售部"}))
FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0001", "series": "3", "year": 2024}
SCOPE = "Q001-KH·C0001·3·2024-*"
VOLUME = NUMBERING_STYLES["volume"].patterns[CodeKind.VOLUME]


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


@pytest.fixture
def filed(work):
    """A paper of the works department."""
    return add_filed_item(work, customer_id=add_customer(work, department="工程部"))


def test_a_number_is_known_to_whoever_knows_its_bearer_or_a_neighbour(work, filed):
    work.numbers.register(VOLUME, f"{SCOPE[:-1]}003", f"volume:{filed.volume_id}", NOW)
    skipped = work.numbers.skip(VOLUME, FIELDS, 1, "空号", NOW)
    box = work.numbers.allocate(work.numbers.pattern(CodeKind.BOX), FIELDS, "location:1", NOW)
    register = work.number_register
    for code in (f"{SCOPE[:-1]}003", skipped):
        assert register.knows(CodeKind.VOLUME, code, actor=EVERY_GRADE)
        assert not register.knows(CodeKind.VOLUME, code, actor=SALES)
    assert register.knows(CodeKind.BOX, box, actor=SALES)
    assert register.gaps(CodeKind.VOLUME, actor=SALES) == []
    assert register.gaps(CodeKind.VOLUME, actor=EVERY_GRADE) == [gap_of(2)]
    assert (register.count(), register.gap_count()) == (3, 1)


def gap_of(number, scope=SCOPE):
    return NumberGap(kind=CodeKind.VOLUME, scope=scope, number=number)


@pytest.mark.parametrize(
    ("text", "following", "number", "code"),
    [
        ("{fonds}-{volume:3}", "Q001-1000", 7, "Q001-007"),
        ("{fonds}-X-{volume:3}", "Q001-0009", 7, "Q001-0007"),
        ("{fonds}-X-{volume:3}", "Q001-9", 7, "Q001-7"),
    ],
    ids=["by the pattern in force", "like its neighbour", "like its neighbour without noughts"],
)
def test_a_gap_is_closed_under_the_code_that_it_would_have_had(work, text, following, number, code):
    older = ReferencePattern.parse(CodeKind.VOLUME, "{fonds}-{volume}")
    work.numbers.register(older, following, "volume:1", NOW)
    work.numbers.state_pattern(ReferencePattern.parse(CodeKind.VOLUME, text))
    closed = work.numbers.close_gap(gap_of(number, "Q001-*"), "空号", NOW)
    assert (closed.code, closed.void_reason) == (code, "空号")
    assert work.numbers.spent(code) == closed


def test_what_bears_a_number_and_the_register_are_held_against_each_other(work, filed):
    register = work.number_register
    code = work.numbers.allocate(VOLUME, FIELDS, f"volume:{filed.volume_id}", NOW)
    assert register.disagreements().unborne == (code,)
    work.volumes.number(filed.volume_id, number=1, reference_code=code)
    assert register.disagreements() == register.in_sight(register.disagreements(), actor=SALES)
    work.items.place(filed.key, Placement(volume_id=filed.volume_id, position=1, reference_code=f"{code}-001"))
    found = register.disagreements()
    assert (found.unrecorded, found.unborne, found.counted_short) == (((filed.id, f"{code}-001"),), (), ())
    assert register.in_sight(found, actor=SALES).unrecorded == ()
    assert register.in_sight(found, actor=EVERY_GRADE) == found
