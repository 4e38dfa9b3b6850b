"""What every storage does; one suite for all of them."""

import threading

import pytest

from vault import LocalStorage, MemoryStorage, errors

ID = "00" * 15 + "a1"
OTHER = "ff" * 16


@pytest.fixture(params=["memory", "local"])
def storage(request, tmp_path):
    return MemoryStorage() if request.param == "memory" else LocalStorage(tmp_path / "vault")


def test_what_was_put_is_read_back(storage):
    assert storage.put(ID, [b"abc", b"", b"defg"]) == 7
    assert storage.size(ID) == 7
    assert storage.read_at(ID, 0, 7) == b"abcdefg"


def test_an_object_without_bytes_is_an_object(storage):
    assert storage.put(ID, []) == 0
    assert storage.exists(ID) and storage.size(ID) == 0
    assert storage.read_at(ID, 0, 10) == b""


@pytest.mark.parametrize(("offset", "length", "found"), [(0, 0, b""), (2, 3, b"cde"), (5, 99, b"fg"), (99, 1, b"")])
def test_reading_gives_fewer_bytes_only_where_the_object_ends(storage, offset, length, found):
    storage.put(ID, [b"abcdefg"])
    assert storage.read_at(ID, offset, length) == found


@pytest.mark.parametrize(("offset", "length"), [(-1, 1), (0, -1)])
def test_a_negative_range_is_refused(storage, offset, length):
    storage.put(ID, [b"abc"])
    with pytest.raises(errors.RangeUnusable):
        storage.read_at(ID, offset, length)


def test_putting_under_a_taken_id_is_refused_and_changes_nothing(storage):
    storage.put(ID, [b"first"])
    with pytest.raises(errors.ObjectExists):
        storage.put(ID, [b"second"])
    assert storage.read_at(ID, 0, 99) == b"first"


def test_what_was_never_put_is_not_found(storage):
    assert not storage.exists(ID)
    for ask in (storage.size, storage.remove, lambda object_id: storage.read_at(object_id, 0, 1)):
        with pytest.raises(errors.ObjectNotFound):
            ask(ID)


def test_a_removed_object_is_gone_and_the_others_stay(storage):
    storage.put(ID, [b"a"])
    storage.put(OTHER, [b"b"])
    storage.remove(ID)
    assert not storage.exists(ID)
    assert list(storage.list()) == [OTHER]


def test_all_objects_are_listed_once(storage):
    ids = {f"{number:032x}" for number in (1, 2, 255, 1 << 120, (1 << 128) - 1)}
    for object_id in ids:
        storage.put(object_id, [b"x"])
    assert sorted(storage.list()) == sorted(ids)


class Interrupted(Exception):
    pass


def interrupted_chunks():
    yield b"half"
    raise Interrupted


def test_content_that_breaks_off_leaves_nothing(storage):
    with pytest.raises(Interrupted):
        storage.put(ID, interrupted_chunks())
    assert not storage.exists(ID)
    assert list(storage.list()) == []
    storage.put(ID, [b"whole"])
    assert storage.read_at(ID, 0, 9) == b"whole"


@pytest.mark.parametrize(
    "claimed_id", ["", "a1", "../" + "0" * 29, "A" * 32, "0" * 31 + "/", "0" * 33, "0" * 32 + "\n"]
)
def test_what_is_no_object_id_is_refused_by_every_verb(storage, claimed_id):
    verbs = (
        storage.size,
        storage.exists,
        storage.remove,
        lambda object_id: storage.put(object_id, [b"x"]),
        lambda object_id: storage.read_at(object_id, 0, 1),
    )
    for verb in verbs:
        with pytest.raises(errors.ObjectIdUnusable):
            verb(claimed_id)


def test_of_many_who_put_one_id_at_the_same_time_exactly_one_succeeds(storage):
    start, outcomes = threading.Barrier(6), []

    def put(number):
        start.wait()
        try:
            storage.put(ID, [bytes([number])] * 100)
            outcomes.append(number)
        except errors.ObjectExists:
            outcomes.append(None)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [number for number in outcomes if number is not None]
    assert len(winners) == 1 and len(outcomes) == 6
    assert storage.read_at(ID, 0, 200) == bytes(winners) * 100
