"""Whatever is typed is a query, and soon understood."""

from random import Random
from time import perf_counter

import pytest

from dms.domain.criterion import AllOf, AnyOf, Chain, FactIs, FactRange, Mention, Not, Phrase
from dms.search.nearing import MAX_ALTERNATIVES
from dms.search.query import MAX_QUERY_CHARACTERS, MAX_TERMS, Frame, parse_query
from dms.search.wildcards import MAX_LINKS

LONGEST_S = 2.0
"""A generous bound for a busy machine; each of these takes a few milliseconds."""

FRAME = Frame(
    synonyms={
        "违约金": ("滞纳金", "罚金", "违约赔偿"),
        "甲方": ("需方", "买方"),
        "a": tuple(f"synonym{number}" for number in range(31)),
        "b": tuple(f"another{number}" for number in range(400)),
    }
)
FIELDS = (
    "客户:",
    "年度:",
    "金额：",
    "日期:",
    "类型:",
    "密级:",
    "状态:",
    "文中金额:",
    "登记日期:",
    "uscc:",
    "正文:",
    "grade:",
)
OPERATORS = (
    *("AND", "OR", "NOT", "与", "或", "非", "且", "近", "先", "NEAR", "BEFORE"),
    *(
        "NEAR/5",
        "近/10",
        "BEFORE/0",
        "NEAR/999999999",
        "NEAR/99999999999999999999",
        "先/１２",
        "NEAR/-1",
        "NEAR/",
        "TO",
    ),
)
SIGNS = (
    *"()（）[]【】{}\"“”„「」『』＂*?＊？~～^:：<>=≥≤＜＞+-\\/.,'`|&%$#@!;_、。，；…",
    "..",
    "=<",
    "?*?",
    "~2",
    "^5",
)
WORDS = (
    "违约金",
    "甲方",
    "a",
    "b",
    "2023",
    "2023年5月18日",
    "43.8万元",
    "438,000.00",
    "一级",
    "HT-2023-00871",
    "發票",
    "ｈｔ",
)
ODD = (
    *(
        "\x00",
        "\x1b",
        "\x1c",
        "\x7f",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ud800",
        "\udfff",
        "\U0010ffff",
        "\ue000",
    ),
    *(
        "\u0301",
        "\u0301" * 50,
        "e\u0301",
        "\u1100\u1161",
        "\u0e33",
        "ﷺ",
        "㍿",
        "½",
        "²",
        "İ",
        "ß",
        "👩‍👩‍👧",
        "שלום",
        "مرحبا",
    ),
)
SPACES = (" ", " ", " ", " ", "　", "\n", "\t", "\u00a0", "\u2028", "")
PIECES = (FIELDS, OPERATORS, SIGNS, SIGNS, WORDS, WORDS, ODD)


def _pieced(random):
    return "".join(random.choice(random.choice(PIECES)) + random.choice(SPACES) for _ in range(random.randint(1, 60)))


def _operators_alone(random):
    return " ".join(random.choice(OPERATORS) for _ in range(random.randint(1, 120)))


def _nested(random):
    depth = random.randint(1, 300)
    opened = "".join(random.choice(["(", "（", "( ", "NOT (", "a NEAR (", "客户:("]) for _ in range(depth))
    return opened + random.choice(WORDS) + random.choice([")", "）", " )", ") OR a"]) * random.randint(0, depth)


def _repeated(random):
    return _pieced(random)[: random.randint(1, 12)] * random.randint(1, 1000)


def _of_any_characters(random):
    return "".join(chr(random.randrange(0x110000)) for _ in range(random.randint(1, 200)))


def _joined(random):
    operator = f" {random.choice(OPERATORS)} "
    return operator.join(
        random.choice(WORDS) + random.choice(["", "", "~", "*", "?a"]) for _ in range(random.randint(2, 90))
    )


KINDS = (_pieced, _pieced, _operators_alone, _nested, _repeated, _of_any_characters, _joined)


def _parts(criterion):
    match criterion:
        case AllOf(parts) | AnyOf(parts):
            return [one for part in parts for one in _parts(part)]
        case Not(part):
            return _parts(part)
        case _:
            return [criterion]


def _excluded(criterion):
    match criterion:
        case AllOf(parts) | AnyOf(parts):
            return [one for part in parts for one in _excluded(part)]
        case Not(part):
            return _parts(part)
        case _:
            return []


def _is_sound(part):
    match part:
        case Phrase(run):
            return bool(run)
        case Chain(links, gaps):
            return (
                2 <= len(links) <= MAX_LINKS
                and len(gaps) == len(links) - 1
                and all(0 <= gap.low <= gap.high for gap in gaps)
                and all(1 <= len(link) <= MAX_ALTERNATIVES and all(link) for link in links)
            )
        case Mention(_, low, high):
            return low <= high
        case FactRange(_, low, high):
            return low is not None or high is not None
        case FactIs(_, values):
            return bool(values)


def _texts(parts):
    return [part for part in parts if not isinstance(part, Mention)]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 20))])
def test_ten_thousand_hostile_queries_are_understood_soon(seed):
    random = Random(seed)
    for _ in range(500):
        query = random.choice(KINDS)(random)
        started = perf_counter()
        parsed = parse_query(query, FRAME, tolerant=random.random() < 0.5, synonyms=random.random() < 0.5)
        assert perf_counter() - started < LONGEST_S, ascii(query)
        parts = _parts(parsed.criterion)
        assert all(map(_is_sound, parts)), ascii(query)
        assert len(_texts(parts)) <= 2 * MAX_TERMS, ascii(query)
        for part in _excluded(parsed.criterion):
            assert not getattr(part, "tolerant", False), ascii(query)
            assert not isinstance(part, Mention) or "文中" in query, ascii(query)
        said = [parsed.explanation.meaning, *parsed.explanation.terms, *parsed.explanation.notes]
        assert all(isinstance(text, str) for words in said for text in (words.zh, words.en))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[",
            "[ ",
            "[a",
            "[ to",
            "[a to ",
            "]",
            "(",
            ") ",
            "( ",
            "（a",
            '"',
            "“",
            "「",
            "＂a",
            "客户:",
            "客户 ",
            "客户 :",
        ),
        *("金额:>", "金额: > ", "年度:[~", "NOT ", "a OR ", "a AND ", "NEAR ", "a NEAR/9 ", "近", "先/", "/9", "a 近/"),
        *(
            "*",
            "?",
            "a*",
            "?a",
            "*?",
            "~",
            "a~ ",
            '"~',
            " ",
            "　",
            "\x00",
            "\u0301",
            "e\u0301",
            "\ud800",
            "\u1100\u1161",
        ),
        *(
            ".",
            "1.",
            "..",
            "0",
            "1,",
            "¥",
            "万",
            "年",
            "2023年",
            "一",
            "二〇",
            "壹",
            "元",
            "5月",
            "-1",
            "合",
            "發",
            "\u202e",
        ),
    ],
    ids=ascii,
)
def test_a_thousand_times_the_same_is_understood_at_once(unit):
    for query in (
        unit * MAX_QUERY_CHARACTERS,
        f"[{unit * MAX_QUERY_CHARACTERS}",
        f"{unit * (MAX_QUERY_CHARACTERS // len(unit) - 1)}x",
        f"[{' ' * 400}{unit * 400}",
        f"金额:{unit * 60}",
        f"a{unit * 30}b",
    ):
        started = perf_counter()
        parse_query(query, FRAME, tolerant=True, synonyms=True)
        assert perf_counter() - started < LONGEST_S


@pytest.mark.parametrize("unit", ["a BEFORE (", "a NEAR (", "(a BEFORE (b OR ", "NOT (客户:a 先 (", "(a 近 b 先 "])
def test_nearness_in_nearness_is_understood_at_once(unit):
    started = perf_counter()
    parse_query(f"{unit * 30}a{')' * 60}", FRAME, tolerant=True, synonyms=True)
    assert perf_counter() - started < LONGEST_S


def test_a_megabyte_is_cut_and_understood():
    started = perf_counter()
    parsed = parse_query("( a NEAR/5 \"b*' OR \u0301" * 60_000)
    assert perf_counter() - started < LONGEST_S
    assert str(MAX_QUERY_CHARACTERS) in parsed.explanation.notes[0].en
