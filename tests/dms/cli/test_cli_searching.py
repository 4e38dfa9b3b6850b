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
    assert {"total", "elapsed_ms", "hits"} <= set(answer)
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


def test_what_was_added_to_the_answer_says_how_the_papers_fit(papers):
    answer = run("search", "违约金条教", "--tolerant", "--json").answer
    assert (answer["total"], answer["exact_total"], answer["index_complete"]) == (1, 0, True)
    assert answer["hits"][0]["tolerated"]
    assert answer["hits"][0]["contract"] == "HT-2020-9"


def test_every_filter_of_the_search_page_is_an_option(papers):
    old, new = papers
    assert hits("违约金", "--contract", "ht-2020-9") == [old.id]
    assert hits("违约金", "--series", "3", "--state", "filed", "--grade", "3", "--sort", "oldest")[0] == old.id
    assert hits("违约金", "--within", "补充协议") == [new.id]
    assert hits("违约金", "--within", "补充协议", "--within", "旧合同") == []
    assert set(hits("", "--state", "filed", "--sort", "arrival")) == {old.id, new.id}
    assert hits("违约金", "--state", "review") == []
    assert run("search", "", "--like", "nothing-of-this-name", "--json").exit_code == 4


def test_synonyms_are_found_when_asked_for_and_named_when_not(papers):
    assert hits("滞纳金") == []
    assert "违约金" in run("search", "滞纳金").messages
    assert set(hits("滞纳金", "--synonyms")) == {paper.id for paper in papers}


def test_groups_stand_together_under_their_names(papers):
    done = run("search", "违约金", "--group", "contract")
    assert "== HT-2020-9" in done.text
    answer = run("search", "违约金", "--group", "contract", "--json").answer
    assert {"value": "HT-2020-9", "count": 1} in answer["groups"]


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


@pytest.mark.parametrize(("name", "beginning"), [("list.pdf", b"%PDF"), ("LIST.XLSX", b"PK")])
def test_the_whole_result_is_written_as_a_list(papers, tmp_path, name, beginning):
    target = tmp_path / name
    assert run("search", "违约金", "--limit", "1", "-o", str(target), "--json").answer["total"] == 2
    assert target.read_bytes().startswith(beginning)


def test_a_list_is_never_written_over_another_and_only_as_what_it_can_be(papers, tmp_path):
    (tmp_path / "list.pdf").write_bytes(b"the first")
    assert run("search", "违约金", "-o", str(tmp_path / "list.pdf")).exit_code == 6
    assert (tmp_path / "list.pdf").read_bytes() == b"the first"
    assert run("search", "违约金", "-o", str(tmp_path / "list.docx")).exit_code == 2
    assert run("search", "违约金", "-o", str(tmp_path / "missing" / "list.pdf")).exit_code != 0
    assert [path.name for path in tmp_path.glob("list*")] == ["list.pdf"]
