import time
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.cli.measuring_search.corpus import Corpus
from dms.domain.amount import in_capitals
from dms.domain.criterion import Mention, MentionKind
from dms.search.mentioning import (
    Mentioned,
    MentionedAcross,
    mention_asked,
    mentions,
    mentions_across,
    mentions_asked_for,
)
from dms.search.spellings import spellings

fens = st.integers(min_value=100, max_value=10**15)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
DIGITS = "〇一二三四五六七八九"
TABLE_TEXTS = [row.text for row in spellings()]


def amount(yuan: str) -> Mention:
    fen = int(Decimal(yuan) * 100)
    return Mention(MentionKind.AMOUNT, fen, fen)


def stretch(first: date, last: date) -> Mention:
    return Mention(MentionKind.DAY, first.toordinal(), last.toordinal())


def test_a_mention_is_marked_where_it_stands_on_the_raw_page() -> None:
    text = "签订日期：２０２３年５月１８日，总价人民币４３８，０００．００元（肆拾叁万捌仟元整）"
    found = {text[one.start : one.end]: one for one in mentions(text)}
    day = date(2023, 5, 18).toordinal()
    assert found == {
        "２０２３年５月１８日": Mentioned(kind=MentionKind.DAY, low=day, high=day, start=5, end=15),
        "人民币４３８，０００．００元": Mentioned(
            kind=MentionKind.AMOUNT, low=43_800_000, high=43_800_000, start=18, end=32
        ),
        "肆拾叁万捌仟元整": Mentioned(kind=MentionKind.AMOUNT, low=43_800_000, high=43_800_000, start=33, end=41),
    }


def test_dashes_and_radicals_of_text_layers_are_read_as_what_they_look_like() -> None:
    day = date(2023, 5, 18).toordinal()
    assert [one.low for one in mentions("2023年5⽉18⽇，2023‑05‑18，２０２３．５．１８")] == [day] * 3


@pytest.mark.parametrize(
    "text", ["ſep 18, 2023 and Sep 19, 2023", "3 thouſand yuan", "3 mıllion yuan", "3 BİLLION yuan"]
)
def test_a_letter_that_only_folds_to_one_of_a_name_is_no_error(text: str) -> None:
    assert [one.low for one in mentions(text) if one.low == date(2023, 9, 18).toordinal() or one.low > 10**9] == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("438,000.00", amount("438000")),
        ("43.8万", amount("438000")),
        ("人民币肆拾叁万捌仟元整", amount("438000")),
        ("四十三万八千", amount("438000")),
        ("438000", amount("438000")),
        ("  ￥438000 ", amount("438000")),
        ("800元", amount("800")),
        ("12.5", amount("12.50")),
        ("2023.50", amount("2023.50")),
        ("2023-05-18", stretch(date(2023, 5, 18), date(2023, 5, 18))),
        ("二〇二三年五月", stretch(date(2023, 5, 1), date(2023, 5, 31))),
        ("2023.05", stretch(date(2023, 5, 1), date(2023, 5, 31))),
        ("2023年度", stretch(date(2023, 1, 1), date(2023, 12, 31))),
        ("20230518", stretch(date(2023, 5, 18), date(2023, 5, 18))),
    ],
)
def test_a_whole_term_that_is_an_amount_or_a_date_asks_for_it(written: str, asked: Mention) -> None:
    assert mention_asked(written) == asked


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "元", "2023", "800", "12", "13800138000", "0512-66886688", "6222021234567890123", "00871562",
        "HT-2023-0551", "91320594MA27KQ3X6J", "5月18日", "13%", "1500台", "违约金438,000元", "438,000元和500,000元",
        "2023年5月18日至6月1日", "2023年2月30日", "第三条", "一式肆份", "万元", "三元", "192.168.10.12", "9" * 100,
    ],
)  # fmt: skip
def test_a_term_that_may_be_anything_else_asks_for_no_value(written: str) -> None:
    assert mention_asked(written) is None


@pytest.mark.parametrize("row", [row for row in spellings() if row.found], ids=lambda row: row.text)
def test_what_is_copied_off_a_page_asks_for_what_it_means_there_or_for_nothing(row) -> None:
    for one in mentions(row.text):
        asked = mention_asked(row.text[one.start : one.end])
        # The 12.31 that ends 2023.12.1-12.31 is an amount where it stands alone.
        assert asked is None or asked.kind is not one.kind or (asked.low, asked.high) == (one.low, one.high)


@given(fens)
@settings(deadline=None)
def test_an_amount_is_found_in_figures_and_in_capitals_alike(fen: int) -> None:
    yuan = Decimal(fen) / 100
    for written in (f"¥{yuan:,.2f}", f"{yuan:.2f}元", f"人民币{in_capitals(yuan)}", f"{yuan / 10_000:f}万元"):
        text = f"总价款为{written}，含税。"
        (found,) = mentions(text)
        assert (text[found.start : found.end], found.low, found.high) == (written, fen, fen)


@given(days)
@settings(deadline=None)
def test_a_day_is_found_however_it_is_written(day: date) -> None:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    for written in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日",
    ):
        text = f"签订于 {written} 苏州"
        (found,) = mentions(text)
        assert (text[found.start : found.end], found.low, found.high) == (written, day.toordinal(), day.toordinal())


stretches_of_fen = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(sorted)
stretches_of_days = st.tuples(st.integers(735_000, 745_000), st.integers(735_000, 745_000)).map(sorted)
asked_values = st.lists(
    stretches_of_fen.map(lambda ends: Mention(MentionKind.AMOUNT, *ends))
    | stretches_of_days.map(lambda ends: Mention(MentionKind.DAY, *ends)),
    max_size=3,
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(TABLE_TEXTS), max_size=8), asked_values)
def test_of_the_values_of_a_text_exactly_those_asked_for_are_told(texts: list[str], asked: list[Mention]) -> None:
    text = "\n".join(texts)
    expected = [
        found
        for found in mentions(text)
        if any(one.kind is found.kind and one.low <= found.low and found.high <= one.high for one in asked)
    ]
    assert list(mentions_asked_for(text, asked)) == expected


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


@given(
    text=st.text(max_size=80) | st.text(st.sampled_from("0123456789.,，-/~年月日万亿元¥至一十拾佰Ol 第\n"), max_size=40)
)
@settings(max_examples=400, deadline=None)
def test_any_text_names_values_within_it_or_none(text: str) -> None:
    found = list(mentions(text))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.low <= one.high
    stretches = sorted({(one.start, one.end) for one in found})
    assert all(first[1] <= second[0] for first, second in pairwise(stretches))
    mention_asked(text)


@pytest.mark.parametrize(
    "pattern",
    ["1", "一", "1 ", "一 ", "1,", "1,234", "1.", "2023年", "2023-", "¥ 111", "二〇二三", "十万", "1-", "No.", "1234 ",
     "2023年5月1日至", "、2日", "lI", "(万元)1.5 ", "0512 ", "438,000.00"],
)  # fmt: skip
def test_a_page_of_nothing_but_digits_takes_no_longer_than_it_is_long(pattern: str) -> None:
    hostile = "2023年5月1日" + pattern * (200_000 // len(pattern))
    started_at = time.process_time()
    for _ in mentions(hostile):
        pass
    assert time.process_time() - started_at < 5


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("合同总价为43\n8,000.00元。", {"8000.00", "438000.00"}),
        ("总价7,2\n80.00元，含税", {"7280.00"}),
        ("支付合同价款¥7440\n.29。", {"7440.29"}),
        ("总价43800\n0元", {"43800.00", "0.00", "438000.00"}),
        ("应于2023-0\n5-18前付清", {"2023-05-18"}),
        ("应于20\n23-05-18前付清", {"2023-05-18"}),
        ("应于2023.5.1\n8前付清", {"2023-05-18"}),
        ("应于2023-05-1\n8前付清", {"2023-05-18"}),
        ("日期202305\n18，", {"2023-05-18"}),
    ],
)
def test_a_value_that_the_end_of_a_line_cuts_in_two_is_read_whole(text: str, named: set[str]) -> None:
    assert set(map(_written, mentions(text))) == named


@pytest.mark.parametrize(
    "text", ["数量\n43\n8,000.00元", "数量 43\n8,000.00元", "数量：43\n8,000.00\n合计", "共12\n台设备", "第2\n023条"]
)
def test_numbers_that_fill_their_cells_are_not_joined(text: str) -> None:
    assert set(map(_written, mentions(text))) <= {"8000.00"}


@pytest.mark.parametrize(
    ("before", "behind", "named"),
    [
        ("总价438,", "000.00元整", "438000.00"),
        ("总价肆拾叁万", "捌仟元整", "438000.00"),
        ("签于2023年5月", "18日", "2023-05-18"),
        ("签于2023年", "5月18日", "2023-05-18"),
        ("签于二〇二三年五月十", "八日", "2023-05-18"),
        ("总价43.8", "万元", "438000.00"),
    ],
)
def test_a_value_that_a_page_end_cuts_in_two_is_read_across_it(before: str, behind: str, named: str) -> None:
    pages = ["第一页", f"{before} \n", " ", f" {behind}"]
    (one,) = mentions_across(pages)
    assert (one.page, one.next_page) == (1, 3)
    assert _written(one) == named
    assert (before + behind).endswith(pages[1][one.start :].strip() + pages[3][: one.end].strip()) or "整" in behind


@pytest.mark.parametrize(
    ("before", "behind"), [("第 5 页", "2023年5月18日"), ("5", "438,000.00元"), ("共3页", "三、违约")]
)
def test_values_on_either_side_of_a_page_end_stay_apart(before: str, behind: str) -> None:
    assert list(mentions_across([before, behind])) == []


def _written(one: Mentioned | MentionedAcross) -> str:
    return f"{one.low / 100:.2f}" if one.kind is MentionKind.AMOUNT else date.fromordinal(one.low).isoformat()


def test_what_a_page_names_hardly_depends_on_where_its_lines_end() -> None:
    named, lost = 0, 0
    for page in (page for paper in Corpus(7, 60).papers() for page in paper.pages):
        read = {(one.kind, one.low, one.high) for one in mentions(page)}
        whole = {(one.kind, one.low, one.high) for one in mentions(page.replace("\n", ""))}
        named, lost = named + len(whole), lost + len(whole - read)
    assert named > 500
    assert lost * 200 < named
