import pytest

from dms.domain.criterion import AnyOf, Chain, Gap, TextPart
from dms.search.grammar import Joint
from dms.search.nearing import MAX_ALTERNATIVES, Succession, near, of_one_kind
from dms.search.wildcards import MAX_LINKS


def _one(*words):
    return Succession((words,), ())


def _joint(distance, *, in_order):
    return Joint("NEAR", distance, in_order, is_bounded=False)


def _near(*parts, in_order=False):
    return near(parts, [_joint(5, in_order=in_order)] * (len(parts) - 1), TextPart.ANYWHERE)


def test_words_in_either_order_are_one_chain():
    chain = Chain((("a",), ("b", "c"), ("d",)), (Gap(0, 5), Gap(0, 5)), ordered=False)
    assert _near(_one("a"), _one("b", "c"), _one("d")) == chain


def test_a_word_with_a_wildcard_stands_before_or_behind_the_other():
    pattern = Succession((("a",), ("b",)), (Gap(1, 1),))
    assert _near(pattern, _one("c")) == AnyOf(
        (
            Chain((("a",), ("b",), ("c",)), (Gap(1, 1), Gap(0, 5))),
            Chain((("c",), ("a",), ("b",)), (Gap(0, 5), Gap(1, 1))),
        )
    )


@pytest.mark.parametrize(
    "parts",
    [
        [_one("a")] * (MAX_LINKS + 1),
        [_one("a"), _one(*map(str, range(MAX_ALTERNATIVES + 1)))],
        [_one("a"), Succession((("b",), ("c",)), (Gap(1, 1),)), _one("d")],
    ],
)
def test_what_no_chain_can_say_is_not_said_by_another(parts):
    assert _near(*parts) is None


def test_joints_are_taken_together_as_long_as_they_are_of_one_kind():
    joints = [_joint(5, in_order=in_order) for in_order in (False, False, True, False)]
    assert [(kind.start, kind.stop) for kind in of_one_kind(joints)] == [(0, 2), (2, 3), (3, 4)]
