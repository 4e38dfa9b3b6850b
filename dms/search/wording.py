"""How a query was understood, in words of both languages."""

from datetime import date
from decimal import Decimal

from dms.domain.criterion import Bound, Fact, FactRange, TextPart
from dms.errors import Bilingual

_PARTS = {
    TextPart.ANYWHERE: Bilingual("含", "has"),
    TextPart.BODY: Bilingual("正文含", "text has"),
    TextPart.FACTS: Bilingual("题名、客户或合同含", "title, customer or contract has"),
    TextPart.TITLE: Bilingual("题名含", "title has"),
    TextPart.CUSTOMER: Bilingual("客户含", "customer has"),
    TextPart.CONTRACT: Bilingual("合同编号或名称含", "contract number or title has"),
}
_FACTS = {
    Fact.CUSTOMER_CODE: Bilingual("客户编号", "customer code"),
    Fact.CONTRACT_NO: Bilingual("合同编号", "contract number"),
    Fact.TYPE: Bilingual("类型", "type"),
    Fact.SERIES: Bilingual("类目", "series"),
    Fact.YEAR: Bilingual("年度", "year"),
    Fact.AMOUNT: Bilingual("金额", "amount"),
    Fact.DOC_DATE: Bilingual("日期", "date"),
    Fact.PAGES: Bilingual("页数", "pages"),
}

READ_LITERALLY = Bilingual(
    "有的符号无法按检索语法理解，已按字面查找。",
    "Some signs could not be understood as query language and were searched for literally.",
)
ONLY_PUNCTUATION = Bilingual(
    "只有标点或空格，没有可以查找的文字。",
    "There is nothing to look for: only punctuation or spaces.",
)
READ_AS_PASSAGE = Bilingual(
    "词语过多，已作为一整段原文查找。",
    "There are too many words; the whole was searched for as one passage.",
)


def shortened(kept_characters: int) -> Bilingual:
    """The note that a query was cut."""
    return Bilingual(
        f"检索内容过长，只取前 {kept_characters} 个字符。",
        f"The query was too long; only its first {kept_characters} characters were used.",
    )


def passed_over(written: str) -> Bilingual:
    """The note that a word of a query holds nothing to look for."""
    return Bilingual(
        f"“{written}”没有可查找的文字，已略过。", f"“{written}” holds nothing to look for and was ignored."
    )


def phrase(written: str, part: TextPart) -> Bilingual:
    """“违约金” stands in this part."""
    if part is TextPart.ANYWHERE:
        return Bilingual(f"“{written}”", f"“{written}”")
    return Bilingual(f"{_PARTS[part].zh}“{written}”", f"{_PARTS[part].en} “{written}”")


def fact(known: Fact, names: list[Bilingual]) -> Bilingual:
    """The fact is one of these."""
    label = _FACTS[known]
    zh, en = "或".join(name.zh for name in names), " or ".join(name.en for name in names)
    return Bilingual(f"{label.zh}为“{zh}”", f"{label.en} is “{en}”")


def fact_range(wanted: FactRange) -> Bilingual:
    """The fact lies between the bounds."""
    label, low, high = _FACTS[wanted.fact], wanted.low, wanted.high
    if low is not None and low == high:
        return Bilingual(f"{label.zh} {_value(low)}", f"{label.en} {_value(low)}")
    if high is None:
        return Bilingual(f"{label.zh} {_value(low)} 起", f"{label.en} from {_value(low)}")
    if low is None:
        return Bilingual(f"{label.zh}至 {_value(high)} 止", f"{label.en} up to {_value(high)}")
    return Bilingual(f"{label.zh} {_value(low)} 至 {_value(high)}", f"{label.en} {_value(low)} to {_value(high)}")


def without(meaning: Bilingual) -> Bilingual:
    """The contrary."""
    return Bilingual(f"排除 {meaning.zh}", f"not {meaning.en}")


def all_of(meanings: list[Bilingual]) -> Bilingual:
    """All of these."""
    return Bilingual(" 且 ".join(meaning.zh for meaning in meanings), " and ".join(meaning.en for meaning in meanings))


def any_of(meanings: list[Bilingual]) -> Bilingual:
    """At least one of these."""
    return Bilingual(" 或 ".join(meaning.zh for meaning in meanings), " or ".join(meaning.en for meaning in meanings))


def bracketed(meaning: Bilingual) -> Bilingual:
    """The same, in brackets."""
    return Bilingual(f"（{meaning.zh}）", f"({meaning.en})")


def _value(bound: Bound | None) -> str:
    match bound:
        case Decimal():
            return f"{bound:,.2f}"
        case date():
            return bound.isoformat()
        case _:
            return str(bound)
