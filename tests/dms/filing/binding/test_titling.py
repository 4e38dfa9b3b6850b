"""Titles of volumes: customer, year, series, and the first of its contracts."""

import pytest

from dms.domain.contract import ContractFacts
from dms.filing.binding.titling import MOST_CHARACTERS, collective_title, short_titles, volume_title

NAME = "合肥远山商贸有限公司"


@pytest.mark.parametrize(
    ("contracts", "title"),
    [
        ([], f"{NAME} 2025年 交易状况"),
        (["钢材采购合同"], f"{NAME} 2025年 交易状况（钢材采购合同）"),
        (["甲", "乙", "丙"], f"{NAME} 2025年 交易状况（甲、乙、丙）"),
        (["甲", "乙", "丙", "丁"], f"{NAME} 2025年 交易状况（甲、乙、丙等）"),
        (["甲", "长" * 100], f"{NAME} 2025年 交易状况（甲等）"),
        (["长" * 120], f"{NAME} 2025年 交易状况"),
    ],
)
def test_a_title_names_as_many_contracts_as_there_is_room_for(contracts, title):
    assert volume_title(NAME, 2025, "交易状况", contracts) == title
    assert len(title) <= MOST_CHARACTERS


def test_a_long_name_is_never_cut():
    assert volume_title("长" * 200, 2025, "交易状况", ["合同"]).startswith("长" * 200)


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["甲公司", "乙公司"], "零散客户 2025年 交易状况（甲公司、乙公司）"),
        (["甲", "乙", "丙", "丁"], "零散客户 2025年 交易状况（4 户：甲、乙、丙等）"),
    ],
)
def test_a_collective_title_names_the_first_customers_and_how_many_there_are(names, title):
    assert collective_title(names, 2025, "交易状况") == title


def contract(title, number="HT-2025-001"):
    return ContractFacts(number=number, title=title, customer_id=1)


@pytest.mark.parametrize(
    ("title", "called"),
    [
        (f"{NAME} 设备采购合同 HT-2025-001", "设备采购合同"),
        ("设备采购合同（HT-2025-001）", "设备采购合同"),
        ("远山商店：年度供货协议", "年度供货协议"),
        (NAME, "HT-2025-001"),
        ("", "HT-2025-001"),
    ],
)
def test_a_contract_is_called_without_the_name_of_its_customer_and_its_number(title, called):
    assert short_titles([contract(title)], [NAME, "远山商店"]) == [called]


def test_contracts_that_would_be_called_the_same_go_by_their_numbers():
    same = [contract("购销合同", "HT-1"), contract(f"{NAME}购销合同", "HT-2"), contract("运输合同", "HT-3")]
    assert short_titles(same, [NAME]) == ["HT-1", "HT-2", "运输合同"]
