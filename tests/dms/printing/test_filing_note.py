"""The filing note shows every line that was ever added."""

from dataclasses import replace

from sample_forms import NOTE, page_texts

from dms.printing import NoteLine


def test_a_filing_note_shows_statement_signatures_and_every_line():
    (page,) = page_texts(NOTE)
    for text in (
        NOTE.statement,
        "立卷人李档案",
        "2026-01-20",
        "检查人",
        "37件182页121张",
        "移至他卷。",
        "王核对",
        "Ed25519",
    ):
        assert "".join(text.split()) in page


def test_a_filing_note_of_many_lines_goes_on_overleaf():
    lines = tuple(replace(NOTE.lines[0], text=f"第{number}次记录。") for number in range(1, 101))
    pages = page_texts(replace(NOTE, lines=lines))
    assert len(pages) > 2
    assert all("说明" in page for page in pages)
    assert all(f"第{number}次记录。" in "".join(pages) for number in range(1, 101))


def test_a_note_of_nobody_else_bears_one_name():
    line = NoteLine(written_at=NOTE.lines[0].written_at, kind="比对", text="无误。", by="李档案")
    (page,) = page_texts(replace(NOTE, lines=(line,)))
    assert "无误。李档案" in page
