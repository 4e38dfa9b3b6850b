"""How a query was understood, in words of both languages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dms.domain.criterion import Bound, Fact, Mention, MentionKind, TextPart
from dms.domain.likeness import SHORTEST_BORNE
from dms.errors import Bilingual
from dms.search.figures import FEN_A_YUAN, MOST_FEN
from dms.search.grammar import GREATEST_DISTANCE, Joint
from dms.search.nearing import MAX_ALTERNATIVES
from dms.search.wildcards import MAX_LINKS

_PARTS = {
    TextPart.ANYWHERE: Bilingual("含", "has"),
    TextPart.BODY: Bilingual("正文含", "text has"),
    TextPart.FACTS: Bilingual("题名、客户或合同含", "title, customer or contract has"),
    TextPart.TITLE: Bilingual("题名含", "title has"),
    TextPart.CUSTOMER: Bilingual("客户含", "customer has"),
    TextPart.CONTRACT: Bilingual("合同编号或名称含", "contract number or title has"),
}
_PLACES = {
    TextPart.ANYWHERE: Bilingual("", ""),
    TextPart.BODY: Bilingual("正文中", "in the text: "),
    TextPart.FACTS: Bilingual("题名、客户或合同中", "in title, customer or contract: "),
    TextPart.TITLE: Bilingual("题名中", "in the title: "),
    TextPart.CUSTOMER: Bilingual("客户中", "in the customer: "),
    TextPart.CONTRACT: Bilingual("合同编号或名称中", "in the contract number or title: "),
}
_LABELS = {
    MentionKind.AMOUNT: Bilingual("金额", "amount"),
    MentionKind.DAY: Bilingual("日期", "date"),
}
_NAMED_FACTS = {
    Fact.TYPE: Bilingual("类型", "type"),
    Fact.SERIES: Bilingual("类目", "series"),
    Fact.STATE: Bilingual("状态", "state"),
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
NEAR_OPERANDS = Bilingual(
    "相距条件的两边只能是词、引号内的原文或（甲 或 乙），且须同属一个字段；已按字面查找。",
    "Only words, quotations and groups like (a OR b) of the same field can be near each other; "
    "this was searched for literally.",
)
NEAR_TOO_LONG = Bilingual(
    f"一个相距条件最多 {MAX_LINKS} 段文字，每处最多 {MAX_ALTERNATIVES} 个词；已按字面查找。",
    f"A nearness condition holds at most {MAX_LINKS} pieces of text with {MAX_ALTERNATIVES} words in each place; "
    "this was searched for literally.",
)
NEAR_IS_BOUNDED = Bilingual(
    f"相距最多按 {GREATEST_DISTANCE} 字计。",
    f"Distances count up to {GREATEST_DISTANCE} characters.",
)
CHAINS_ARE_EXACT = Bilingual(
    "通配符和相距条件按原字查找，不作容错。",
    "Wildcards and nearness are searched for exactly, without tolerance for misreading.",
)
SHORT_BEARS_LOOK_ALIKES = Bilingual(
    f"不足 {SHORTEST_BORNE} 字的词容错时只算形近字，不算错字、漏字、多字。",
    f"Of words shorter than {SHORTEST_BORNE} characters, tolerance bears with look-alikes alone.",
)
NOT_IS_EXACT = Bilingual(
    "要排除的内容按原字查找，不作容错，以免多排除。",
    "What is excluded is searched for exactly, without tolerance, so that no more is excluded than was named.",
)
NOT_RECORDED_ALONE = Bilingual(
    "排除金额或日期时只看登记的值；要排除文中提到的，请用“文中金额:”或“文中日期:”。",
    "Excluding an amount or date looks at the recorded value alone; for what the text mentions use "
    "text_amount: or text_date:.",
)
NEAR_AS_WRITTEN = Bilingual(
    "相距条件中的金额和日期按所写的字查找。",
    "Amounts and dates in a nearness condition are searched for as written.",
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


def wildcards_trimmed(written: str) -> Bilingual:
    """The note that wildcards at the ends of a word were left off."""
    return Bilingual(
        f"“{written}”首尾的通配符不起作用：检索本来就会找到更长文字中的词。",
        f"Wildcards at the ends of “{written}” have no effect: words are found inside longer ones anyway.",
    )


def wildcards_too_many(written: str) -> Bilingual:
    """The note that a word has more wildcards than can be looked for."""
    return Bilingual(
        f"“{written}”中的通配符过多，已略去通配符。", f"“{written}” has too many wildcards; they were ignored."
    )


def synonyms_left_out(written: str) -> Bilingual:
    """The note that the synonyms of a word would make the query too broad."""
    return Bilingual(
        f"同义词过多，“{written}”未扩展。", f"There are too many synonyms; those of “{written}” were left out."
    )


def synonyms_of(written: str, others: Sequence[str]) -> Bilingual:
    """违约金：滞纳金."""
    return Bilingual(f"{written}：{'、'.join(others)}", f"{written}: {', '.join(others)}")


def phrase(written: str, part: TextPart) -> Bilingual:
    """“违约金” stands in this part."""
    if part is TextPart.ANYWHERE:
        return quoted(written)
    return Bilingual(f"{_PARTS[part].zh}“{written}”", f"{_PARTS[part].en} “{written}”")


def quoted(written: str) -> Bilingual:
    """“违约金” itself."""
    return Bilingual(f"“{written}”", f"“{written}”")


def pattern(written: str, part: TextPart) -> Bilingual:
    """Something like “违?金” stands in this part."""
    return _placed(pattern_alone(written), part)


def pattern_alone(written: str) -> Bilingual:
    """Something like “违?金”."""
    return Bilingual(f"形如“{written}”", f"like “{written}”")


def tolerant(meaning: Bilingual) -> Bilingual:
    """The same, with misread characters borne with."""
    return Bilingual(f"{meaning.zh}（容错）", f"{meaning.en} (even if misread)")


def however_written(meaning: Bilingual, asked: Sequence[Mention]) -> Bilingual:
    """The same text, or these amounts and dates, however they are written."""
    values = [between(_LABELS[one.kind], *_bounds(one)) for one in asked]
    zh, en = " 或 ".join(one.zh for one in values), " or ".join(one.en for one in values)
    return Bilingual(f"{meaning.zh}（或{zh}，不论写法）", f"{meaning.en} (or {en}, however written)")


def _bounds(asked: Mention) -> tuple[Bound | None, Bound | None]:
    """The ends of a mention as values; an end beyond all papers is open."""
    if asked.kind is MentionKind.DAY:
        first, last = date.fromordinal(asked.low), date.fromordinal(asked.high)
        return None if first == date.min else first, None if last == date.max else last
    low, high = (Decimal(fen) / FEN_A_YUAN for fen in (asked.low, asked.high))
    return low or None, None if asked.high > MOST_FEN else high


def no_value(label: Bilingual, written: str) -> Bilingual:
    """The note that what stands behind the name of a field is none of its values."""
    return Bilingual(
        f"“{written}”不能作为{label.zh}的值，已按文字查找。",
        f"“{written}” is no value of {label.en}; it was searched for as text.",
    )


def sign_is_no_not(written: str) -> Bilingual:
    """The note that a minus or an exclamation mark excludes nothing."""
    word = written[1:]
    return Bilingual(
        f"“{written}”前的符号不起排除作用，按“{word}”查找；要排除请写：非 {word}。",
        f"The sign before “{written}” excludes nothing: “{word}” was searched for. To exclude it, write NOT {word}.",
    )


def with_synonyms(meaning: Bilingual, others: Sequence[str]) -> Bilingual:
    """The word or one of these."""
    zh, en = "、".join(f"“{other}”" for other in others), ", ".join(f"“{other}”" for other in others)
    return Bilingual(f"{meaning.zh}（或同义词{zh}）", f"{meaning.en} (or its synonyms {en})")


def choice(operands: Sequence[Bilingual]) -> Bilingual:
    """One of these words, beside which another is to stand."""
    if len(operands) == 1:
        return operands[0]
    zh, en = "或".join(one.zh for one in operands), " or ".join(one.en for one in operands)
    return Bilingual(f"（{zh}）", f"({en})")


def near(operands: Sequence[Bilingual], joints: Sequence[Joint], part: TextPart) -> Bilingual:
    """“违约金” within 20 characters of “赔偿”."""
    pairs = [_pair(*pair) for pair in zip(operands, joints, operands[1:], strict=False)]
    return _placed(Bilingual("，".join(pair.zh for pair in pairs), ", ".join(pair.en for pair in pairs)), part)


def succession(operands: Sequence[Bilingual], joints: Sequence[Joint]) -> Bilingual:
    """The same in brackets, as one operand of a further condition."""
    return bracketed(near(operands, joints, TextPart.ANYWHERE))


def _pair(first: Bilingual, joint: Joint, second: Bilingual) -> Bilingual:
    distance = joint.distance
    if joint.in_order:
        zh = f"{first.zh}之后 {distance} 字以内有{second.zh}" if distance else f"{first.zh}之后紧接着{second.zh}"
        how = f"followed within {distance} characters by" if distance else "directly followed by"
    else:
        zh = f"{first.zh}与{second.zh}" + (f"相距不超过 {distance} 字" if distance else "紧挨着")
        how = f"within {distance} characters of" if distance else "right beside"
    return Bilingual(zh, f"{first.en} {how} {second.en}")


def _placed(meaning: Bilingual, part: TextPart) -> Bilingual:
    return Bilingual(f"{_PLACES[part].zh}{meaning.zh}", f"{_PLACES[part].en}{meaning.en}")


def fact(known: Fact, names: Sequence[Bilingual]) -> Bilingual:
    """The fact is one of these."""
    label = _NAMED_FACTS[known]
    zh, en = "或".join(name.zh for name in names), " or ".join(name.en for name in names)
    return Bilingual(f"{label.zh}为“{zh}”", f"{label.en} is “{en}”")


def between(label: Bilingual, low: Bound | None, high: Bound | None) -> Bilingual:
    """What bears this label lies between the bounds."""
    return _between(label, _value(low), _value(high))


def grades_between(label: Bilingual, low: Bound | None, high: Bound | None) -> Bilingual:
    """The same for grades, by their names."""
    return _between(label, _grade(low), _grade(high))


def _between(label: Bilingual, low: Bilingual | None, high: Bilingual | None) -> Bilingual:
    if low and high:
        one = low == high
        zh, en = (low.zh, low.en) if one else (f"{low.zh} 至 {high.zh}", f"{low.en} to {high.en}")
        return Bilingual(f"{label.zh} {zh}", f"{label.en} {en}")
    if low:
        return Bilingual(f"{label.zh} {low.zh} 起", f"{label.en} from {low.en}")
    until = high or Bilingual("", "")
    return Bilingual(f"{label.zh}至 {until.zh} 止", f"{label.en} up to {until.en}")


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


def _value(bound: Bound | None) -> Bilingual | None:
    match bound:
        case None:
            return None
        case Decimal():
            shown = f"{bound:,.2f}"
        case date():
            shown = bound.isoformat()
        case _:
            shown = str(bound)
    return Bilingual(shown, shown)


def _grade(bound: Bound | None) -> Bilingual | None:
    return None if bound is None else Bilingual(f"{'一二三'[int(str(bound)) - 1]}级", str(bound))
