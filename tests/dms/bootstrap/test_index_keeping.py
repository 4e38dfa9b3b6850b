"""An index whose files are gone, half made or in nobody's way is set right, and every paper stays in the archive."""

import logging
import os
import shutil
import threading
import time
from dataclasses import replace

import pytest
from simulators.archives import PASSPHRASE, founded_archive
from simulators.crowded_disk import DiskWithoutRoom
from simulators.laid_papers import Paper, lay
from simulators.lost_index import lose_index
from simulators.scanner import hand_in, read_everything

from dms.archive import settle_index
from dms.bootstrap import open_archive
from dms.bootstrap.index_keeping import LOCK, IndexKeeping, give_up_lost_files, keep_index
from dms.bootstrap.locking import sole_holder
from dms.bootstrap.opening import PAGES_INDEXED_AT_ONCE
from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, check_index, indexing, rebuild_index, search
from dms.store import GARBAGE_AFTER_SECONDS, IndexUnreadable, Store
from dms.store.engine import WRITES, open_engine
from dms.store.migrating import migrate
from dms.store.segment_files import FOLDER

SENTENCE = "本合同的违约金按日计算"
MUCH = "水泥钢材木料砂石" * 150_000
"""More than may lie beside the segments."""
PATIENCE_S = 10


@pytest.fixture
def home(tmp_path, clock):
    """A closed archive with one paper, which lies in a segment."""
    archive = founded_archive(tmp_path / "archive", clock=clock)
    lay_paper(archive, SENTENCE)
    rebuild_index(archive)
    archive.close()
    return archive.home


@pytest.fixture
def large(home):
    """The same with so many pages that an index is not made in a moment."""
    archive = opened(home)
    lay_paper(archive, *["空白页"] * PAGES_INDEXED_AT_ONCE)
    rebuild_index(archive)
    archive.close()
    return home


def lay_paper(archive, *pages):
    with archive.begin() as work:
        return lay(work, Paper(pages=pages))


def opened(home):
    return open_archive(home, PASSPHRASE)


def files_in(home):
    return sorted(path for path in (home / FOLDER).rglob("*") if path.is_file())


def answer(archive, query=SENTENCE):
    """How many papers the sentence is found in, and whether that is all there are."""
    result = search(OPERATOR, SearchRequest(query=query), archive=archive)
    return result.total, result.index_complete


def leave_unnamed(archive, *, seconds_ago=0):
    """A segment that was sealed and never named, and one that was not even sealed to its end."""
    name = archive.store.new_segment(()).name.object_id
    (path,) = [path for path in files_in(archive.home) if path.name == name]
    leftover = path.with_name(f".{name}.{'0' * 16}.part")
    leftover.write_bytes(b"half")
    for each in (path, leftover):
        os.utime(each, (time.time() - seconds_ago,) * 2)
    return {path, leftover}


def damage(path):
    lying = bytearray(path.read_bytes())
    lying[len(lying) // 2] ^= 1
    path.write_bytes(lying)


def until(is_so):
    ends = time.monotonic() + PATIENCE_S
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.01)
    return is_so()


def events(caplog):
    return [record.getMessage().split()[0] for record in caplog.records]


def test_a_small_index_whose_files_are_gone_is_made_anew_when_the_archive_opens(home):
    shutil.rmtree(home / FOLDER)
    archive = opened(home)
    assert answer(archive) == (1, True)
    assert check_index(archive).agrees
    archive.close()


def test_a_large_one_says_that_it_is_incomplete_until_the_service_has_made_it(large, caplog):
    shutil.rmtree(large / FOLDER)
    with caplog.at_level(logging.INFO, logger="dms"):
        archive = opened(large)
        assert answer(archive) == (0, False)
        keep_index(archive, threading.Event())
    assert events(caplog) == ["index_files_lost", "index_made"]
    assert answer(archive) == (1, True)
    assert check_index(archive).agrees
    archive.close()


@pytest.mark.parametrize("gone", ["a file", "the folder"])
def test_what_goes_while_the_service_runs_is_noticed_and_made_up_for(home, gone):
    archive = opened(home)
    keeping = IndexKeeping(archive)
    files_in(home)[0].unlink() if gone == "a file" else shutil.rmtree(home / FOLDER)
    keeping.start()
    assert until(lambda: check_index(archive).agrees)
    keeping.stop()
    assert answer(archive) == (1, True)
    archive.close()


def test_a_damaged_file_is_given_up_once_a_search_needed_it_and_made_up_for(home, caplog):
    archive = opened(home)
    damage(files_in(home)[0])
    keeping = IndexKeeping(archive)
    with caplog.at_level(logging.INFO, logger="dms"):
        with pytest.raises(IndexUnreadable):
            search(OPERATOR, SearchRequest(query=SENTENCE), archive=archive)
        keeping.start()
        assert until(lambda: "index_made" in events(caplog))
    keeping.stop()
    assert "index_files_lost" in events(caplog)
    assert answer(archive) == (1, True)
    assert check_index(archive).agrees
    archive.close()


def test_what_lies_in_undamaged_files_is_found_until_the_index_is_made_anew(home):
    archive = opened(home)
    damaged = files_in(home)[0]
    lay_paper(archive, SENTENCE, MUCH)
    assert settle_index(archive)
    lay_paper(archive, f"补充：{SENTENCE}")
    damage(damaged)
    with pytest.raises(IndexUnreadable):
        search(OPERATOR, SearchRequest(query=SENTENCE), archive=archive)
    give_up_lost_files(archive)
    assert answer(archive) == (2, False)
    keep_index(archive, threading.Event())
    assert answer(archive) == (3, True)
    archive.close()


def test_a_file_that_could_not_be_read_for_a_moment_is_kept(home, caplog):
    archive = opened(home)
    (path,) = files_in(home)
    whole = path.read_bytes()
    damage(path)
    with pytest.raises(IndexUnreadable):
        search(OPERATOR, SearchRequest(query=SENTENCE), archive=archive)
    path.write_bytes(whole)
    with caplog.at_level(logging.INFO, logger="dms"):
        keep_index(archive, threading.Event())
    assert not events(caplog)
    assert files_in(home) == [path]
    assert answer(archive) == (1, True)
    archive.close()


def test_what_a_cut_off_process_left_in_the_folder_is_gone_when_the_archive_opens(home):
    archive = opened(home)
    named = files_in(home)
    leave_unnamed(archive)
    archive.close()
    archive = opened(home)
    assert files_in(home) == named
    assert answer(archive) == (1, True)
    archive.close()


def test_what_another_process_may_still_name_stays_when_a_second_one_opens_the_archive(home):
    first = opened(home)
    waiting = leave_unnamed(first)
    second = opened(home)
    assert waiting <= set(files_in(home))
    second.close()
    first.close()


def test_the_service_sweeps_what_nobody_has_named_for_long_and_leaves_the_rest(home, caplog):
    archive = opened(home)
    kept = {*files_in(home), *leave_unnamed(archive)}
    garbage = leave_unnamed(archive, seconds_ago=GARBAGE_AFTER_SECONDS + 60)
    keeping = IndexKeeping(archive)
    with caplog.at_level(logging.INFO, logger="dms"):
        keeping.start()
        assert until(lambda: garbage.isdisjoint(files_in(home)))
        assert until(lambda: "index_swept" in events(caplog))
    keeping.stop()
    assert set(files_in(home)) == kept
    archive.close()


def test_an_archive_opens_even_where_the_folder_of_the_index_cannot_be_one(home, caplog):
    shutil.rmtree(home / FOLDER)
    (home / FOLDER).write_bytes(b"in the way")
    archive = opened(home)
    with archive.looking() as view:
        assert view.figures.pages_count() == 1
    assert answer(archive) == (0, False)
    keeping = IndexKeeping(archive)
    with caplog.at_level(logging.WARNING, logger="dms"):
        keeping.start()
        assert until(lambda: "index_waits" in events(caplog))
    keeping.stop()
    (home / FOLDER).unlink()
    keep_index(archive, threading.Event())
    assert answer(archive) == (1, True)
    archive.close()


def test_a_disk_too_full_for_the_index_refuses_nobodys_paper(home, caplog):
    archive = opened(home)
    lay_paper(archive, MUCH)
    crowded = Store.open(home / "catalogue.db", archive.keyring.catalogue_keys, disk=DiskWithoutRoom())
    with caplog.at_level(logging.WARNING, logger="dms"):
        item = hand_in(replace(archive, store=crowded), f"送货单 {SENTENCE}")
        read_everything(replace(archive, store=crowded))
    assert events(caplog) == ["index_waits"]
    crowded.close()
    assert answer(archive) == (2, True)
    assert settle_index(archive)
    assert answer(archive) == (2, True)
    with archive.looking() as view:
        assert view.items.get(item.key).pages_read == 1
    archive.close()


def test_an_archive_of_the_schema_before_is_searched_as_before_once_it_opens(home):
    engine = downgraded(home, "0016")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        fill_as_before(connection)
    engine.dispose()
    shutil.rmtree(home / FOLDER)
    archive = opened(home)
    assert answer(archive) == (1, True)
    assert check_index(archive).agrees
    archive.close()


def downgraded(home, revision):
    """The catalogue's engine, after it was brought back to an earlier schema."""
    archive = opened(home)
    key = archive.keyring.catalogue_keys()[0]
    archive.close()
    engine = open_engine(home / "catalogue.db", key)
    migrate(engine, revision)
    return engine


def test_what_was_indexed_by_fewer_spellings_answers_as_incomplete_until_it_is_made_anew(large, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(indexing, "mentions", lambda text: iter(()))
        archive = opened(large)
        lay_paper(archive, f"{SENTENCE}, May 18, 2023")
        rebuild_index(archive)
        archive.close()
    downgraded(large, "0017").dispose()
    archive = opened(large)
    assert answer(archive) == (2, False)
    assert answer(archive, "日期:2023-05-18") == (0, False)
    keep_index(archive, threading.Event())
    assert answer(archive) == (2, True)
    assert answer(archive, "日期:2023-05-18") == (1, True)
    archive.close()


def test_what_was_made_of_a_new_index_by_fewer_spellings_is_made_again(large, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(indexing, "mentions", lambda text: iter(()))
        before.setattr(indexing, "SEGMENT_UNITS", 1)
        archive = opened(large)
        lay_paper(archive, "May 18, 2023")
        rebuild_index(archive, should_stop=iter([False, False, True]).__next__)  # before it takes its place
        archive.close()
    downgraded(large, "0017").dispose()
    archive = opened(large)
    keep_index(archive, threading.Event())
    assert answer(archive, "日期:2023-05-18") == (1, True)
    assert check_index(archive).agrees
    archive.close()


def fill_as_before(connection):
    """The rows of a segment as they lay in the catalogue."""
    connection.exec_driver_sql("INSERT INTO index_segment (id, generation, documents, units) VALUES (3, 1, 1, 9)")
    for name, bits in (("index_run", 36), ("index_text", 40)):
        for key in (1, 3 << bits, (3 << bits) + 7):
            connection.exec_driver_sql(f"INSERT INTO {name} (key, data) VALUES ({key}, x'00ff')")
    connection.exec_driver_sql("INSERT INTO index_document (item_key, segment) SELECT key, 3 FROM item")
    connection.exec_driver_sql("UPDATE index_state SET generation = 1, complete = 1, last_segment = 3")


def test_while_another_process_keeps_the_index_nothing_is_done(home):
    archive = opened(home)
    lose_index(archive)
    with sole_holder(home / LOCK) as ours:
        assert ours
        keep_index(archive, threading.Event())
    assert answer(archive) == (0, False)
    archive.close()
