import pytest

from dms.search.fields import FIELD_NAMES
from dms.search.grammar import Both, Either, Grammar, Term, Without
from dms.search.joining import with_values_joined

GRAMMAR = Grammar(FIELD_NAMES)


def shown(tree):
    match tree:
        case Term():
            return f"'{tree.text}'" if tree.is_quotation else tree.written
        case Both(parts):
            return " & ".join(map(shown, parts))
        case Either(parts):
            return " | ".join(map(shown, parts))
        case Without(part):
            return f"!{shown(part)}"


@pytest.mark.parametrize(
    ("query", "joined"),
    [
        ("May 18, 2023", "May 18, 2023"),
        ("违约金 May 18, 2023 赔偿", "违约金 & May 18, 2023 & 赔偿"),
        ("2023 年 5 月 18 日", "2023 年 5 月 18 日"),
        ("2023年 5月", "2023年 5月"),
        ("RMB 438,000 元", "RMB 438,000 元"),
        ("43.8 万元 定金", "43.8 万元 & 定金"),
        ("日期:2023-05-01 至 2023-06-30", "日期:2023-05-01 至 2023-06-30"),
        ("日期:18 May 2023 违约金", "日期:18 May 2023 & 违约金"),
        ("金额:10万 - 50万 违约金", "金额:10万 - 50万 & 违约金"),
        ("年度:2021 到 2023", "年度:2021 到 2023"),
        ("金额:>= 10 万 违约金", "金额:>=10 万 & 违约金"),
        ("金额:10万 以上 违约金", "金额:10万 以上 & 违约金"),
        ("金额:不低于 10万", "金额:不低于 10万"),
        ("日期:2023-05 起", "日期:2023-05 起"),
        ("日期:2023-05 之后 违约金", "日期:2023-05 之后 & 违约金"),
        ("日期:(2023-05 至 2023-06) 违约金", "日期:2023-05 至 2023-06 & 违约金"),
        ("金额:（10万 至 50万）", "金额:10万 至 50万"),
        ("金额:10万 – 50万", "金额:10万 – 50万"),
        ("金额:[10万 - 50万]", "金额:10万..50万"),
        (">= 10万 违约金", ">= 10万 & 违约金"),
        ("不超过 50万元", "不超过 50万元"),
        ("2023-05-01 至 2023-06-30", "2023-05-01 至 2023-06-30"),
        ("NOT (May 18, 2023)", "!May 18, 2023"),
        ("违约金 OR (May 18, 2023)", "违约金 | May 18, 2023"),
    ],
)
def test_a_value_of_several_words_is_one_term(query, joined):
    assert shown(with_values_joined(GRAMMAR.parse(query).tree)) == joined


@pytest.mark.parametrize(
    "query",
    [
        "违约金 定金", "2021年 2023年", "10万 50万", "438 000", "5月 18日", "合同 至 2023", "May 18", "年度:2021 2023",
        "金额:438000 500", "页数:10 20", '"May" 18, 2023', "May 18, 年度:2023", "日期:2023 违约金", "客户:2023 年 5 月",
        "日期:2023-05 日期:2023-06", "合同 以上", "金额:10万 合同 以上", "第三条 以前",
    ],
)  # fmt: skip
def test_words_that_are_no_one_value_stay_apart(query):
    tree = GRAMMAR.parse(query).tree
    assert with_values_joined(tree) == tree
