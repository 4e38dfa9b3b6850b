"""The catalogue in itself: what SQLCipher and SQLite find."""

import pytest
from simulators.damage import found

PAGE_BYTES = 4096


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.99])
def test_a_page_that_is_not_authentic_is_told_wherever_it_lies(archive, share):
    archive.store.close()
    catalogue = archive.home / "catalogue.db"
    stored = bytearray(catalogue.read_bytes())
    stored[int(len(stored) * share)] ^= 1
    catalogue.write_bytes(stored)
    assert {code for code, _ in found(archive)} & {"catalogue_damaged", "catalogue_unreadable"}


def test_a_row_that_points_into_the_void_is_told(archive):
    with archive.begin() as work:
        raw = work.connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("UPDATE item SET contract_id = 999")
    raw.execute("PRAGMA foreign_keys = ON")
    assert ("catalogue_damaged", "catalogue.db") in found(archive)
