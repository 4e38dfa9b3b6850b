import logging
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from simulators.crowded_disk import DiskWithoutRoom
from simulators.laid_papers import KEY, Paper, lay, open_shelf, page
from simulators.lost_index import lose_files, lose_index

from dms.archive import cleanse_index, settle_index, settle_index_if_possible
from dms.domain.actor import OPERATOR
from dms.domain.criterion import Phrase
from dms.index import Family, IndexMemory
from dms.search import check_index, index_item, rebuild_index
from dms.store import FoundOrder, Inquiry, Store
from dms.store.index_rows import IndexRows
from dms.store.segment_files import FOLDER, SegmentFiles

RARE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
SENTENCE = "本合同的违约金按日计算"


@pytest.fixture
def archive(tmp_path, clock):
    opened = open_shelf(tmp_path, clock=clock)
    yield opened
    opened.close()


def lay_many(archive, count, *, seed, characters=30_000):
    """The keys of so many long papers; each says its number, and every second one the sentence."""
    rng = random.Random(seed)
    keys = []
    with archive.begin() as work:
        for number in range(count):
            filler = "".join(rng.choices(RARE, k=characters))
            said = SENTENCE if number % 2 else ""
            keys.append(lay(work, Paper(pages=(f"编号{seed:03d}第{number:04d}件", filler + said + filler[:9]))))
    return keys


def found(archive, text):
    with archive.looking() as view:
        inquiry = Inquiry(
            criterion=Phrase(text), chosen={}, actor=OPERATOR, order=FoundOrder.DATE, limit=1000, offset=0
        )
        return set(view.fulltext.find(inquiry).ranks)


def homes(archive):
    with archive.looking() as view:
        return dict(view.connection.exec_driver_sql("SELECT item_key, segment FROM index_document").all())


def segments(archive):
    with archive.looking() as view:
        return [row[0] for row in view.connection.exec_driver_sql("SELECT id FROM index_segment ORDER BY id")]


def read_of_segments(archive):
    """Object id and key of each segment, to its documents together and what it lists of a character of the secret."""
    read = {}
    with archive.looking() as view:
        rows = IndexRows(view.connection, SegmentFiles(archive.home / FOLDER), IndexMemory())
        for segment, name in rows.names.items():
            listed = rows.row(segment, Family.GROUP, ord("绝"))
            read[name.object_id, name.key] = (b"".join(rows.all_packed(segment)), listed)
    return read


def correct_text(archive, key, text):
    with archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE page SET text = ? WHERE item_key = ? AND number = 2", (text, key))
        index_item(work, key)


def test_a_little_that_is_fresh_stays_where_it_is(archive):
    lay_many(archive, 3, seed=1)
    assert not settle_index(archive)
    assert set(homes(archive).values()) == {0}


def test_much_that_is_fresh_is_laid_down_in_a_segment_and_found_as_before(archive):
    keys = lay_many(archive, 40, seed=1)
    before = found(archive, SENTENCE)
    assert before == set(keys[1::2])
    assert settle_index(archive)
    assert set(homes(archive).values()) == {segments(archive)[0]}
    assert found(archive, SENTENCE) == before
    assert found(archive, "编号001第0007件") == {keys[7]}
    assert check_index(archive).agrees
    assert not settle_index(archive)


def test_what_a_segment_says_of_a_paper_that_was_indexed_anew_counts_no_more(archive):
    keys = lay_many(archive, 40, seed=1)
    settle_index(archive)
    correct_text(archive, keys[1], "今已改写")
    with archive.begin() as work:
        work.items.withdraw(keys[3])
        index_item(work, keys[3])
    assert found(archive, SENTENCE) == set(keys[5::2])
    assert found(archive, "今已改写") == {keys[1]}
    assert check_index(archive).agrees


def test_small_segments_are_joined_and_what_counts_no_more_is_left_behind(archive):
    keys = []
    for seed in range(10):
        keys += lay_many(archive, 40, seed=seed)
        assert settle_index(archive)
    assert len(segments(archive)) == 10
    correct_text(archive, keys[1], "今已改写")
    before = found(archive, SENTENCE)
    assert settle_index(archive)
    assert len(segments(archive)) == 1
    assert found(archive, SENTENCE) == before == set(keys[3::2])
    assert found(archive, "今已改写") == {keys[1]}
    assert found(archive, "编号009第0039件") == {keys[-1]}
    assert check_index(archive).agrees


def test_a_paper_that_changes_while_its_segment_is_made_stays_beside_it(archive):
    keys = lay_many(archive, 40, seed=1)
    with archive.looking() as view:
        joining = view.index_upkeep.due()
    new = archive.store.new_segment(joining.documents)
    correct_text(archive, keys[1], "今已改写")
    with archive.begin() as work:
        work.items.withdraw(keys[3])
        index_item(work, keys[3])
    with archive.begin() as work:
        assert work.index_upkeep.replace(joining, new)
    assert homes(archive)[keys[1]] == 0
    assert found(archive, SENTENCE) == set(keys[5::2])
    assert found(archive, "今已改写") == {keys[1]}
    assert check_index(archive).agrees


def test_of_two_that_lay_down_the_same_papers_the_second_moves_nothing(archive):
    keys = lay_many(archive, 40, seed=1)
    with archive.looking() as view:
        joining = view.index_upkeep.due()
    new = archive.store.new_segment(joining.documents)
    with archive.begin() as work:
        work.index_upkeep.replace(joining, new)
    first = homes(archive)
    with archive.begin() as work:
        work.index_upkeep.replace(joining, new)
    assert homes(archive) == first
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def test_the_index_is_made_anew_beside_the_present_one_and_goes_on_where_it_stopped(archive):
    keys = lay_many(archive, 6, seed=1)
    rebuild_index(archive, should_stop=lambda: True)
    with archive.looking() as view:
        state = view.index_upkeep.state()
    assert (state.building, state.built, state.complete) == (state.generation + 1, len(keys), True)
    assert found(archive, SENTENCE) == set(keys[1::2])
    correct_text(archive, keys[1], "今已改写")
    late = lay_many(archive, 2, seed=2)
    rebuild_index(archive)
    assert found(archive, SENTENCE) == {*keys[3::2], late[1]}
    assert found(archive, "今已改写") == {keys[1]}
    assert check_index(archive).agrees


def test_an_index_that_was_lost_says_so_until_it_is_made_anew(archive):
    keys = lay_many(archive, 4, seed=1)
    lose_index(archive)
    assert found(archive, SENTENCE) == set()
    with archive.looking() as view:
        assert not view.fulltext.is_complete()
    assert rebuild_index(archive) == 4
    with archive.looking() as view:
        assert view.fulltext.is_complete()
    assert found(archive, SENTENCE) == set(keys[1::2])


def test_the_number_of_a_segment_is_never_given_twice(archive):
    lay_many(archive, 40, seed=1)
    settle_index(archive)
    first = segments(archive)
    lose_index(archive)
    rebuild_index(archive)
    assert not set(first) & set(segments(archive))


def test_nothing_of_a_destroyed_paper_stays_in_the_lists_of_its_segment(archive):
    keys = lay_many(archive, 40, seed=1)
    with archive.begin() as work:
        secret = lay(work, Paper(pages=("绝密之语永不外传", "".join(random.Random(9).choices(RARE, k=9000)))))
    settle_index(archive)
    before = read_of_segments(archive)
    assert any(listed for _, listed in before.values())
    with archive.begin() as work:
        work.contents.strip(secret)
        work.fulltext.drop(secret)
        work.items.destroy(secret)
    assert cleanse_index(archive) == 1
    after = read_of_segments(archive)
    assert after.keys().isdisjoint(before)
    assert not any("绝密之语".encode("utf-16-le") in packed for packed, _ in after.values())
    assert not any(listed for _, listed in after.values())
    assert cleanse_index(archive) == 0
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def lay_secret(archive):
    """The key of a paper that is soon destroyed."""
    with archive.begin() as work:
        return lay(work, Paper(pages=("绝密之语永不外传", "".join(random.Random(9).choices(RARE, k=9000)))))


def destroy(archive, key):
    with archive.begin() as work:
        work.contents.strip(key)
        work.fulltext.drop(key)
        work.items.destroy(key)


def files_of(archive):
    return {path.name: path.read_bytes() for path in (archive.home / FOLDER).rglob("*") if path.is_file()}


def test_the_file_in_which_a_destroyed_paper_stood_is_gone_when_the_index_is_cleansed(archive):
    lay_many(archive, 40, seed=1)
    secret = lay_secret(archive)
    settle_index(archive)
    before = files_of(archive)
    destroy(archive, secret)
    waiting = archive.store.new_segment(()).name.object_id
    cleanse_index(archive)
    after = files_of(archive)
    assert len(before) == 1
    assert before.keys().isdisjoint(after)
    assert after.keys() == {object_id for object_id, _ in read_of_segments(archive)} | {waiting}


def test_a_segment_of_destroyed_papers_alone_goes_and_nothing_takes_its_place(archive):
    secret = lay_secret(archive)
    rebuild_index(archive)
    destroy(archive, secret)
    assert cleanse_index(archive) == 1
    assert segments(archive) == []
    assert check_index(archive).agrees


def test_a_paper_that_is_destroyed_while_the_index_is_made_anew_is_in_no_segment_of_the_new_one(archive):
    keys = lay_many(archive, 4, seed=1)
    secret = lay_secret(archive)
    rebuild_index(archive)
    rebuild_index(archive, should_stop=lambda: True)
    assert len(segments(archive)) == 2
    destroy(archive, secret)
    assert cleanse_index(archive) == 2
    assert not any("绝密之语".encode("utf-16-le") in packed for packed, _ in read_of_segments(archive).values())
    assert found(archive, SENTENCE) == set(keys[1::2])
    rebuild_index(archive)
    assert not any(listed for _, listed in read_of_segments(archive).values())
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def test_a_segment_that_was_made_before_one_of_its_papers_was_destroyed_is_not_taken(archive):
    keys = lay_many(archive, 40, seed=1)
    secret = lay_secret(archive)
    with archive.looking() as view:
        joining = view.index_upkeep.due()
    new = archive.store.new_segment(joining.documents)
    destroy(archive, secret)
    cleanse_index(archive)
    with archive.begin() as work:
        assert not work.index_upkeep.replace(joining, new)
    assert settle_index(archive)
    assert not any(listed for _, listed in read_of_segments(archive).values())
    assert found(archive, SENTENCE) == set(keys[1::2])


def test_of_two_that_make_the_index_anew_the_slower_one_ends_with_the_faster(archive):
    keys = lay_many(archive, 4, seed=1)
    made = []

    def look(done, total):
        if not made:
            made.append(rebuild_index(archive))

    assert rebuild_index(archive, progress=look) == 4
    assert made == [4]
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def test_an_index_that_is_lost_while_it_is_made_anew_is_made_to_its_end(archive):
    keys = lay_many(archive, 4, seed=1)
    lost = []

    def lose(done, total):
        if not lost:
            lost.append(done)
            lose_files(archive)

    rebuild_index(archive, progress=lose)
    assert lost == [4]
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def test_what_was_made_of_a_new_index_and_cannot_be_read_any_more_is_made_again(archive):
    keys = lay_many(archive, 4, seed=1)
    rebuild_index(archive, should_stop=lambda: True)
    (path,) = [path for path in (archive.home / FOLDER).rglob("*") if path.is_file()]
    path.write_bytes(b"damaged")
    with archive.looking() as view:
        assert view.index_upkeep.state().built == len(keys)
    archive.store.sweep_index()
    assert rebuild_index(archive) == 4
    assert found(archive, SENTENCE) == set(keys[1::2])
    assert check_index(archive).agrees


def test_a_disk_that_is_full_lets_the_index_wait_and_tells_the_log(archive, caplog):
    keys = lay_many(archive, 40, seed=1)
    crowded = Store.open(archive.home / "catalogue.db", KEY, disk=DiskWithoutRoom())
    with caplog.at_level(logging.WARNING, logger="dms"):
        settle_index_if_possible(replace(archive, store=crowded))
    crowded.close()
    assert [record.getMessage().split() for record in caplog.records] == [["index_waits", "code=catalogue_disk_full"]]
    assert segments(archive) == []
    assert found(archive, SENTENCE) == set(keys[1::2])
    settle_index_if_possible(archive)
    assert len(segments(archive)) == 1
    assert found(archive, SENTENCE) == set(keys[1::2])


def test_whoever_searches_while_others_settle_and_sweep_finds_what_there_is(archive):
    keys = lay_many(archive, 40, seed=1)
    wanted, ended = set(keys[1::2]), threading.Event()
    reader = Store.open(archive.home / "catalogue.db", KEY)

    def keep_replacing():
        try:
            for _ in range(12):
                rebuild_index(archive)
                archive.store.sweep_index(older_than_s=0)
        finally:
            ended.set()

    keeping = threading.Thread(target=keep_replacing)
    keeping.start()
    searches = 0
    while not ended.is_set():
        assert found(replace(archive, store=reader), SENTENCE) == wanted
        searches += 1
    keeping.join()
    reader.close()
    assert searches > 12
    assert len(files_of(archive)) == 1


def test_a_search_under_way_keeps_the_files_it_may_still_open(archive):
    keys = lay_many(archive, 40, seed=1)
    settle_index(archive)
    inquiry = Inquiry(
        criterion=Phrase(SENTENCE), chosen={}, actor=OPERATOR, order=FoundOrder.DATE, limit=1000, offset=0
    )
    other = Store.open(archive.home / "catalogue.db", KEY)
    with other.looking() as view:
        assert view.journal.count() == 0
        in_another_thread(lambda: rebuild_index(archive))
        assert in_another_thread(lambda: archive.store.sweep_index(older_than_s=0)) == 0
        assert set(view.fulltext.find(inquiry).ranks) == set(keys[1::2])
    other.close()
    assert archive.store.sweep_index(older_than_s=0) == 1


def in_another_thread(work):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_a_paper_of_one_page_more_is_found_after_it_was_indexed_again(archive):
    keys = lay_many(archive, 40, seed=1)
    settle_index(archive)
    with archive.begin() as work:
        work.contents.add_page(keys[0], page(3, "补充协议第三页"))
        index_item(work, keys[0])
    assert found(archive, "补充协议第三页") == {keys[0]}
