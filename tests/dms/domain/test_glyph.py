import pytest

from dms.domain.glyph import fold_case, fold_width

SAME_TO_A_READER = [
    ("full-width letters and digits", "ＸＳ－２０２４", "XS-2024"),
    ("full-width colon and brackets", "编号：（甲）", "编号:(甲)"),
    ("every kind of dash", "A—B–C−D－E", "A-B-C-D-E"),
    ("the wide blank", "日\u3000期", "日 期"),
    ("what would grow keeps its form", "㎡⑴ﬁ", "㎡⑴ﬁ"),
]


@pytest.mark.parametrize(("what", "printed", "folded"), SAME_TO_A_READER, ids=[case[0] for case in SAME_TO_A_READER])
def test_characters_that_look_the_same_fold_to_one(what: str, printed: str, folded: str) -> None:
    assert fold_width(printed) == folded


def test_folding_never_changes_the_length_of_a_text() -> None:
    text = "Straße ﬁnden ㎡ ⑴ ŉ 合同編號 ＡＢ"
    assert len(fold_case(text)) == len(fold_width(text)) == len(text)


def test_letters_are_folded_to_capitals() -> None:
    assert fold_case("xs-2024-b１") == "XS-2024-B1"
