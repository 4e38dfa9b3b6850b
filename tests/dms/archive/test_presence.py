"""Who is alone with an archive, and whether whoever was there before ended well."""

import pytest

from dms.archive import Presence


@pytest.fixture
def first(tmp_path):
    hold = Presence(tmp_path)
    yield hold
    hold.end()


def test_the_first_one_is_alone_and_finds_no_mark(first):
    assert first.is_alone
    assert not first.was_cut_off


def test_a_second_one_is_not_alone(first, tmp_path):
    first.share()
    second = Presence(tmp_path)
    second.share()
    assert not second.is_alone
    assert not second.was_cut_off
    second.end()


def test_whoever_ends_well_leaves_no_mark(first, tmp_path):
    first.share()
    first.end()
    first.end()
    later = Presence(tmp_path)
    assert later.is_alone
    assert not later.was_cut_off
    later.end()


def test_the_mark_stays_until_the_last_one_ends(first, tmp_path):
    first.share()
    second = Presence(tmp_path)
    second.share()
    first.end()
    assert (tmp_path / "in-use.mark").exists()
    second.end()
    assert not (tmp_path / "in-use.mark").exists()


def test_a_mark_without_a_holder_tells_of_a_crash(tmp_path):
    (tmp_path / "in-use.mark").touch()
    later = Presence(tmp_path)
    assert later.is_alone
    assert later.was_cut_off
    later.end()
    assert not (tmp_path / "in-use.mark").exists()


def test_the_mark_is_there_again_where_the_first_one_ended_while_the_second_came_in(first, tmp_path):
    first.share()
    second = Presence(tmp_path)
    first.end()
    second.share()
    assert (tmp_path / "in-use.mark").exists()
    second.end()
    assert not (tmp_path / "in-use.mark").exists()
