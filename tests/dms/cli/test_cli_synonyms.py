"""``dms synonyms`` prints the table as it reads it."""

import pytest
from simulators.command_line import run

from dms.domain.synonym import default_synonyms


def stated():
    return run("synonyms", "list", "--json").answer["groups"]


@pytest.fixture
def table(archive, tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("# 本公司的说法\n\n起重机/行车 / 天车\n货款／价款\n", encoding="utf-8-sig")
    return path


def test_a_new_archive_has_the_shipped_table(archive):
    assert stated() == [list(group) for group in default_synonyms()]


def test_a_table_of_ones_own_takes_its_place_and_can_be_given_up(table):
    done = run("synonyms", "set", table)
    assert "5 words in 2 groups" in done.messages
    assert stated() == [["起重机", "行车", "天车"], ["货款", "价款"]]
    assert run("synonyms", "set", "--default").exit_code == 0
    assert stated() == [list(group) for group in default_synonyms()]


def test_what_is_printed_can_be_read_back(table, tmp_path):
    run("synonyms", "set", table)
    (tmp_path / "printed.txt").write_bytes(run("synonyms", "list").output)
    assert run("synonyms", "set", tmp_path / "printed.txt").exit_code == 0
    assert stated() == [["起重机", "行车", "天车"], ["货款", "价款"]]


@pytest.mark.parametrize(
    ("content", "exit_code"),
    [("起重机/行车\n行车/天车".encode(), 3), ("起重机".encode(), 3), (b"\xff\xfe\x00", 2), (None, 2)],
)
def test_a_table_that_cannot_be_used_is_refused_and_the_old_one_stays(archive, tmp_path, content, exit_code):
    path = tmp_path / "synonyms.txt"
    if content is not None:
        path.write_bytes(content)
    assert run("synonyms", "set", path).exit_code == exit_code
    assert stated() == [list(group) for group in default_synonyms()]


def test_one_says_which_table_is_meant(archive, table):
    assert run("synonyms", "set").exit_code == 2
    assert run("synonyms", "set", table, "--default").exit_code == 2
