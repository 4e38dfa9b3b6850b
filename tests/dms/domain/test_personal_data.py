"""Identity numbers are found however OCR left them, and masked without moving a single character."""

import pytest

from dms.domain.personal_data import check_character, identity_numbers, is_identity_number, masked, masked_number

NUMBER = "34010219800101123" + check_character("34010219800101123")


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        f"身份证号：{NUMBER}。",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        f"{NUMBER[:6]}—{NUMBER[6:14]}—{NUMBER[14:]}",
        f"公民身份号码{NUMBER[:8]}\n{NUMBER[8:]}",
        NUMBER.translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
        "身份证号码 34010219800101l234",
        f"电话13856012345，{NUMBER}",
        "1101051949123100２X",
        f"{NUMBER[:6]}{NUMBER[8:17]}",
    ],
)
def test_a_number_is_found_and_masked_without_changing_the_length(written):
    [one] = identity_numbers(written)
    hidden = masked(written)
    assert len(hidden) == len(written)
    assert "*" in hidden[one.start : one.end]
    assert hidden[: one.start] + hidden[one.end :] == written[: one.start] + written[one.end :]
    assert identity_numbers(hidden) == ()


@pytest.mark.parametrize(
    "written",
    [
        "合同编号HT202401010001",
        "91340100711780123X",
        "开户行账号6222 0213 0201 2345 678",
        f"1{NUMBER}",
        f"{NUMBER}9",
        "13856012345",
        "2024年1月1日至2026年12月31日",
        "999999198001011234",
        "340102198013451234",
        "",
    ],
)
def test_other_numbers_are_left_alone(written):
    assert masked(written) == written


def test_a_check_character_is_computed_as_the_standard_says():
    assert check_character("11010519491231002") == "X"
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert masked_number("11010519491231002X") == "110***********002X"
