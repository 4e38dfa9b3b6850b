from itertools import chain

import pytest

from dms.domain.likeness import ALIKE, KEY, LOOK_ALIKES, misread_borne


def test_a_character_is_in_one_class_at_most():
    characters = list(chain.from_iterable(LOOK_ALIKES))
    assert sorted(characters) == sorted(set(characters))


def test_a_class_has_two_to_five_characters():
    assert {len(one) for one in LOOK_ALIKES} <= {2, 3, 4, 5}


def test_likeness_is_mutual():
    for character, one in ALIKE.items():
        assert character in one
        assert {ALIKE[other] for other in one} == {one}


@pytest.mark.parametrize(
    ("right", "misread"),
    [
        ("甲乙双方已签订合同", "甲乙双方己签订合同"),
        ("二0二三年五月十八日", "二〇二三年五月十八曰"),
        ("合同编号as1508", "合同编号a5l5ob"),
        ("未尽事宜", "末尽事宣"),
        ("戊方", "戌万"),
    ],
)
def test_texts_that_differ_by_look_alikes_alone_become_the_same(right, misread):
    assert right.translate(KEY) == misread.translate(KEY)


def test_characters_that_no_eye_confuses_stay_apart():
    assert "甲方".translate(KEY) != "乙方".translate(KEY)
    assert "合同" not in ALIKE and "合" not in ALIKE


@pytest.mark.parametrize(("length", "borne"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (30, 2)])
def test_a_longer_phrase_bears_more_misread_characters(length, borne):
    assert misread_borne(length) == borne
