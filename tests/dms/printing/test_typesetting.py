"""Forms are set in memory; long ones in a process of their own, with the same result."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sample_forms import CONTENTS, LETTERHEAD, NOTE, contents_line

from dms.printing import FormNotPrinted, form_pdf, typst_child
from dms.printing.typesetting import typeset


def test_a_form_that_does_not_take_its_content_says_which_one_it_was():
    with pytest.raises(FormNotPrinted) as refused:
        typeset("filing-note", {"title": "x"}, made_at=LETTERHEAD.made_at)
    assert "filing-note" in refused.value.message.en


def test_a_long_form_that_does_not_take_its_content_says_so_too():
    with pytest.raises(FormNotPrinted):
        typeset("filing-note", {"title": "x" * 200_000}, made_at=LETTERHEAD.made_at)


def asked(source: str) -> dict[str, object]:
    return {"source": source, "content": "{}", "standard": "a-2b", "made_at": 1_700_000_000, "tagged": True}


def test_the_child_answers_with_a_pdf_or_with_a_reason():
    import typst

    fonts = typst.Fonts()
    assert typst_child.answer(asked("甲"), fonts).startswith(typst_child.PDF + b"%PDF")
    assert typst_child.answer(asked("#nothing"), fonts).startswith(typst_child.REFUSED + b"unknown variable")


@contextmanager
def openings_to_write() -> Iterator[list[str]]:
    """The paths that are opened for writing meanwhile; an audit hook cannot be taken away, so it falls silent."""
    opened: list[str] = []
    listening = [True]

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == "open" and set(str(arguments[1])) & set("wax+"):
            opened.append(str(arguments[0]))

    sys.addaudithook(hear)
    yield opened
    listening.clear()


def test_nothing_is_written_to_a_disk_on_the_way():
    long = replace(CONTENTS, lines=tuple(contents_line(number) for number in range(1, 600)))
    with openings_to_write() as opened:
        form_pdf(NOTE)
        form_pdf(long)
    assert opened == []
