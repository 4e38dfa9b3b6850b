"""The cover of a volume tells what the standard asks for, on one sheet."""

from dataclasses import replace

import pytest
from sample_forms import COVER, COVERS, LONG_NAME, page_texts


def test_a_cover_tells_everything_that_the_standard_asks_for():
    first, second = page_texts(COVERS)
    for text in (
        *(COVER.reference_code, COVERS.letterhead.company, "3合同协议", "2025-01-06—2025-12-28", "30年（D30）", "二级"),
        *("37件", "182页121张", "HT-2025-00871", COVERS.letterhead.department, "更正版1", COVER.continues),
        *("（曾用名：皖江机械厂）", "（现名：铜陵衡岳智能装备股份有限公司）", "起重机购销合同"),
    ):
        assert text in first
    assert LONG_NAME in second


@pytest.mark.parametrize("length", [10, 60, 120, 300])
def test_a_cover_is_one_sheet_however_long_the_title(length):
    cover = replace(COVER, title="购" * length)
    (page,) = page_texts(replace(COVERS, covers=(cover,)))
    assert page.count("购") == length
