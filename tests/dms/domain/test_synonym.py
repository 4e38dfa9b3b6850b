"""The shipped synonyms keep the rules that a company's own are held to."""

from collections import Counter

from dms.domain.synonym import default_synonyms

TOLD_APART_IN_LAW = [("定金", "订金"), ("解除合同", "终止合同"), ("质保期", "缺陷责任期"), ("赔偿金", "补偿金")]


def group_of(word):
    return next((group for group in default_synonyms() if word in group), ())


def test_no_word_stands_in_two_groups_and_no_group_is_a_single_word():
    words = Counter(word for group in default_synonyms() for word in group)
    assert [word for word, count in words.items() if count > 1] == []
    assert min(len(group) for group in default_synonyms()) >= 2


def test_the_words_of_a_dispute_are_there():
    assert {"滞纳金", "逾期付款违约金"} <= set(group_of("违约金"))
    assert {"需方", "买方", "发包方"} <= set(group_of("甲方"))
    assert {"供方", "卖方", "承包方"} <= set(group_of("乙方"))


def test_what_a_court_tells_apart_is_never_one_group():
    for one, other in TOLD_APART_IN_LAW:
        assert other not in group_of(one)
