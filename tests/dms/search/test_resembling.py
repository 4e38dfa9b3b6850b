import random

import pytest
from simulators.laid_papers import Paper, lay

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.criterion import NOTHING, AtLeast, wanted_phrases
from dms.search import SearchRequest, search
from dms.search.analysis import folded
from dms.search.resembling import FEWEST_SHARED, MAX_RUNS, resembling

LAWYER = Actor(user_id=7, name="lawyer", roles=frozenset({Role.LAWYER}), clearance=3, origin=Origin.WEB)
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def _text(rng, length=600):
    return "".join(rng.choices(HAN, k=length))


def _retyped(rng, text, share):
    """The text with a share of its sentences written anew."""
    sentences = [text[start : start + 30] for start in range(0, len(text), 30)]
    return "".join(_text(rng, 30) if rng.random() < share else sentence for sentence in sentences)


def _lay(archive, *papers):
    with archive.begin() as work:
        keys = [lay(work, paper) for paper in papers]
        return [work.items.get(key).id for key in keys]


def _like(archive, item_id, *, actor=OPERATOR, **asked):
    result = search(actor, SearchRequest(like_item_id=item_id, **asked), archive=archive)
    return [hit.item_id for hit in result.hits]


@pytest.fixture
def family(archive):
    """An example, a near copy, a paper that shares half with it, and thirty others."""
    rng = random.Random(4)
    text = _text(rng)
    papers = [
        Paper(pages=(text[:300], text[300:]), title="采购合同"),
        Paper(pages=(_retyped(rng, text, 0.1),)),
        Paper(pages=(_retyped(rng, text, 0.4), "补充条款")),
    ]
    return _lay(archive, *papers, *[Paper(pages=(_text(rng),)) for _ in range(30)])


def test_papers_that_share_much_are_found_the_closest_first_and_the_example_is_not(archive, family):
    assert _like(archive, family[0]) == [family[1], family[2]]


def test_an_example_is_joined_with_an_ordinary_query(archive, family):
    assert _like(archive, family[0], query="补充条款") == [family[2]]
    assert _like(archive, family[0], query="NOT 补充条款") == [family[1]]


def test_the_answer_says_what_it_was_compared_with_and_marks_what_is_shared(archive, family):
    result = search(OPERATOR, SearchRequest(like_item_id=family[0]), archive=archive)
    assert "采购合同" in result.explanation.notes[0].zh
    assert any(marked for _, marked in result.hits[0].snippets[0].parts)


def test_what_is_looked_for_is_spread_over_the_paper_and_bounded(archive, family):
    with archive.looking() as view:
        resemblance = resembling(view, OPERATOR, family[0])
        text = "".join(page.text for page in view.contents.pages(view.items.with_id(family[0], actor=OPERATOR).key))
    runs = [phrase.folded for phrase in wanted_phrases(resemblance.criterion)]
    assert FEWEST_SHARED <= len(runs) == resemblance.runs <= MAX_RUNS
    assert all(4 <= len(run) <= 8 for run in runs)
    places = [folded(text).index(run) for run in runs]
    assert min(places) < len(text) // 4
    assert max(places) > len(text) * 3 // 4


def test_nothing_is_like_a_paper_that_shares_nothing_or_bears_no_text(archive):
    alone, empty, _ = _lay(archive, Paper(pages=("独一无二的文字内容",)), Paper(), Paper(pages=("另外一些东西",)))
    for example in (alone, empty):
        assert _like(archive, example) == []
        with archive.looking() as view:
            assert resembling(view, OPERATOR, example).criterion == NOTHING


def test_a_short_paper_is_like_another_with_the_same_few_words(archive):
    one, other, _ = _lay(archive, Paper(pages=("收到货款",)), Paper(pages=("今收到货款",)), Paper(pages=("收据",)))
    assert _like(archive, one) == [other]


def test_a_third_of_what_tells_must_be_shared(archive, family):
    with archive.looking() as view:
        alike, _ = resembling(view, OPERATOR, family[0]).criterion.parts
    assert isinstance(alike, AtLeast)
    assert alike.count == max(FEWEST_SHARED, len(alike.parts) // 3)


def test_secret_papers_change_nothing_for_whoever_may_not_see_them(archive):
    rng = random.Random(9)
    text = _text(rng)
    [example] = _lay(archive, Paper(pages=(text,)))
    with archive.looking() as view:
        before = resembling(view, LAWYER, example)
    [secret] = _lay(archive, Paper(pages=(text,), grade=1))
    with archive.looking() as view:
        assert resembling(view, LAWYER, example) == before
    assert _like(archive, example, actor=LAWYER) == []
    assert _like(archive, example) == [secret]
    with pytest.raises(ItemNotFound):
        _like(archive, secret, actor=LAWYER)


def test_a_withdrawn_paper_is_no_example(archive, family):
    with archive.begin() as work:
        work.items.withdraw(work.items.with_id(family[0], actor=OPERATOR).key)
    with pytest.raises(ItemNotFound):
        _like(archive, family[0])


def test_what_every_paper_says_likens_it_to_none(archive):
    rng = random.Random(12)
    form, told = _text(rng, 300), _text(rng, 300)
    papers = [Paper(pages=(form + told,)), Paper(pages=(form + told[:200] + _text(rng, 100),))]
    one, other, *_ = _lay(archive, *papers, *[Paper(pages=(form + _text(rng, 300),)) for _ in range(60)])
    assert _like(archive, one) == [other]


@pytest.mark.parametrize(
    ("bearers", "of_course"),
    [
        ([2, 2, 2, 3, 4, 9, 39, 41, 150, 200], {41, 150, 200}),  # twenty times as many as two bear what is rarer
        ([2, 2, 9, 9, 99, 101, 150, 179, 181, 200], {181, 200}),
        ([102, 110, 120, 130, 140, 150, 160, 170, 180, 200], set()),
    ],
)
def test_what_many_more_papers_bear_than_the_rarer_quarter_is_not_looked_for(archive, bearers, of_course):
    rng = random.Random(13)
    parts = {number: _text(rng, 24) for number in range(len(bearers))}
    papers = [
        "".join(parts[part] if paper < bearers[part] else _text(rng, 24) for part in parts) for paper in range(200)
    ]
    example, *_ = _lay(archive, *[Paper(pages=(text,)) for text in papers])
    with archive.looking() as view:
        looked_for = [phrase.folded for phrase in wanted_phrases(resembling(view, OPERATOR, example).criterion)]
    standing = {sum(run in folded(text) for text in papers) for run in looked_for}
    assert standing == set(bearers) - of_course


def test_no_more_is_counted_than_is_asked_for(archive):
    rng = random.Random(14)
    _lay(archive, *[Paper(pages=(_text(rng, 40) + "付款方式",)) for _ in range(7)])
    with archive.looking() as view:
        for most, told in ((0, 1), (3, 4), (6, 7), (7, 7), (100, 7)):
            assert view.fulltext.frequencies(["付款方式", "无此文字"], OPERATOR, most=most) == {
                "付款方式": told,
                "无此文字": 0,
            }


def test_papers_that_share_little_are_found_where_none_shares_more(archive):
    rng = random.Random(9)
    clauses = [_text(rng, 36) for _ in range(6)]
    example, *others = _lay(
        archive,
        Paper(pages=("".join(clause + _text(rng, 36) for clause in clauses),), title="补充协议"),
        *[Paper(pages=(_text(rng, 200) + clause + _text(rng, 200),)) for clause in clauses],
    )
    assert set(_like(archive, example)) == set(others)
    with archive.looking() as view:
        resemblance = resembling(view, OPERATOR, example)
    assert resemblance.shared < FEWEST_SHARED <= resemblance.runs
