"""The measurement of the search in small: every part runs over real archives, and its own tools can be relied on."""

import random
import re
from difflib import SequenceMatcher

import pytest
from simulators.command_line import run

from dms.cli.measuring_search import clauses
from dms.cli.measuring_search.brute_force import Both, Near, Wild, Without, Words, papers_with, records_of
from dms.cli.measuring_search.command import DEFAULT_SEED
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.drawing import QueryDrawer, typed
from dms.cli.measuring_search.filling import is_filled, opened
from dms.cli.measuring_search.folding import plain
from dms.cli.measuring_search.noise import Misreader
from dms.cli.measuring_search.table import AtLeast, AtMost, Figure
from dms.cli.measuring_search.timing import ninety_fifth
from dms.cli.measuring_search.vocabulary import RARE, capitals
from dms.search.analysis import folded

SEED = 11
SMALL = ("--pages", "60", "--queries", "12", "--json")


def _figures(*arguments: str) -> dict[str, dict]:
    told = run("bench", "search", *arguments, *SMALL).answer
    return {figure["name"]: figure for figure in told["figures"]}


def _missed(figures: dict[str, dict]) -> list[str]:
    return [name for name, figure in figures.items() if figure["missed"]]


def test_every_substring_and_every_condition_finds_what_a_look_at_every_text_finds():
    figures = _figures("--part", "exactness")
    assert figures["substrings, asked"]["value"] == 12 and figures["AND OR NOT NEAR * ?, asked"]["value"] == 12
    assert _missed(figures) == [], [figure["value"] for name, figure in figures.items() if "mistake" in name]


@pytest.mark.slow
def test_texts_are_misread_more_and_more_and_tolerance_finds_more_than_the_letter():
    figures = _figures("--part", "noise")
    for share in ("1%", "3%", "5%", "10%"):
        exactly = figures[f"{share} wrong, exactly, phrases found"]["value"]
        assert figures[f"{share} wrong, with tolerance, phrases found"]["value"] >= exactly


def test_amounts_and_days_are_measured_by_how_they_are_written():
    assert _missed(_figures("--part", "spellings")) == []


def test_hostile_strings_bring_no_error_page():
    figures = _figures("--part", "hostile")
    assert figures["strings put into the search page"]["value"] == 12
    assert figures["error pages"]["value"] == 0


@pytest.mark.slow
def test_at_scale_every_class_of_query_is_timed_warm_and_cold_in_the_library_and_on_the_page(tmp_path):
    told = run("bench", "search", "--part", "scale", "--pages", "40", "--queries", "1", "--keep", tmp_path, "--json")
    names = " ".join(figure["name"] for figure in told.answer["figures"])
    classes = ("rare phrase", "common phrase", "common single word", "two common words", "one character")
    for kind in (*classes, "amount range", "NEAR", "NOT"):
        for door in ("warm, library, facets", "warm, library, no facets", "warm, web page, tolerant", "cold, library"):
            assert re.search(rf"{door}[^:]*: {kind} ", names), (door, kind)
    with opened(Corpus(DEFAULT_SEED, 40), tmp_path) as kept:
        assert is_filled(kept)


def test_other_engines_are_measured_beside_ours_with_the_same_totals():
    figures = _figures("--part", "rivals")
    assert figures["Whoosh, single characters: queries with another total than ours"]["value"] == 0
    assert figures["Anjuan, 60 pages: index"]["value"] > 0
    assert "tantivy" in " ".join(figures)


def test_the_table_shows_every_figure_and_marks_what_is_below_its_target():
    told = run("bench", "search", "--part", "spellings", "--pages", "20").text
    assert told.splitlines()[0].split() == ["part", "what", "median", "reached", "wanted"]
    assert "below their targets" in told


def test_a_figure_that_was_not_measured_misses_its_target():
    assert Figure(part="p", name="n", value="not installed", aim=AtLeast(1)).missed
    assert Figure(part="p", name="n", value=0.5, aim=AtLeast(1)).missed
    assert not Figure(part="p", name="n", value=0, aim=AtMost(0)).missed
    assert not Figure(part="p", name="n", value="whatever").missed


def test_the_same_seed_makes_the_same_papers_in_any_order():
    one, other = Corpus(SEED, 200), Corpus(SEED, 200)
    papers = list(one.papers())
    assert sum(len(paper.pages) for paper in papers) == 200
    assert other.paper(7) == papers[7] and other.paper(3) == papers[3]
    assert Corpus(SEED + 1, 200).paper(3) != papers[3]


def test_papers_look_like_papers_of_a_company():
    corpus = Corpus(SEED, 1500)
    papers = list(corpus.papers())
    lengths = [len(page) for paper in papers for page in paper.pages[:-1]]
    assert 650 < sum(lengths) / len(lengths) < 800
    assert (papers[0].year, papers[-1].year) in {(2009, 2026), (2010, 2026)}
    records = records_of(corpus, papers)
    assert len(papers_with(Words("合同"), records)) > 0.8 * len(records)
    groups = (clauses.EVERYWHERE, clauses.SELLING, clauses.WORKING, clauses.DEALING, clauses.PROVING, clauses.BINDING)
    assert sum(len(clauses.clauses(group)) for group in groups) >= 300


def test_the_second_folding_agrees_with_the_products_own_on_every_page():
    pages = [page for paper in Corpus(SEED, 400).papers() for page in paper.pages]
    assert [page for page in pages if plain(page) != folded(page)] == []
    assert plain(RARE) == folded(RARE)


def test_brute_force_counts_the_characters_between_two_words():
    corpus = Corpus(SEED, 20)
    record = records_of(corpus, corpus.papers())[0]
    records = [type(record)("a", 2020, ("甲方应在收到发票后付款",)), type(record)("b", 2021, ("付款后甲方",))]
    gap_of_five = (Words("甲方"), Words("发票"))
    assert papers_with(Near((gap_of_five[0],), (gap_of_five[1],), 4, True), records) == {"a"}
    assert papers_with(Near((gap_of_five[0],), (gap_of_five[1],), 3, True), records) == frozenset()
    assert papers_with(Near((Words("付款"),), (Words("甲方"),), 1, False), records) == {"b"}
    assert papers_with(Near((Words("甲方"),), (Words("付款"),), 9, True), records) == {"a"}
    assert papers_with(Wild("甲?应"), records) == {"a"} and papers_with(Wild("付*甲"), records) == {"b"}
    assert papers_with(Both((Words("甲方"), Without(Words("发票")))), records) == {"b"}


def test_what_is_drawn_is_typed_with_its_brackets():
    corpus = Corpus(SEED, 100)
    drawer = QueryDrawer(records_of(corpus, corpus.papers()), random.Random(SEED))
    texts = [typed(drawer.draw()) for _ in range(200)]
    assert all(text.count("(") == text.count(")") for text in texts)
    assert all(any(sign in text for text in texts) for sign in ("NOT ", " OR ", "NEAR/", "BEFORE/", "?", "*", "年度:"))
    query = Both((Words("合同"), Without(Both((Words("3.5元"), Words("货款"))))))
    assert typed(query) == '合同 AND (NOT ("3.5元" AND 货款))'


def test_a_poor_reader_gets_about_the_share_wrong_that_it_was_told():
    text = "".join(page for paper in Corpus(SEED, 40).papers() for page in paper.pages)
    read = Misreader(0.05, random.Random(SEED)).read(text)
    kept = sum(
        block.size for block in SequenceMatcher(None, text[:4000], read[:4000], autojunk=False).get_matching_blocks()
    )
    assert 0.93 < kept / 4000 < 0.97
    assert Misreader(0.0, random.Random(SEED)).read(text) == text


def test_amounts_are_written_in_the_capitals_of_financial_papers():
    written = {438_000: "肆拾叁万捌仟", 20_050: "贰万零伍拾", 7: "柒", 1_010: "壹仟零壹拾", 5_000_300: "伍佰万零叁佰"}
    assert {yuan: capitals(yuan) for yuan in written} == written


def test_the_ninety_fifth_is_the_time_that_ninety_five_of_a_hundred_keep():
    assert ninety_fifth([float(number) for number in range(1, 101)]) == 95.0
    assert ninety_fifth([3.0, 1.0, 2.0]) == 3.0
