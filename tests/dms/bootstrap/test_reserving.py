"""A service has the memory that its index needs before anybody searches, keeps it, and gives it back at the end."""

import subprocess
import sys

import pytest
from simulators.scanner import scan

from dms.archive import settle_index
from dms.bootstrap.reserving import read_ahead, take_memory_for_index
from dms.search import rebuild_index

LOOK = """
from pathlib import Path
from dms.process.allocating import give_memory_back, keep_freed_memory, take_memory

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) // 1024

before = resident()
keep_freed_memory()
taken = take_memory(200 << 20) >> 20
kept = resident() - before
give_memory_back()
print(taken, kept, resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="tells the GNU C library")
def test_memory_is_taken_at_once_kept_when_it_is_free_and_given_back_on_word():
    said = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout
    taken, kept, left = map(int, said.split())
    assert taken == 200
    assert kept > 180
    assert left < 40


def test_a_small_index_takes_next_to_nothing(archive):
    scan(archive, "采购合同")
    while settle_index(archive):
        pass
    assert take_memory_for_index(archive) < 2**21


def test_a_service_reads_index_and_catalogue_ahead_unless_it_is_ending(archive):
    scan(archive, "采购合同")
    rebuild_index(archive)
    with archive.looking() as view:
        index_bytes = view.index_upkeep.bytes_in_files()
    catalogue_bytes = (archive.home / "catalogue.db").stat().st_size
    assert index_bytes > 0
    assert read_ahead(archive, should_stop=lambda: False) == index_bytes + catalogue_bytes
    assert read_ahead(archive, should_stop=lambda: True) == 0
