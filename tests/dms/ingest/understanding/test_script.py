import pytest

from dms.ingest.understanding.script import simplified


@pytest.mark.parametrize(
    ("traditional", "plain"),
    [
        ("營業執照", "营业执照"),
        ("購銷合同編號", "购销合同编号"),
        ("簽訂時間", "签订时间"),
        ("總價款", "总价款"),
        ("授權委託書", "授权委托书"),
    ],
)
def test_labels_in_traditional_characters_are_read_as_simplified_ones(traditional: str, plain: str) -> None:
    assert simplified(traditional) == plain


def test_the_length_of_a_text_never_changes() -> None:
    text = "廈門鷺島電子有限公司與甲方"
    assert len(simplified(text)) == len(text)
