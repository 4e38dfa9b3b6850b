"""Recognising the name of a company, another body or a person where one is expected.

What always holds: a name is taken as it is printed; only a misread last character of 公司 is completed, and said.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.label import alternatives
from dms.ingest.understanding.paper import Passage, View

_HAN = r"[\u3400-\u9fff]"
_CHARACTER = r"[\u3400-\u9fffA-Z0-9()·&〇○\-]"
_SPREAD = rf"(?:{_CHARACTER}\n?)"
# 公司 under a seal is often read as 公可 or 公同; nothing else can follow 有限公.
_MISREAD_COMPANY = r"(?<=限)公\n?[可同间词习]|(?<=责任)公\n?[可同间词习]|(?<=有限)(?:司|公(?![\u4e00-\u9fff]))"
_COMPANY = rf"{_SPREAD}{{1,40}}?(?:公\n?司|{_MISREAD_COMPANY})"
_PARTNERSHIP = r"\((?:普通|有限|特殊普通)合伙\)"
_BRANCHES = "分公司|子公司|分厂|分店|支行|分行|营业部|经营部|办事处|事业部|项目部|项目经理部|加工厂"
_BRANCH = rf"(?:\n?[\u4e00-\u9fff]{{2,14}}?(?:{_BRANCHES})|{_PARTNERSHIP})?"
_COMPANY_NAME = re.compile(_COMPANY + _BRANCH)
_COMPANY_END = re.compile(rf"(?:公\n?司|{_MISREAD_COMPANY}){_BRANCH}")

_BODIES = (
    "厂|中心|商店|商行|店|经营部|服务部|事务所|合作社|联合社|研究院|研究所|"
    "设计院|学院|大学|医院|学校|中学|小学|委员会|管理局|局|集团|工作室|协会|"
    "学会|基金会|门市部|批发部|超市|酒店|饭店|宾馆|农场|林场|政府|银行|支行|"
    "分行|信用社|商社|车队|电站|供电所|管理处|管理站|服务站|总站|俱乐部|图书馆|"
    "博物馆|出版社|报社|剧院|法院|检察院|办公室|指挥部|项目部|营业部|个体工商户|"
    "企业|工厂|作坊|加工坊|行|社|部|院|所|站|处|队|馆"
)
_BODY_NAME = re.compile(rf"{_CHARACTER}{{2,38}}(?:{_BODIES})(?:{_PARTNERSHIP}|\(个体工商户\))?")
_UNFORMED = re.compile(r"[\u4e00-\u9fffA-Z0-9·&()]{4,30}")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}")
_LATIN = "A-Z\u00c0-\u024f"
_FOREIGN_FORM = r"CO\.?,?\s?LTD|LTD|LIMITED|INC|GMBH|CORPORATION|CORP|LLC|AG|S\.?A|KG|PTE"
_FOREIGN = re.compile(rf"[{_LATIN}][{_LATIN}0-9 .,&'\-]{{3,60}}?(?:{_FOREIGN_FORM})\b\.?")

_NO_PERSON = re.compile(
    "盖章|公章|签字|签章|日期|地址|电话|代表|单位|公司|名称|合同|编号|金额|数量|全称|以下|简称|同志|详见|如下|双方|"
    "先生|女士|附件|同意|情况|货物|产品|设备|工程|年|月|无|本人|收讫"
)
# Words that begin a statement about a party; what follows is not its name. Some begin the name of a place as well.
_STATEMENT = re.compile(
    "向(?!阳|上|前)|应(?!城|县|急)|须|需|负责|按|将|的|保证|保留|在|为(?!民)|同意|不|可(?!口|靠|成)|有权|有义务|"
    "承诺|与|和(?!平|县|顺)|及|、|所|若|如(?!皋|意|东)|未(?!来)|于(?!都|洪)|以(?!岭|太)|对(?!外)|"
    "自(?!贡|然|强|力)|因|或|已|经(?!纬)|提供|支付|交付|收|委托|指定|同时|违约|逾期|延迟"
)
_FINAL_MARK = re.compile(r"[,。;、:\"“”《》<>!?/|]")
_SEAL_WORDS = re.compile(r"\((?:盖章|公章|签章|章|签字|盖公章|签字盖章|盖单位章|印章)\)?$")


class NameForm(StrEnum):
    """What the form of a name says about who bears it."""

    ORGANISATION = "organisation"
    PERSON = "person"
    UNFORMED = "unformed"
    """A shop without a telling last word, or a name with a misread one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name at ``[start, end)`` of a view."""

    value: str
    """As printed, without blanks; round brackets full-width beside Chinese characters."""
    passage: Passage
    end: int
    form: NameForm
    completed: bool
    """Whether a misread character of 有限公司 was put right."""

    @property
    def legal(self) -> bool:
        """Whether its form says that it is an organisation; anything else is less sure."""
        return self.form is NameForm.ORGANISATION


def name_at(view: View, start: int, cues: Cues, *, announced: bool) -> Name | None:
    """The name that begins at `start`, or None.

    `announced` says that a label with a colon or a cell border stands before, so that even a person's two characters
    can be a name; without it only a company's full name is taken, and no beginning of a sentence.
    """
    if not announced and _STATEMENT.match(view.text, start):
        return None
    if _role_pattern(cues).match(view.text, start):
        return None
    start = _past_noise(view, start)
    cell_end = _cell_end(view, start, cues)
    company = _COMPANY_NAME.match(view.text, start)
    if company and _within_cell(view, company, cell_end, cues):
        return _name(view, start, _company_end(view, company, cell_end), NameForm.ORGANISATION)
    foreign = _FOREIGN.match(view.text, start, cell_end)
    if foreign:
        return _name(view, start, foreign.end(), NameForm.ORGANISATION)
    if _cell_pattern(cues).match(view.text, start):
        return None
    other = _other_name(view, start, cell_end)
    fills_line = other is not None and other.legal and other.end == view.line_bounds(start)[1]
    return other if announced or fills_line else None


_NOISE_LINE = re.compile(r"(?:[^\n]{1,2}|[^\n]{0,8}(?:专用章|财务|公章|专用)[^\n]{0,4})\n")


def _past_noise(view: View, start: int) -> int:
    """The start of the next line where a seal has left a line of rubble between a label and its value."""
    rubble = _NOISE_LINE.match(view.text, start) if start and view.text[start - 1] == "\n" else None
    return rubble.end() if rubble else start


def find_companies(view: View, cues: Cues) -> list[Name]:
    """Every company name on the page, wherever it stands; where one begins is found by what cannot be part of it."""
    found: list[Name] = []
    for match in islice(_COMPANY_END.finditer(view.text), _MOST_COMPANIES):
        before = view.text[max(0, match.start() - 4) : match.start()]
        if view.separated(match.start()) and not _BROKEN_FORM.search(before):
            continue
        if view.text[match.start() - 1 : match.start()] in {"本", "我", "贵", "该", "各"}:
            continue
        start = _company_start(view, match.start(), cues)
        if match.start() - start >= 3:
            found.append(_name(view, start, match.end(), NameForm.ORGANISATION))
    return found


_MOST_COMPANIES = 300
"""On one page; a list of names longer than that is no paper about one of them."""
_BEFORE_COMPANY = re.compile(
    r"[^\u3400-\u9fffA-Z0-9()·&\-\n]|[由与及向给]|(?:公司|方|厂|部)和|我[系是]|鉴于|关于|委托|授权|提供|供应|兹有|介绍|证明|我单位|贵司|我司|尊敬的"
)
_BROKEN_FORM = re.compile(r"(?:有限|责任|集团|股份|总|分)\n?$")


def _company_start(view: View, end: int, cues: Cues) -> int:
    floor = max(0, end - 34)
    window = view.text[floor:end]
    labels = (m for m in _cell_pattern(cues).finditer(window) if _is_label(view, floor + m.start(), floor + m.end()))
    start = max((m.end() for m in (*_BEFORE_COMPANY.finditer(window), *labels)), default=0)
    cells = [index - floor for index in range(floor + start, end - 3) if view.separated(index)]
    return _after_open_bracket(view, floor + max([start, *cells]), end)


def _is_label(view: View, start: int, end: int) -> bool:
    """Whether a word that may be a label is one here: 致远 and 时间互动 begin names that stand in a sentence."""
    if end - start == 1 and start != view.line_bounds(start)[0]:
        return False
    return view.begins_cell(start) or end in view.gaps or view.text[end : end + 1] == ":"


def _after_open_bracket(view: View, start: int, end: int) -> int:
    """The start of a name past a remark in brackets before it: （以下简称甲方）某某有限公司."""
    text = view.text[start:end]
    remark = re.match(r"\([^()]*\)", text)
    if remark:
        return start + remark.end()
    unopened = text.count(")") > text.count("(")
    return start + text.index(")") + 1 if unopened else start


_LONGEST_CELL = 120
"""Characters in which a name and the label after it have to stand; bounds the work on a line without end."""


def _cell_end(view: View, start: int, cues: Cues) -> int:
    """Where the cell that begins at `start` ends at the latest: a line end, a mark, or the next label."""
    line_end = min(view.line_bounds(start)[1], start + _LONGEST_CELL)
    mark = _FINAL_MARK.search(view.text, start, line_end)
    end = mark.start() if mark else line_end
    for label in _cell_pattern(cues).finditer(view.text, start + 2, line_end):
        if label.start() < end and (label.start() in view.gaps or view.text[label.end() : label.end() + 1] == ":"):
            return label.start()
    return end


@lru_cache(maxsize=8)
def _cell_pattern(cues: Cues) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(cues.all_labels)})(?:\\([^()\\n]{{0,8}}\\))?")


@lru_cache(maxsize=8)
def _role_pattern(cues: Cues) -> re.Pattern[str]:
    """Roles that stand where a name was expected: the empty 甲方 above 乙方. 致 may begin a name (致远)."""
    return re.compile(alternatives(role for role in cues.all_roles if len(role) > 1))


def _within_cell(view: View, match: re.Match[str], cell_end: int, cues: Cues) -> bool:
    """Whether a company name ends in its cell, or runs on over one line end as long names do."""
    base = re.match(_COMPANY, match.group())
    end = match.start() + base.end() if base else match.end()
    if end <= cell_end:
        return True
    broken = match.group().count("\n") == 1 and view.text[cell_end : cell_end + 1] == "\n"
    return broken and not _cell_pattern(cues).match(view.text, cell_end + 1)


def _company_end(view: View, match: re.Match[str], cell_end: int) -> int:
    """The end of the name without a branch that in truth is the beginning of the next cell or line."""
    base = re.match(_COMPANY, match.group())
    base_end = match.start() + (base.end() if base else 0)
    if match.end() <= max(cell_end, base_end):
        apart = any(base_end <= gap < match.end() for gap in view.gaps)
    else:
        apart = not (view.text[base_end] == "\n" and base_end + 1 in view.wraps)
    return base_end if apart else match.end()


def _other_name(view: View, start: int, cell_end: int) -> Name | None:
    """A body with another ending than 公司, or a person; both have to fill their cell."""
    gap = min((g for g in view.gaps if start + 1 < g < cell_end), default=cell_end)
    for end in dict.fromkeys((gap, cell_end)):
        text = _SEAL_WORDS.sub("", view.text[start:end])
        if _BODY_NAME.fullmatch(text):
            return _name(view, start, start + len(text), NameForm.ORGANISATION)
    wrapped_end = _body_over_line_end(view, start, cell_end)
    if wrapped_end:
        return _name(view, start, wrapped_end, NameForm.ORGANISATION)
    return _unformed_name(view, start, gap)


def _body_over_line_end(view: View, start: int, cell_end: int) -> int | None:
    """Where the name of a body ends whose line is full, so that its last characters stand in the next one."""
    if cell_end + 1 not in view.wraps or view.text[cell_end : cell_end + 1] != "\n":
        return None
    for end in range(cell_end + 2, min(cell_end + 9, len(view.text) + 1)):
        if _BODY_NAME.fullmatch(view.text[start:cell_end] + view.text[cell_end + 1 : end]):
            return end
    return None


def _unformed_name(view: View, start: int, end: int) -> Name | None:
    """A person, or a name without a telling last word."""
    text = re.sub(r"\(.*$", "", _SEAL_WORDS.sub("", view.text[start:end]))
    if _NO_PERSON.search(text):
        return None
    form = NameForm.PERSON if _PERSON.fullmatch(text) else NameForm.UNFORMED
    return _name(view, start, start + len(text), form) if form is NameForm.PERSON or _UNFORMED.fullmatch(text) else None


def _name(view: View, start: int, end: int, form: NameForm) -> Name:
    passage = view.passage(start, end)
    chinese = re.search(_HAN, passage.raw)
    value = re.sub(r"\s", "", passage.raw) if chinese else " ".join(passage.as_read.split())
    completed = _MISREAD_FORM.sub("有限公司", re.sub(r"公[可同间词习](?=$|.{2,14}分公司$)", "公司", value))
    return Name(value=_with_wide_brackets(completed), passage=passage, end=end, form=form, completed=completed != value)


# 有色公司 and 国有独资公司 exist; 无限公司 is a legal form of its own.
_MISREAD_FORM = re.compile(r"(?:有[^限色资\W]|[^有无\W]限)公司$|有限[公司]$")


def _with_wide_brackets(name: str) -> str:
    return name if not re.search(_HAN, name) else name.translate(str.maketrans("()", "（）"))
