"""The index against the catalogue."""

import pytest
from simulators.damage import findings, flip, found, items, tamper
from simulators.lost_index import lose_index

from dms.domain.actor import OPERATOR
from dms.domain.inspection import Severity
from dms.evidence import RepairRequest, carry_out, planned_repairs
from dms.search import SearchRequest, rebuild_index, search


def test_an_item_that_is_missing_in_the_index_is_told_until_it_is_made_anew(archive):
    with archive.begin() as work:
        work.fulltext.drop(items(archive)[0].key)
    assert found(archive) == {("index_disagrees", "fulltext")}
    rebuild_index(archive)
    assert found(archive) == set()


def test_a_row_of_an_item_that_is_not_to_be_found_is_told(archive):
    tamper(archive, f"UPDATE item SET state = 'withdrawn' WHERE key = {items(archive)[1].key}")
    assert found(archive) == {("index_disagrees", "fulltext")}


def test_an_index_that_is_damaged_in_itself_is_told(archive):
    tamper(archive, "DELETE FROM index_text")
    assert found(archive) == {("index_damaged", "fulltext")}
    rebuild_index(archive)
    assert found(archive) == set()


def test_an_index_that_is_still_to_be_made_is_a_notice_until_it_is(archive):
    lose_index(archive)
    (finding,) = findings(archive)
    assert (finding.code, finding.severity) == ("index_incomplete", Severity.NOTICE)
    assert "2" in finding.what.zh
    assert "2" in finding.what.en
    require_healed(archive)


def segment_file(archive):
    """Where all papers lie in one segment."""
    rebuild_index(archive)
    (path,) = [path for path in (archive.home / "index").rglob("*") if path.is_file()]
    return path


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.999], ids=["header", "beginning", "middle", "end"])
def test_a_file_of_the_index_that_is_damaged_anywhere_is_told_and_healed(archive, part):
    path = segment_file(archive)
    flip(path, int(path.stat().st_size * part))
    assert found(archive) == {("index_damaged", "fulltext")}
    require_healed(archive)


def test_a_file_of_the_index_that_is_gone_is_told_and_healed(archive):
    segment_file(archive).unlink()
    assert found(archive) == {("index_damaged", "fulltext")}
    require_healed(archive)


def require_healed(archive):
    (repair,) = planned_repairs(OPERATOR, RepairRequest(rebuild_index=True), archive=archive)
    assert carry_out(OPERATOR, repair, archive=archive)
    assert found(archive) == set()
    assert search(OPERATOR, SearchRequest(query="钢材采购合同"), archive=archive).total == 1
