import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simulators.laid_papers import Paper, add_contract, add_customer, lay, open_store

from dms.domain.actor import OPERATOR, Actor, Origin, Role
from dms.domain.criterion import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Fact,
    FactIs,
    FactRange,
    Not,
    Phrase,
    TextPart,
    wanted_phrases,
)
from dms.store.finding import Facet, FoundOrder, Inquiry
from dms.store.fulltext import IndexedText

ALPHABET = "合同违约金的一二ab01%.#&@+<>=$|𬭎\ue000é한"
"""Folded characters, those that mean something to FTS5 among them; few, so that they meet often."""

PARTS = {
    TextPart.BODY: ("body",),
    TextPart.TITLE: ("title",),
    TextPart.CUSTOMER: ("customer",),
    TextPart.CONTRACT: ("contract",),
    TextPart.FACTS: ("title", "customer", "contract"),
    TextPart.ANYWHERE: ("body", "title", "customer", "contract"),
}

LAWYER = Actor(user_id=7, name="lawyer", roles=frozenset({Role.LAWYER}), clearance=3, origin=Origin.WEB)


def _run(rng, longest):
    return "".join(rng.choices(ALPHABET, k=rng.randint(0, longest)))


def _indexed(rng):
    return IndexedText(
        body=_run(rng, 120),
        title=(_run(rng, 8), _run(rng, 8)),
        customer=(_run(rng, 5),),
        contract=(_run(rng, 5), _run(rng, 3), _run(rng, 1)),
    )


def _inquiry(criterion, *, actor=OPERATOR, chosen=None, order=FoundOrder.DATE, limit=1000, offset=0):
    return Inquiry(criterion=criterion, chosen=chosen or {}, actor=actor, order=order, limit=limit, offset=offset)


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Three hundred items of random characters, and what a plain look at them would find."""
    store = open_store(tmp_path_factory.mktemp("store"))
    rng = random.Random(2026)
    with store.begin() as work:
        texts = {lay(work, Paper()): _indexed(rng) for _ in range(300)}
        for key, indexed in texts.items():
            work.fulltext.put(key, indexed)
    yield store, texts
    store.close()


def _stands(phrase, indexed):
    runs = [run for name in PARTS[phrase.part] for run in _runs(getattr(indexed, name))]
    return any(phrase.folded in run for run in runs)


def _runs(value):
    return [value] if isinstance(value, str) else value


def _holds(criterion, indexed):
    match criterion:
        case Phrase():
            return _stands(criterion, indexed)
        case AllOf(parts):
            return all(_holds(part, indexed) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, indexed) for part in parts)
        case Not(part):
            return not _holds(part, indexed)


def _assert_exact(collection, criterion):
    store, texts = collection
    expected = {key for key, indexed in texts.items() if _holds(criterion, indexed)}
    for order in FoundOrder:
        with store.looking() as view:
            found = view.fulltext.find(_inquiry(criterion, order=order))
        assert set(found.ranks) == expected
        assert found.total == len(expected)


def test_five_hundred_random_phrases_are_found_exactly_where_they_stand(collection):
    rng = random.Random(7)
    store, texts = collection
    runs = [
        run for indexed in texts.values() for name in PARTS[TextPart.ANYWHERE] for run in _runs(getattr(indexed, name))
    ]
    runs = [run for run in runs if run]
    for _ in range(500):
        run = rng.choice(runs)
        start = rng.randrange(len(run))
        phrase = Phrase(run[start : start + rng.choice([1, 1, 2, 2, 3, 4, 7, 20])], rng.choice(list(TextPart)))
        with store.looking() as view:
            found = view.fulltext.find(_inquiry(phrase))
        assert set(found.ranks) == {key for key, indexed in texts.items() if _stands(phrase, indexed)}


_PHRASES = st.builds(Phrase, st.text(st.sampled_from(ALPHABET), min_size=1, max_size=3), st.sampled_from(TextPart))
_CRITERIA = st.recursive(
    _PHRASES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


@given(criterion=_CRITERIA)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_combination_of_and_or_not_is_exact(collection, criterion):
    _assert_exact(collection, criterion)


@given(criterion=st.builds(Phrase, st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_character_whatever_is_an_operator(collection, criterion):
    store, _ = collection
    with store.looking() as view:
        view.fulltext.find(_inquiry(criterion))


def test_a_phrase_of_a_thousand_characters_is_found(collection):
    store, texts = collection
    passage = "".join(random.Random(3).choices("合同违约金", k=1000))
    with store.begin() as work:
        key = lay(work, Paper())
        work.fulltext.put(key, IndexedText(body=f"甲{passage}乙", title=(), customer=(), contract=()))
        assert set(work.fulltext.find(_inquiry(Phrase(passage))).ranks) == {key}
        assert not work.fulltext.find(_inquiry(Phrase(passage[:-1] + "丙"))).ranks
        work.fulltext.put(key, texts[min(texts)])
    texts[key] = texts[min(texts)]


def test_sixty_four_words_and_twenty_levels_can_be_asked_for_at_once(collection):
    wide = AllOf(tuple(AnyOf((Phrase("合"), Phrase(f"{index}"))) for index in range(64)))
    deep = Phrase("合")
    for _ in range(20):
        deep = AllOf((AnyOf((deep, Phrase("同"))), Not(Phrase("zzz"))))
    _assert_exact(collection, wide)
    _assert_exact(collection, deep)
    _assert_exact(collection, AnyOf(tuple(Phrase(f"{index}") for index in range(64))))
    nested = Phrase("合")
    for _ in range(20):
        nested = AnyOf((AllOf((nested, Phrase("a"))), Phrase("b")))
    _assert_exact(collection, nested)


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def _find(store, criterion, **asked):
    with store.looking() as view:
        return view.fulltext.find(_inquiry(criterion, **asked))


def test_indexing_twice_leaves_one_row_and_dropping_none(store):
    with store.begin() as work:
        key = lay(work, Paper(pages=("违约金",)))
        for _ in range(3):
            work.fulltext.put(key, IndexedText(body="定金", title=(), customer=(), contract=()))
        assert work.fulltext.keys() == {key}
        assert work.fulltext.find(_inquiry(Phrase("违约金"))).total == 0
        assert work.fulltext.find(_inquiry(Phrase("定金"))).total == 1
        work.fulltext.drop(key)
        work.fulltext.drop(key)
        assert work.fulltext.keys() == set()
        assert work.fulltext.find(_inquiry(Phrase("定金"))).total == 0
        assert work.fulltext.is_sound()


def test_a_broken_off_transaction_leaves_the_index_as_it_was(store):
    with store.begin() as work:
        key = lay(work, Paper(pages=("违约金",)))
    with pytest.raises(RuntimeError), store.begin() as work:
        work.fulltext.put(key, IndexedText(body="定金", title=(), customer=(), contract=()))
        raise RuntimeError
    assert _find(store, Phrase("违约金")).total == 1
    assert _find(store, Phrase("定金")).total == 0


def test_ranges_include_both_ends_and_never_what_is_not_known(store):
    with store.begin() as work:
        keys = [lay(work, Paper(year=year)) for year in (2020, 2021, 2022, None)]
        cheap = lay(work, Paper(amount=Decimal("99999.99")))
        dear = lay(work, Paper(amount=Decimal("100000.00")))
        dated = lay(work, Paper(doc_on=date(2023, 5, 18)))
    assert set(_find(store, FactRange(Fact.YEAR, 2020, 2021)).ranks) == set(keys[:2])
    assert set(_find(store, FactRange(Fact.YEAR, None, 2020)).ranks) == {keys[0]}
    assert set(_find(store, FactRange(Fact.YEAR, 2022, None)).ranks) == {keys[2]}
    assert set(_find(store, FactRange(Fact.YEAR, None, None)).ranks) == set(keys[:3])
    assert set(_find(store, FactRange(Fact.AMOUNT, Decimal(100000), None)).ranks) == {dear}
    assert set(_find(store, FactRange(Fact.AMOUNT, None, Decimal("99999.99"))).ranks) == {cheap}
    assert set(_find(store, FactRange(Fact.DOC_DATE, date(2023, 5, 18), date(2023, 5, 18))).ranks) == {dated}
    assert _find(store, FactRange(Fact.DOC_DATE, date(2023, 5, 19), None)).total == 0


def test_what_is_not_known_is_not_equal_so_its_negation_holds(store):
    with store.begin() as work:
        invoice, unknown = lay(work, Paper(type_code="invoice")), lay(work, Paper())
    assert set(_find(store, FactIs(Fact.TYPE, ("INVOICE",))).ranks) == {invoice}
    assert set(_find(store, Not(FactIs(Fact.TYPE, ("invoice",)))).ranks) == {unknown}
    assert set(_find(store, Not(FactRange(Fact.YEAR, 2020, 2021))).ranks) == {invoice, unknown}


def test_a_contract_is_known_by_its_whole_number_in_the_ledger_or_as_claimed(store):
    with store.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信化工有限公司")
        contract = add_contract(work, "HT-2023-00871", "购销合同", customer)
        linked = lay(work, Paper(customer_id=customer, contract_id=contract))
        claimed = lay(work, Paper(claimed_contract_no="ht-2023-00871"))
        lay(work, Paper(claimed_contract_no="HT-2023-0087"))
    assert set(_find(store, FactIs(Fact.CONTRACT_NO, ("HT-2023-00871",))).ranks) == {linked, claimed}
    assert set(_find(store, FactIs(Fact.CUSTOMER_CODE, ("c0001",))).ranks) == {linked}


def test_everything_and_nothing(store):
    with store.begin() as work:
        keys = [lay(work, Paper()) for _ in range(3)]
    assert set(_find(store, EVERYTHING).ranks) == set(keys)
    assert _find(store, NOTHING).total == 0
    assert _find(store, Not(EVERYTHING)).total == 0


def test_only_items_that_can_be_read_are_found(store):
    with store.begin() as work:
        key, withdrawn = lay(work, Paper(pages=("违约金",))), lay(work, Paper(pages=("违约金",)))
        work.items.withdraw(withdrawn)
    assert set(_find(store, Phrase("违约金")).ranks) == {key}
    assert set(_find(store, EVERYTHING).ranks) == {key}


def test_what_an_actor_may_not_know_of_is_in_no_count_and_no_facet(store):
    with store.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信化工有限公司")
        secret = Paper(
            pages=("并购意向",), customer_id=customer, year=2021, type_code="contract", series_code="3", grade=1
        )
        hidden = lay(work, secret)
        lay(work, Paper(pages=("并购",), grade=3))
    for criterion in (
        Phrase("并购意向"),
        Phrase("江苏华信"),
        FactIs(Fact.CUSTOMER_CODE, ("C0001",)),
        FactRange(Fact.YEAR, 2021, 2021),
    ):
        found = _find(store, criterion, actor=LAWYER, order=FoundOrder.RELEVANCE)
        assert found.total == 0
        assert not found.ranks
        assert not any(found.counts.values())
        assert found.best_rank == 0
        assert set(_find(store, criterion).ranks) == {hidden}
    assert _find(store, EVERYTHING, actor=LAWYER).total == 1
    assert _find(store, Not(Phrase("意向")), actor=LAWYER).total == 1
    with store.looking() as view:
        assert view.fulltext.items([hidden], actor=LAWYER) == {}


def test_each_facet_is_counted_under_every_filter_but_its_own(store):
    with store.begin() as work:
        for year, type_code in (
            (2021, "invoice"),
            (2021, "invoice"),
            (2021, "receipt"),
            (2022, "invoice"),
            (None, None),
        ):
            lay(work, Paper(pages=("货款",), year=year, type_code=type_code))
    chosen = {Facet.YEAR: FactRange(Fact.YEAR, 2021, 2021), Facet.TYPE: FactIs(Fact.TYPE, ("invoice",))}
    found = _find(store, Phrase("货款"), chosen=chosen)
    assert found.total == 2
    assert len(found.ranks) == 2
    assert found.counts[Facet.YEAR] == {2021: 2, 2022: 1}
    assert found.counts[Facet.TYPE] == {"invoice": 2, "receipt": 1}
    everything = _find(store, Phrase("货款"))
    assert everything.total == 5
    assert everything.counts[Facet.YEAR] == {2021: 3, 2022: 1}


def test_hits_come_by_relevance_or_by_date_and_ties_are_stable(store):
    with store.begin() as work:
        often = lay(work, Paper(pages=("定金" * 5,), doc_on=date(2020, 1, 1)))
        in_title = lay(work, Paper(pages=("其他内容",), title="定金", doc_on=date(2019, 1, 1)))
        twins = [lay(work, Paper(pages=("定金与货款以及其他许多内容",), doc_on=date(2022, 1, 1))) for _ in range(3)]
        undated = lay(work, Paper(pages=("定金与货款以及其他许多内容",)))
        for _ in range(20):
            lay(work, Paper(pages=("别的",)))
    by_relevance = list(_find(store, Phrase("定金"), order=FoundOrder.RELEVANCE).ranks)
    assert set(by_relevance[:2]) == {often, in_title}
    assert by_relevance[2:] == [*reversed(twins), undated]
    assert list(_find(store, Phrase("定金")).ranks) == [*reversed(twins), often, in_title, undated]


@pytest.mark.parametrize("order", FoundOrder)
def test_pages_of_hits_join_without_gap_or_overlap(store, order):
    with store.begin() as work:
        for index in range(23):
            lay(work, Paper(pages=("定金" * (1 + index % 3),), doc_on=date(2020, 1, 1 + index % 5)))
    whole = list(_find(store, Phrase("定金"), order=order).ranks)
    stretches = [_find(store, Phrase("定金"), order=order, limit=5, offset=offset) for offset in range(0, 30, 5)]
    assert [key for stretch in stretches for key in stretch.ranks] == whole
    assert {stretch.total for stretch in stretches} == {23}
    assert {stretch.best_rank for stretch in stretches} == {stretches[0].best_rank}
    nothing = _find(store, Phrase("定金"), order=order, limit=0)
    assert (nothing.total, nothing.ranks) == (23, {})


def test_a_phrase_does_not_reach_from_one_run_into_the_next(store):
    with store.begin() as work:
        key = lay(work, Paper())
        work.fulltext.put(key, IndexedText(body="甲乙", title=("丙", "丁戊"), customer=("己",), contract=()))
    assert _find(store, Phrase("丙丁")).total == 0
    assert _find(store, Phrase("丁戊")).total == 1
    assert _find(store, Phrase("戊己")).total == 0
    assert _find(store, Phrase("丙")).total == 1


def test_the_phrases_that_speak_for_an_item_leave_out_what_is_negated():
    criterion = AllOf(
        (Phrase("甲"), Not(Phrase("乙")), AnyOf((Phrase("丙"), FactRange(Fact.YEAR, 1, 2), Phrase("甲"))))
    )
    assert wanted_phrases(criterion) == (Phrase("甲"), Phrase("丙"))
