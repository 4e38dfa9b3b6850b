"""What is taken out of the archive: the original to the byte, and a PDF whose text another program copies out right."""

import subprocess
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from program import Program

from dms.bootstrap import open_archive
from dms.demo import DemoPaper, demo_papers
from dms.domain.actor import OPERATOR
from dms.store import ItemFilter

COPIED_AT_LEAST = 0.95
"""Share of the neighbouring characters of the true print that are copied out of the searchable PDF."""

PAPERS = demo_papers()[::5]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def item_ids(sample_archive: Program) -> dict[str, str]:
    """The item of each sample paper, by the name under which the paper arrived."""
    archive = open_archive(sample_archive.home, sample_archive.passphrase)
    with archive.looking() as view:
        items = view.items.list(ItemFilter(), actor=OPERATOR, limit=1000)
    archive.close()
    return {item.original_filename: item.id for item in items}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.document_type)
def test_the_original_comes_out_to_the_byte(sample_archive, item_ids, tmp_path, paper: DemoPaper):
    target = tmp_path / "original"
    sample_archive.run("item", "original", item_ids[paper.original_filename], "-o", target)
    assert target.read_bytes() == paper.original_bytes


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.document_type)
def test_the_text_of_the_searchable_copy_is_copied_out_right(sample_archive, item_ids, tmp_path, paper: DemoPaper):
    target = tmp_path / "copy.pdf"
    sample_archive.run("item", "pdf", item_ids[paper.original_filename], "-o", target)
    copied = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, check=True).stdout.decode()
    assert copied.count("\f") == len(paper.page_texts)
    true_pairs, copied_pairs = _pairs("".join(paper.page_texts)), _pairs(copied)
    assert sum((true_pairs & copied_pairs).values()) >= COPIED_AT_LEAST * sum(true_pairs.values())


def test_taking_out_is_written_into_the_journal(sample_archive, item_ids, tmp_path):
    program = sample_archive.copied_to(tmp_path / "copy")
    item_id = item_ids[PAPERS[0].original_filename]
    program.run("item", "original", item_id, "-o", tmp_path / "original")
    assert "original" in _latest_act(program, item_id)


def _latest_act(program: Program, item_id: str) -> str:
    archive = open_archive(program.home, program.passphrase)
    try:
        with archive.looking() as view:
            return list(view.journal.entries(subject=item_id))[-1].action
    finally:
        archive.close()


def _pairs(text: str) -> Counter[str]:
    letters = [c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum()]
    return Counter(map("".join, pairwise(letters)))
