"""Whatever is uploaded ends in a named state, with a sentence for its owner, and the service answers all the while."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bad_papers import NOT_READ, READ, BadPaper, bad_papers
from drawn import paper
from program import Program, Service

HAN = re.compile(r"[一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
ALL_WITHIN_S = 240.0
ANSWERS_WITHIN_S = 5.0
ASKED_EVERY_S = 0.25
GOOD = "完好的一页 编号 WH-2024-0077"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordeal:
    """What came of all the bad papers, and how the service bore it."""

    results: dict[str, dict[str, Any]]
    exit_code: int
    elapsed_s: float
    found_after: list[str]
    """The papers on which the search finds the sentence of the good ones."""
    answered: int
    unanswered: int
    """How often the service was asked for its health and kept silent for too long."""
    original_of_refused: bytes
    """What the archive gives back of a paper that it could not read."""


BAD_PAPERS = {bad.original_filename: bad for bad in bad_papers()}


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory) -> Ordeal:
    """Every bad paper, and good ones among them, through a service that goes on serving."""
    program = Program(tmp_path_factory.mktemp("ordeal"))
    program.found()
    folder = program.folder / "papers"
    folder.mkdir()
    for bad in BAD_PAPERS.values():
        (folder / bad.original_filename).write_bytes(bad.content)
    for name in ("a good one first.png", "middle good one.png", "z good one last.png"):
        (folder / name).write_bytes(paper([GOOD, name]))
    with program.serving() as service, _asked_again_and_again(service) as answers:
        started = time.monotonic()
        run = program.run("ingest", folder, "--wait", "--json", exit_code=None, limit_s=2 * ALL_WITHIN_S)
        elapsed_s = time.monotonic() - started
    results = {Path(result["file"]).name: result for result in run.answer["items"]}
    hits = program.run("search", f'"{GOOD}"', "--json").answer["hits"]
    given_back = program.folder / "given-back"
    program.run("item", "original", results["bomb.png"]["item_id"], "-o", given_back)
    return Ordeal(
        results=results,
        exit_code=run.exit_code,
        elapsed_s=elapsed_s,
        found_after=sorted(hit["title"] for hit in hits),
        answered=answers.count(True),
        unanswered=answers.count(False),
        original_of_refused=given_back.read_bytes(),
    )


@pytest.mark.parametrize("bad", BAD_PAPERS.values(), ids=BAD_PAPERS)
def test_a_bad_paper_ends_in_a_named_state_with_a_message_in_both_languages(ordeal, bad: BadPaper):
    result = ordeal.results[bad.original_filename]
    assert result["status"] in bad.states, result
    assert bad.code is None or result["code"] == bad.code
    if result["status"] in NOT_READ:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", result["code"])
        assert HAN.search(result["message_zh"])
        assert LATIN_WORD.search(result["message_en"]) and not HAN.search(result["message_en"])


def test_good_papers_among_them_are_read_and_found(ordeal):
    good = [result for name, result in ordeal.results.items() if "good one" in name]
    assert {result["status"] for result in good} <= READ
    assert len(good) == len(ordeal.found_after) == 3


def test_a_refusal_shows_in_the_exit_code(ordeal):
    assert ordeal.exit_code == 3


def test_all_of_it_takes_bounded_time(ordeal):
    assert ordeal.elapsed_s < ALL_WITHIN_S


def test_the_service_answers_throughout(ordeal):
    assert ordeal.unanswered == 0
    assert ordeal.answered > 10


def test_what_could_not_be_read_is_given_back_as_it_came(ordeal):
    assert ordeal.original_of_refused == BAD_PAPERS["bomb.png"].content


@contextmanager
def _asked_again_and_again(service: Service) -> Iterator[list[bool]]:
    answers: list[bool] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(ASKED_EVERY_S):
            answers.append(service.healthy(within_s=ANSWERS_WITHIN_S))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield answers
    finally:
        stop.set()
        thread.join()
