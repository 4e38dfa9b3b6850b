import pytest

from dms.search.number_context import (
    follows_other_groups,
    goes_on,
    is_count,
    is_labelled,
    is_measured,
    is_part_of_spaced_number,
)


@pytest.mark.parametrize("label", ["电话：", "邮编 ", "编号:", "No.", "发票号码：", "GB/T ", "№ ", "账号（", "第"])
def test_a_label_announces_a_number_of_something(label: str) -> None:
    assert is_labelled(f"{label}12345", len(label))


@pytest.mark.parametrize("words", ["金额：", "合计 ", "总价", "价税合计（", "DNo "])
def test_other_words_announce_none(words: str) -> None:
    assert not is_labelled(f"{words}12345", len(words))


@pytest.mark.parametrize("before", ["电话:0512-6688 ", "+86 512 ", "账号：5273 5821 ", "(0512)", "400-800-"])
def test_a_group_of_digits_goes_on_a_telephone_or_an_account(before: str) -> None:
    assert follows_other_groups(f"{before}1234", len(before))
    assert not follows_other_groups("数量 12 单价 1234", 9)


def test_groups_of_four_digits_are_an_account_and_two_columns_are_none() -> None:
    assert is_part_of_spaced_number("6222 0212 3456 7890 123", 5, 9)
    assert is_part_of_spaced_number("138 0013 8000", 9, 13)
    assert not is_part_of_spaced_number("1280 6400", 5, 9)


@pytest.mark.parametrize("behind", ["台", " 台", "%", " mm", "公斤", "㎡", "多元", "分之一", "A"])
def test_what_follows_makes_a_number_a_quantity(behind: str) -> None:
    assert is_measured(f"1500{behind}", 4)


@pytest.mark.parametrize("behind", ["", "，含税", "\n台", " HT-2023-0551", "（含税）", " 公司盖章"])
def test_other_words_behind_leave_it_what_it_is(behind: str) -> None:
    assert not is_measured(f"1500{behind}", 4)


@pytest.mark.parametrize("behind", ["-01", ":30", "×800", "/12", ".5"])
def test_a_number_is_the_first_part_of_a_longer_one(behind: str) -> None:
    assert goes_on(f"1500{behind}", 4)
    assert not goes_on("1500/台", 4)
    assert not goes_on("1500-2,000", 4)


def test_a_bare_integer_before_a_chinese_word_counts_it() -> None:
    assert is_count("1500块砖", 4)
    assert is_count("1328 号楼", 4)
    assert not is_count("438000整", 6)
    assert not is_count("438000 合计", 6)
