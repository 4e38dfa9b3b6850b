"""``dms search`` answers with the promised object, and with marked words for a person."""

import pytest
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper


@pytest.fixture
def papers(archive):
    add_customer(archive)
    old = file_paper(
        archive, "甲方：合肥远山商贸有限公司\f违约金条款", title="旧合同", year=2020, contract_no="HT-2020-9"
    )
    new = file_paper(archive, "补充协议 违约金", title="新合同", type_code="amendment")
    return old, new


def hits(*arguments):
    return [hit["item_id"] for hit in run("search", *arguments, "--json").answer["hits"]]


def test_the_answer_has_the_promised_shape(papers):
    answer = run("search", "违约金条款", "--json").answer
    assert {"total", "elapsed_ms", "hits"} == set(answer)
    (hit,) = answer["hits"]
    assert {"item_id", "title", "customer", "year", "type", "page", "snippet", "score"} <= set(hit)
    assert (hit["item_id"], hit["page"], hit["customer"], hit["year"]) == (papers[0].id, 2, "C0001", 2020)
    assert "违约金条款" in hit["snippet"]


def test_filters_narrow_the_answer(papers):
    old, new = papers
    assert set(hits("违约金")) == {old.id, new.id}
    assert hits("违约金", "--year", "2020") == [old.id]
    assert hits("违约金", "--type", "amendment") == [new.id]
    assert hits("违约金", "--customer", "C0002") == []
    assert len(hits("违约金", "--limit", "1")) == 1


def test_a_person_sees_the_words_marked_and_the_count(papers):
    done = run("search", "违约金条款")
    assert "【违约金条款】" in done.text
    assert "1 papers in" in done.messages or "1 paper in" in done.messages


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "(((",
        "AND",
        "金额:[1 TO",
        "金额:99999999999999999999999999",
        "年度:0",
        "\x00",
        "\udcff",
        "*",
        "a" * 5000,
    ],
)
def test_odd_queries_are_answered_and_never_break(papers, query):
    done = run("search", query, "--json")
    assert done.exit_code == 0
    assert "total" in done.answer
