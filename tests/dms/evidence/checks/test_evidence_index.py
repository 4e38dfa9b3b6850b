"""The index against the catalogue."""

from simulators.damage import found, items, tamper

from dms.search import rebuild_index


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
