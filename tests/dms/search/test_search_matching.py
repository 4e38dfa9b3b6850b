from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.criterion import Chain, Gap, Mention, MentionKind, Phrase
from dms.domain.likeness import misread_borne
from dms.search.matching import Matcher, Run, alike_key


def _stretches(text, wanted, ends=None):
    run = Run(text, ends or (len(text),))
    return [text[match.start : match.end] for match in Matcher(run).matches(wanted)]


def _spans(text, wanted):
    return [(match.start, match.end) for match in Matcher(Run(text, (len(text),))).matches(wanted)]


def test_an_exact_phrase_bears_with_nothing():
    assert _stretches("未来未付末来", Phrase("未来")) == ["未来"]


def test_look_alikes_stand_for_each_other_in_a_tolerant_phrase():
    [match] = Matcher(Run("末来己付", (4,))).matches(Phrase("未来", tolerant=True))
    assert (match.start, match.end, match.exact) == (0, 2, False)
    [match] = Matcher(Run("未来己付", (4,))).matches(Phrase("未来", tolerant=True))
    assert match.exact


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("应付逾期违约赔偿金额", "逾期违约赔偿金"),
        ("应付逾期违x赔偿金额", "逾期违x赔偿金"),
        ("应付逾期违赔偿金额", "逾期违赔偿金"),
        ("应付逾期违约约赔偿金额", "逾期违约约赔偿金"),
        ("应付逾期违约赔偿全额", "逾期违约赔偿全"),
        ("应付期违约赔偿金额", "付期违约赔偿金"),
        ("逾期违约赔偿", "逾期违约赔偿"),
        ("应付逾x违y赔偿金额", None),
        ("应付逾期违约的各种赔偿金额", None),
    ],
)
def test_one_character_of_seven_may_be_wrong_missing_or_extra(text, stretch):
    assert _stretches(text, Phrase("逾期违约赔偿金", tolerant=True)) == ([stretch] if stretch else [])


def test_two_characters_of_eight_may_be_misread_and_one_of_three_may_not():
    assert _stretches("前甲乙x丁戊己y辛后", Phrase("甲乙丙丁戊己庚辛", tolerant=True)) == ["甲乙x丁戊己y辛"]
    assert _stretches("甲x丙", Phrase("甲乙丙", tolerant=True)) == []


def test_what_stands_whole_is_kept_before_what_overlaps_it():
    assert _stretches("违约责任约责任", Phrase("违约责任", tolerant=True)) == ["违约责任"]


def test_links_of_a_chain_are_matched_where_the_whole_chain_stands():
    wanted = Chain((("违约", "逾期"), ("赔偿",)), (Gap(0, 3),))
    assert _stretches("违约应赔偿。违约另行商定后赔偿。逾期赔偿", wanted) == ["违约", "赔偿", "逾期", "赔偿"]


def test_links_stand_on_either_side_where_the_order_does_not_matter():
    ordered, either = (Chain((("甲",), ("乙",)), (Gap(0, 2),), ordered=order) for order in (True, False))
    assert _stretches("乙丙甲", ordered) == []
    assert _spans("乙丙甲丁丁丁乙", either) == [(0, 1), (2, 3)]


def test_a_gap_of_one_takes_exactly_one_character():
    wanted = Chain((("违",), ("金",)), (Gap(1, 1),))
    assert _spans("违约金违金违约约金", wanted) == [(0, 1), (2, 3)]


def test_a_mention_is_no_folded_text():
    assert _stretches("438000元", Mention(MentionKind.AMOUNT, 0, 10**9)) == []


def test_after_many_matches_on_a_page_those_that_reach_into_the_next_are_told():
    run = Run("哈" * 30, (10, 20, 20, 30))
    assert [match.start for match in Matcher(run, most_on_page=3).matches(Phrase("哈哈"))] == [
        0,
        1,
        2,
        9,
        10,
        11,
        19,
        20,
        21,
    ]
    assert [match.start for match in Matcher(run, most_on_page=1).matches(Phrase("哈"))] == [0, 10, 20]


@given(
    st.lists(st.text(st.sampled_from("哈甲"), max_size=8), min_size=1, max_size=5),
    st.sampled_from(["哈", "哈哈", "哈甲哈"]),
)
@settings(max_examples=300, deadline=None)
def test_no_page_is_passed_over_however_few_matches_are_asked_for(pages, phrase):
    run = Run("".join(pages), tuple(accumulate(map(len, pages))))
    all_of_them, few = (_pages(run, Matcher(run, most_on_page=most), phrase) for most in (1000, 1))
    assert few == all_of_them


def _pages(run, matcher, phrase):
    return {run.page_at(at) for match in matcher.matches(Phrase(phrase)) for at in range(match.start, match.end)}


def _errors(pattern, text):
    """The least number of errors with which the pattern stands somewhere in the text (Sellers 1980)."""
    above = [0] * (len(text) + 1)
    for row, character in enumerate(pattern, start=1):
        present = [row]
        for column, other in enumerate(text, start=1):
            present.append(min(above[column - 1] + (character != other), above[column] + 1, present[-1] + 1))
        above = present
    return min(above)


@given(
    st.text(st.sampled_from("违约金日曰"), max_size=24), st.text(st.sampled_from("违约金日曰"), min_size=1, max_size=10)
)
@settings(max_examples=600, deadline=None)
def test_a_tolerant_phrase_stands_exactly_where_the_distance_says(text, phrase):
    stretches = _stretches(text, Phrase(phrase, tolerant=True))
    borne = misread_borne(len(phrase))
    assert bool(stretches) == (_errors(alike_key(phrase), alike_key(text)) <= borne)
    assert all(_errors(alike_key(phrase), alike_key(stretch)) <= borne for stretch in stretches)


LINKS = st.lists(
    st.lists(st.text(st.sampled_from("甲乙"), min_size=1, max_size=2), min_size=1, max_size=2), min_size=2, max_size=3
)


@given(st.text(st.sampled_from("甲乙丙"), max_size=10), LINKS, st.integers(0, 2), st.integers(0, 2), st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_chain_stands_exactly_where_trying_every_place_finds_it(text, links, low, more, ordered):
    gap = Gap(low, low + more)
    chain = Chain(tuple(map(tuple, links)), (gap,) * (len(links) - 1), ordered)
    assert _spans(text, chain) == sorted({place for way in _ways(text, chain) for place in way})


def _ways(text, chain):
    """Every way in which the links of a chain stand, as their places."""
    ways = [[]]
    for alternatives in chain.links:
        places = [(at, at + len(one)) for one in alternatives for at in range(len(text)) if text.startswith(one, at)]
        ways = [[*way, place] for way in ways for place in places]
    return [way for way in ways if all(_follows(*pair, chain) for pair in pairwise(way))]


def _follows(one, other, chain):
    fits = chain.gaps[0].low <= other[0] - one[1] <= chain.gaps[0].high
    return fits or (not chain.ordered and chain.gaps[0].low <= one[0] - other[1] <= chain.gaps[0].high)
