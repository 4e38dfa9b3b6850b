"""Amounts, days and numbers however written: what the table pairs must be found, what it tells apart must not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dms.archive import Archive
from dms.cli.measuring_search.asking import found_ids
from dms.cli.measuring_search.brute_force import item_id
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.filling import FilledArchive, founded_for, index_papers, lay_papers
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.table import AtLeast, AtMost, Figure
from dms.search import Spelling, spellings

PART = "spellings"
PAIRS, NEAR_MISSES = 200, 50
LONG_AGO = date(1990, 1, 1)
SHOWN_MISTAKES = 10


def measure_spellings(plan: Plan) -> Iterator[Figure]:
    """The figures of this part: every text of the table is the only page of a paper, about which nothing is stated."""
    table = spellings()
    corpus = Corpus(plan.seed, len(table))
    with founded_for(corpus) as filled:
        _lay(filled, [spelling.text for spelling in table])
        wrong = [number for number, spelling in enumerate(table) if not _is_right(filled.archive, number, spelling)]
    yield from _told(table, wrong)


def _lay(filled: FilledArchive, texts: list[str]) -> None:
    bare = replace(
        filled.corpus.paper(0),
        customer=None,
        contract=None,
        doc_on=LONG_AGO,
        amount=None,
        title="",
        original_filename="-",
    )
    lay_papers(filled, (replace(bare, number=number, pages=(text,)) for number, text in enumerate(texts)))
    index_papers(filled)


def _is_right(archive: Archive, number: int, spelling: Spelling) -> bool:
    return (item_id(number) in found_ids(archive, spelling.query)) is spelling.found


def _told(table: tuple[Spelling, ...], wrong: list[int]) -> Iterator[Figure]:
    pairs = sum(spelling.found for spelling in table)
    missed = sum(table[number].found for number in wrong)
    yield Figure(part=PART, name="pairs asked", value=pairs, aim=AtLeast(PAIRS))
    yield Figure(part=PART, name="pairs not found", value=missed, aim=AtMost(0))
    yield Figure(part=PART, name="near misses asked", value=len(table) - pairs, aim=AtLeast(NEAR_MISSES))
    yield Figure(part=PART, name="near misses found", value=len(wrong) - missed, aim=AtMost(0))
    for place, number in enumerate(wrong[:SHOWN_MISTAKES], start=1):
        told = f"{table[number].query!r} and {table[number].text!r}"
        yield Figure(part=PART, name=f"mistake {place}", value=told)
