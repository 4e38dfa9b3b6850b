"""Every contract number, every company name and any six characters that were read right are found where they stand."""

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from program import Program

from dms.archive import Archive
from dms.bootstrap import open_archive
from dms.demo import DemoPaper, demo_customers, demo_papers
from dms.domain.actor import OPERATOR
from dms.domain.item import Item
from dms.domain.proposal import FieldName
from dms.search import SearchRequest, hit_places, search
from dms.store import ItemFilter

DRAWS = 500
RUN_LENGTH = 6
THROUGH_THE_COMMAND = 4
READ_RIGHT_AT_LEAST = 0.9
MARKS = frozenset('"“”„＂「」『』')
"""Quotation marks end a quotation, so a phrase with one inside cannot be typed between them."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a sample paper: what truly stands on it, and what was read."""

    item_id: str
    number: int
    true_text: str
    read_text: str


@pytest.fixture(scope="module")
def archive(sample_archive: Program) -> Iterator[Archive]:
    archive = open_archive(sample_archive.home, sample_archive.passphrase)
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def pages(archive: Archive) -> list[Page]:
    with archive.looking() as view:
        items = view.items.list(ItemFilter(), actor=OPERATOR, limit=1000)
        by_name = {item.original_filename: item for item in items}
        return [
            page
            for paper in demo_papers()
            for page in _pages(paper, by_name[paper.original_filename], archive)
            if page.true_text
        ]


@pytest.fixture(scope="module")
def drawn(pages: list[Page]) -> list[tuple[Page, str]]:
    """Five hundred stretches of true text, each with the page it stands on; every one has letters to look for."""
    draw = random.Random(20260302)
    named = [(page, phrase) for page in pages for phrase in _phrases() if phrase in page.true_text]
    stretches = [(page, start) for page in pages for start in range(len(page.true_text) - RUN_LENGTH + 1)]
    runs = (
        (page, page.true_text[start : start + RUN_LENGTH]) for page, start in draw.sample(stretches, len(stretches))
    )
    worth_asking = [(page, run) for page, run in runs if not MARKS & set(run) and sum(map(str.isalnum, run)) >= 4]
    return (named + worth_asking)[:DRAWS]


def test_most_of_the_true_text_was_read_right(drawn):
    assert len(drawn) == DRAWS
    assert sum(_read_right(page, phrase) for page, phrase in drawn) / DRAWS >= READ_RIGHT_AT_LEAST


def test_what_was_read_right_is_found_as_an_exact_phrase_on_its_page(archive, drawn):
    missed = [
        (phrase, page.item_id, page.number)
        for page, phrase in drawn
        if _read_right(page, phrase) and not _is_found(page, phrase, archive)
    ]
    assert missed == []


def test_phrases_are_found_across_the_ends_of_lines(archive, drawn):
    broken = [(page, phrase) for page, phrase in drawn if _read_right(page, phrase) and _is_broken(page, phrase)]
    assert len(broken) >= 5, "too few of the draws cross the end of a line to show anything"
    assert [phrase for page, phrase in broken if not _is_found(page, phrase, archive)] == []


def test_a_hit_is_marked_where_it_stands(archive, drawn):
    for page, phrase in drawn[:: DRAWS // 50]:
        if _read_right(page, phrase):
            places = hit_places(OPERATOR, page.item_id, f'"{phrase}"', archive=archive)
            marked = [page.read_text[p.start : p.end] for p in places if p.page == page.number]
            assert any(_letters(phrase) in _letters(text) for text in marked), (phrase, marked)


def test_a_run_that_stands_nowhere_is_not_found(archive, pages):
    everything = "".join(_letters(page.read_text) for page in pages)
    draw = random.Random(5)
    invented = ["".join(draw.sample(everything, RUN_LENGTH)) for _ in range(50)]
    for phrase in (phrase for phrase in invented if phrase not in everything):
        assert search(OPERATOR, SearchRequest(query=f'"{phrase}"'), archive=archive).total == 0


def test_the_command_line_finds_the_same(sample_archive, drawn):
    right = [(page, phrase) for page, phrase in drawn if _read_right(page, phrase)]
    for page, phrase in right[:: len(right) // THROUGH_THE_COMMAND]:
        answer = json.loads(sample_archive.run("search", f'"{phrase}"', "--json", "--limit", "100").output)
        assert (page.item_id, page.number) in {(hit["item_id"], n) for hit in answer["hits"] for n in hit["pages"]}


def _pages(paper: DemoPaper, item: Item, archive: Archive) -> Iterator[Page]:
    with archive.looking() as view:
        read = {page.number: page.text for page in view.contents.pages(item.key)}
    for number, text in enumerate(paper.page_texts, start=1):
        yield Page(item.id, number, _without_space(text), read[number])


def _phrases() -> list[str]:
    """Contract numbers and company names of the sample archive."""
    names = {customer.name for customer in demo_customers()}
    numbers = {paper.fields[FieldName.CONTRACT_NO] for paper in demo_papers() if FieldName.CONTRACT_NO in paper.fields}
    return sorted(names | numbers)


def _is_found(page: Page, phrase: str, archive: Archive) -> bool:
    result = search(OPERATOR, SearchRequest(query=f'"{phrase}"', limit=100), archive=archive)
    return any(hit.item_id == page.item_id and page.number in hit.pages_with_hits for hit in result.hits)


def _read_right(page: Page, phrase: str) -> bool:
    return _plain(phrase) in _plain(page.read_text)


def _is_broken(page: Page, phrase: str) -> bool:
    """Whether the phrase was read right but stands on no single line."""
    return all(_plain(phrase) not in _plain(line) for line in page.read_text.splitlines())


def _plain(text: str) -> str:
    """Without white space and widths; written down here once more, so that the product is not its own judge."""
    return _without_space(unicodedata.normalize("NFKC", text))


def _without_space(text: str) -> str:
    return "".join(text.split())


def _letters(text: str) -> str:
    return "".join(c for c in _plain(text).lower() if c.isalnum())
