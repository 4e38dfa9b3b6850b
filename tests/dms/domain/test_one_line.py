"""What a person states in one line holds nothing that nobody can see."""

import pytest

from dms.domain.one_line import one_line


@pytest.mark.parametrize(
    ("untrusted_text", "kept"),
    [
        ("采购合同", "采购合同"),
        ("  采购\u3000\t合同\r\n", "采购 合同"),
        ("合\u2028同\u2029", "合 同"),
        ("甲\x00乙\x1b[31m\x7f", "甲乙[31m"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\ufeff零\u200b宽\u200d", "零宽"),
        ("\udc80残\ud800", "残"),
        ("𬭎é한 ½ ㎡ 😀", "𬭎é한 ½ ㎡ 😀"),
        ("\ue000", "\ue000"),
        ("", ""),
        (" \x00 ", ""),
    ],
)
def test_only_what_can_be_seen_remains(untrusted_text, kept):
    assert one_line(untrusted_text) == kept
    assert one_line(kept) == kept
