import random

import pytest
from simulators.laid_papers import AGGRESSIVE, Paper, lay, open_store

from dms.domain.actor import OPERATOR
from dms.domain.criterion import Chain, Gap, Phrase
from dms.search import SearchRequest
from dms.search.analysis import fold_pages, folded
from dms.search.answering import answer
from dms.search.marking import MarkedText
from dms.search.query import parse_query
from dms.store import FoundOrder, Inquiry

WRITING = "合同違約金責任责任违约甲方乙方CGcgＨＴ0123一二%.。，：-－  \n\n　（）“”¥é𬭎"


def _page(rng):
    return "".join(rng.choices(WRITING, k=rng.randint(0, 60)))


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Three hundred papers in mixed writing, and their folded texts."""
    store = open_store(tmp_path_factory.mktemp("collection"))
    rng = random.Random(11)
    texts = {}
    with store.begin() as work:
        for _ in range(300):
            pages = tuple(_page(rng) for _ in range(rng.randint(0, 4)))
            key = lay(work, Paper(pages=pages, original_filename="。"))
            texts[key] = fold_pages(pages).text
    yield store, texts
    store.close()


def _found(store, query):
    with store.looking() as view:
        inquiry = Inquiry(
            criterion=parse_query(query).criterion,
            chosen={},
            actor=OPERATOR,
            order=FoundOrder.DATE,
            limit=1000,
            offset=0,
        )
        found = view.fulltext.find(inquiry)
        return found.total, set(found.ranks)


def _slice(rng, texts):
    """A stretch of some text, as a person might write it: in capitals, with spaces or line ends in between."""
    text = rng.choice([text for text in texts.values() if folded(text)])
    start = rng.randrange(len(text))
    stretch = text[start : start + rng.choice([1, 1, 2, 2, 3, 5, 12])]
    if not folded(stretch):
        return "合"
    return rng.choice([stretch, stretch.upper(), " ".join(stretch), stretch.replace("合", "合\n")])


def test_five_hundred_queries_find_exactly_what_a_plain_look_finds(collection):
    store, texts = collection
    rng = random.Random(5)
    for _ in range(170):
        one, two, three = (_slice(rng, texts) for _ in range(3))
        holding = [{key for key, text in texts.items() if folded(piece) in text} for piece in (one, two, three)]
        expected = {
            f'"{one}"': holding[0],
            f'NOT "{one}"': texts.keys() - holding[0],
            f'("{one}" OR “{two}”) NOT 「{three}」': (holding[0] | holding[1]) - holding[2],
        }
        for query, keys in expected.items():
            assert _found(store, query) == (len(keys), keys), query


def _standing(texts, wanted):
    return {key for key, pages in texts.items() if MarkedText(pages, [wanted]).pages}


LETTERS = "违约金未末曰日一1l合同甲乙方应付逾期赔偿货款损失解除通知之以内，\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Two hundred papers in few characters, so that much is nearly the same, and their pages."""
    store = open_store(tmp_path_factory.mktemp("written"))
    rng = random.Random(17)
    with store.begin() as work:
        pages = [tuple("".join(rng.choices(LETTERS, k=rng.randint(0, 40))) for _ in range(3)) for _ in range(200)]
        texts = {lay(work, Paper(pages=paper, original_filename="。")): paper for paper in pages}
    yield store, texts
    store.close()


def test_what_is_found_in_spite_of_misreading_is_what_is_marked(written):
    store, texts = written
    rng = random.Random(3)
    for _ in range(80):
        text = fold_pages(texts[rng.choice(list(texts))]).text + "违约金"
        start = rng.randrange(len(text))
        phrase = _misread(rng, text[start : start + rng.choice([2, 4, 5, 7, 8, 10])]) or "违"
        assert _found(store, f'"{phrase}"~')[1] == _standing(texts, Phrase(phrase, tolerant=True)), phrase


def _misread(rng, phrase):
    """The phrase with one character wrong, missing or extra."""
    at = rng.randrange(len(phrase))
    return phrase[:at] + rng.choice(["甲", "", phrase[at] + "乙"]) + phrase[at + 1 :]


def test_what_is_found_near_each_other_is_what_is_marked(written):
    store, texts = written
    rng = random.Random(4)
    for _ in range(60):
        links = tuple(
            ("".join(rng.choices("违约金未日1", k=rng.choice([1, 1, 1, 2]))),) for _ in range(rng.choice([2, 3]))
        )
        distance, ordered = rng.randint(0, 6), rng.random() < 0.5
        operator = f" {'BEFORE' if ordered else 'NEAR'}/{distance} "
        chain = Chain(links, (Gap(0, distance),) * (len(links) - 1), ordered)
        assert _found(store, operator.join(link for (link,) in links))[1] == _standing(texts, chain), chain


ODD = [
    *(
        '"',
        '""',
        '"""',
        "“",
        "”",
        "「",
        "」",
        "『违约金",
        "(",
        ")",
        "()",
        "((",
        "))",
        ")(",
        "（",
        "）",
        "（违约金",
        "违约金）",
    ),
    *("AND", "OR", "NOT", "与", "或", "非", "AND OR NOT", "违约金 AND", "OR 违约金", "NOT NOT 违约金", "a AND AND b"),
    *(
        "(AND)",
        "客户:",
        ":",
        "：",
        "::",
        ":违约金",
        "客户:客户:",
        "年度:",
        "年度:abc",
        "年度:[2021 TO",
        "[",
        "]",
        "[ TO ]",
    ),
    *("年度:2021..2022..2023", "金额:>=", "日期:9999-99-99", "日期:0000-00-00", "日期:>9999-12-31", "日期:<0001-01-01"),
    *(
        "年度:9999",
        "金额:99999999999999999999",
        "页数:999999",
        "类型:",
        "类目:''",
        "*",
        "?",
        "违约*金",
        "违约?",
        "~2",
        "^5",
    ),
    *("a~", "{a TO b}", "\\", '\\\\"', "+违约金", "-违约金", "/regex/", "%", "%%", "_", "違約金%", "\\x00"),
    *("' OR 1=1 --", "'; DROP TABLE item; --", "1' UNION SELECT * FROM user", "rowid:1", "fulltext MATCH 'a'"),
    *(
        "body : 违约",
        "{body title} : 违约",
        "NEAR(违约 金, 5)",
        "违约 NEAR 金",
        "^违约",
        "违约*",
        '"违约" *',
        '"违约" + "金"',
    ),
    *("\x00", "\x00违约金\x00", "\x07\x1b[31m", "\ud800", "违约\udfff金", "\ufeff", "\u200b\u200d", "\u202e违约金"),
    *("😀", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "é", "e\u0301", "\n", "\t违约金\t", "违约\r\n金"),
    *("a" * 10_000, "( " * 5_000, "违约金 " * 2_000, '"' * 9_999, "AND " * 2_500, "合同" * 5_000, "NOT (" * 400),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("small"))
    with store.begin() as work:
        lay(work, Paper(pages=(AGGRESSIVE,)))
    yield store
    store.close()


@pytest.mark.parametrize("query", ODD, ids=[ascii(query[:20]) for query in ODD])
def test_odd_input_never_raises(small, query):
    with small.looking() as view:
        result = answer(view, OPERATOR, SearchRequest(query=query.encode("utf-8", "replace").decode()))
    assert result.total in (0, 1)


def test_there_are_enough_odd_inputs():
    assert len(set(ODD)) >= 60
