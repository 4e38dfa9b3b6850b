"""One paper at the command line: its facts, its text, its original; what is written is new, whole and exact."""

import pytest
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper, hand_in, scan

from dms.domain.item import Placement


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "采购合同\n第二行\f第二页")


def taken(archive, item):
    with archive.looking() as view:
        return [entry.action for entry in view.journal.entries(subject=item.id)][3:]


def test_the_facts_of_a_paper(archive, paper):
    facts = run("item", "show", paper.id, "--json").answer
    expected = {
        "item_id": paper.id,
        "state": "filed",
        "title": "钢材采购合同",
        "customer": "C0001",
        "contract_no": "HT-2024-001",
        "type": "contract",
        "series": "3",
        "year": 2024,
        "doc_date": "2024-05-18",
        "amount": "438000.00",
        "grade": 3,
        "pages": 2,
        "problem": None,
    }
    assert {name: facts[name] for name in expected} == expected
    assert "title: 钢材采购合同" in run("item", "show", paper.id).text


def test_why_a_paper_was_refused_is_among_its_facts(archive):
    facts = run("item", "show", scan(archive, "!refuse").id, "--json").answer
    assert facts["problem"]["code"] == "damaged_document"
    assert facts["problem"]["zh"] and facts["problem"]["en"]


def test_the_text_of_a_paper_page_by_page(archive, paper):
    answer = run("item", "text", paper.id, "--json").answer
    assert answer["item_id"] == paper.id
    assert [(page["number"], page["text"]) for page in answer["pages"]] == [(1, "采购合同\n第二行"), (2, "第二页")]
    assert {"rotation", "confidence"} <= set(answer["pages"][0])
    assert run("item", "text", paper.id).text == "—— page 1 ——\n采购合同\n第二行\n—— page 2 ——\n第二页\n"


def test_the_original_is_written_to_the_byte_and_nothing_to_standard_output(archive, paper, tmp_path):
    done = run("item", "original", paper.id, "-o", tmp_path / "原件.png")
    assert (done.exit_code, done.output) == (0, b"")
    assert (tmp_path / "原件.png").read_bytes() == "采购合同\n第二行\f第二页".encode()
    assert taken(archive, paper) == ["original_taken"]


def test_the_searchable_copy_is_a_pdf(archive, paper, tmp_path):
    assert run("item", "pdf", paper.id, "-o", tmp_path / "copy.pdf").exit_code == 0
    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("command", ["original", "pdf"])
def test_what_is_there_is_never_overwritten_and_nothing_is_taken(archive, paper, tmp_path, command):
    (tmp_path / "precious").write_text("precious")
    done = run("item", command, paper.id, "-o", tmp_path / "precious")
    assert done.exit_code == 6
    assert (tmp_path / "precious").read_text() == "precious"
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert run("item", command, paper.id, "-o", tmp_path / "link").exit_code == 6
    assert not (tmp_path / "nowhere").exists()
    assert taken(archive, paper) == []


def test_a_place_that_cannot_be_written_is_named_before_anything_is_taken(archive, paper, tmp_path):
    for place in (tmp_path / "no folder" / "x", tmp_path / "passphrase" / "x", tmp_path / ("长" * 200)):
        assert run("item", "original", paper.id, "-o", place).exit_code == 6
    assert taken(archive, paper) == []


def test_a_refusal_leaves_no_empty_file_behind(archive, tmp_path):
    assert run("item", "original", "f" * 20, "-o", tmp_path / "x").exit_code == 4
    assert run("item", "pdf", hand_in(archive, "还没有读").id, "-o", tmp_path / "x").exit_code == 6
    assert not (tmp_path / "x").exists()


def test_a_page_is_corrected_from_a_text_and_what_was_read_stays(archive, paper, tmp_path):
    text = tmp_path / "page.txt"
    text.write_text("\ufeff采购台同\r\n第二行", "utf-8")
    assert run("item", "correct", paper.id, "--page", "1", "--text-from", str(text)).exit_code == 0
    first, second = run("item", "text", paper.id, "--json").answer["pages"]
    assert (first["text"], first["corrected"]) == ("采购合同\n第二行", "采购台同\n第二行")
    assert second["corrected"] is None
    assert run("item", "correct", paper.id, "--page", "1", "--take-back").exit_code == 0
    assert run("item", "text", paper.id, "--json").answer["pages"][0]["corrected"] is None
    assert taken(archive, paper)[:2] == ["page_corrected", "item_opened"]


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["--page", "9", "--text-from", "page.txt"], 4),
        (["--page", "1", "--text-from", "not-there.txt"], 3),
        (["--page", "1", "--text-from", "gbk.txt"], 3),
        (["--page", "1"], 2),
        (["--page", "1", "--take-back", "--text-from", "page.txt"], 2),
        (["--page", "first", "--take-back"], 2),
    ],
)
def test_a_correction_that_cannot_be_is_refused(archive, paper, tmp_path, monkeypatch, arguments, exit_code):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text("采购合同", "utf-8")
    (tmp_path / "gbk.txt").write_bytes("采购合同".encode("gbk"))
    assert run("item", "correct", paper.id, *arguments).exit_code == exit_code
    assert "page_corrected" not in taken(archive, paper)


def test_the_particulars_of_a_paper_are_stated_and_what_is_left_out_stays(archive, paper):
    stated = ("--doc-no", "皖江〔2024〕1号", "--sheets", "3", "--valid-to", "2026年1月1日", "--annex", "--side", "own")
    first = run("item", "describe", paper.id, *stated, "--json").answer
    assert (first["doc_no"], first["sheets"], first["valid_to"]) == ("皖江〔2024〕1号", 3, "2026-01-01")
    second = run("item", "describe", paper.id, "--doc-no", "", "--sheets", "0", "--retention", "D30", "--json").answer
    assert (second["doc_no"], second["sheets"], second["retention"]) == ("", None, "D30")
    shown = run("item", "show", paper.id, "--json").answer
    assert (shown["valid_to"], shown["annex"], shown["side"], shown["retention"]) == ("2026-01-01", True, "own", "D30")


@pytest.mark.parametrize(
    ("option", "exit_code"), [(("--valid-to", "明年"), 2), (("--retention", "D99"), 3), (("--sheets", "-1"), 3)]
)
def test_a_particular_that_cannot_be_right_is_refused(archive, paper, option, exit_code):
    assert run("item", "describe", paper.id, *option).exit_code == exit_code


def test_papers_are_related_by_number_shown_with_their_facts_and_parted_again(archive, paper):
    amendment = file_paper(archive, "补充协议", type_code="amendment", title="补充协议一")
    code = "Q001-KH·C0001·3·2024-001-001"
    with archive.begin() as work:
        work.items.place(paper.key, Placement(volume_id=paper.volume_id, position=1, reference_code=code))
    (related,) = run("item", "relate", amendment.id, "amends", code, "--json").answer["relations"]
    assert (related["kind"], related["forward"], related["reference_code"]) == ("amends", True, code)
    shown = run("item", "show", code, "--json").answer
    assert (shown["item_id"], shown["reference_code"]) == (paper.id, code)
    assert [each["item_id"] for each in shown["relations"]] == [amendment.id]
    assert f"amends        → {code}  钢材采购合同" in run("item", "relate", amendment.id, "amends", paper.id).text
    assert run("item", "unrelate", code, "amends", amendment.id, "--json").answer == {"relations": []}
    assert run("item", "unrelate", code, "amends", amendment.id).exit_code == 4
    assert run("item", "relate", paper.id, "amends", paper.id).exit_code == 6
