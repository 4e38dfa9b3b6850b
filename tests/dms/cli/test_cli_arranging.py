"""Class schemes and reference codes at the command line."""

import pytest
from simulators.command_line import run

from dms.domain.reference_code import CodeKind

FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0123", "series": "3", "year": 2025}
SCOPE = "Q001-KH·C0123·3·2025-*"


@pytest.fixture
def gap(archive):
    """The third number is given, the two before it are not."""
    with archive.begin() as work:
        pattern = work.numbers.pattern(CodeKind.VOLUME)
        work.numbers.register(pattern, "Q001-KH·C0123·3·2025-003", "volume:9", archive.now())


def test_a_scheme_is_shown_with_what_adopting_it_would_change(archive):
    shown = run("scheme", "show", "--json").answer
    assert (shown["code"], [each["code"] for each in shown["series"]]) == ("four", ["1", "2", "3", "4"])
    assert shown["ready_made"] == ["four", "six", "three", "loan"]
    change = run("scheme", "show", "loan", "--json").answer
    assert change["retired"] == ["1", "2", "3", "4"]
    assert change["moved_types"]["guarantee"] == "P3"
    assert "P3" in run("scheme", "show", "loan").text
    assert run("scheme", "show", "--json").answer["code"] == "four"


def test_a_scheme_is_adopted_only_with_a_yes(archive):
    assert run("scheme", "adopt", "six", "--approved-by", "总经理办公会").exit_code != 0
    adopted = run("scheme", "adopt", "six", "--approved-by", "总经理办公会", "--yes", "--json")
    assert adopted.answer["scheme"]["version"] == 1
    shown = run("scheme", "show", "--json").answer
    assert (shown["code"], shown["approved_by"]) == ("six", "总经理办公会")
    assert "A6" in run("scheme", "show").text


def test_a_scheme_that_does_not_exist_is_not_adopted(archive):
    assert run("scheme", "adopt", "nine", "--approved-by", "甲", "--yes").exit_code == 4
    later = run("scheme", "adopt", "six", "--approved-by", "甲", "--valid-from", "2999-01-01", "--yes")
    assert later.exit_code == 3


def test_a_numbering_style_is_put_in_force(archive):
    assert run("numbers", "style", "--json").answer["style"] == "volume"
    assert run("numbers", "style", "by_item").exit_code == 0
    shown = run("numbers", "style", "--json").answer
    assert shown["style"] == "by_item"
    assert shown["patterns"][1]["next"][0].endswith("-D30-QT-0001")
    assert "by_item" in run("numbers", "style").text


def test_numbers_are_listed_and_gaps_explained(archive, gap):
    (number,) = run("numbers", "list", "2025-003", "--json").answer["numbers"]
    assert (number["code"], number["subject"]) == ("Q001-KH·C0123·3·2025-003", "volume:9")
    assert run("numbers", "list", "2024", "--json").answer["total"] == 0
    assert "volume:9" in run("numbers", "list").text
    assert [each["number"] for each in run("numbers", "gaps", "--json").answer["gaps"]] == [1, 2]
    assert run("numbers", "explain", SCOPE, "1", "--reason", "旧卷遗失，空号").exit_code == 0
    assert run("numbers", "explain", SCOPE, "1", "--reason", "再说一次").exit_code == 4
    assert run("numbers", "explain", SCOPE, "2", "--reason", " ").exit_code == 3
    assert run("numbers", "gaps").text.split() == [SCOPE, "2"]


def test_numbers_are_checked_both_ways(archive, gap):
    checked = run("numbers", "check", "--json")
    assert checked.exit_code == 7
    assert checked.answer["unborne"] == ["Q001-KH·C0123·3·2025-003"]
    assert "Q001-KH·C0123·3·2025-003" in run("numbers", "check").text
    with archive.begin() as work:
        work.numbers.void("Q001-KH·C0123·3·2025-003", "旧卷遗失", archive.now())
    assert run("numbers", "check").exit_code == 0
