"""What the viewer draws over a page."""

from simulators.readers import reading_of

from dms.domain.item import Page
from dms.domain.proposal import Place
from dms.web.page_view import page_list, page_shown_first, page_view

LINE_HEIGHT_PX = 40
"""Of the plain reader: characters of 20 by 20 pixels, every other row empty."""


def _page(number: int, text: str = "字") -> Page:
    return Page(
        number=number,
        text=text,
        width_px=1000,
        height_px=1400,
        turned_degrees=0,
        skew_degrees=0.0,
        blank=not text,
        confidence=1.0,
        source="ocr",
        engine="plain 1",
    )


def test_a_line_is_cut_at_the_edges_of_its_hits() -> None:
    view = page_view(reading_of("甲乙丙丁\n戊己"), [Place(1, 1, 3), Place(1, 5, 7)])
    assert view.lines[0]["parts"] == [("甲", False), ("乙丙", True), ("丁", False)]
    assert view.lines[1]["parts"] == [("戊己", True)]


def test_hits_of_other_pages_are_left_out() -> None:
    view = page_view(reading_of("甲乙", 2), [Place(1, 0, 2), Place(2, 1, 2)])
    assert view.hits == (((17, -3, 26, 26),),)
    assert view.lines[0]["parts"] == [("甲", False), ("乙", True)]


def test_a_hit_over_a_line_end_has_a_rectangle_on_each_line() -> None:
    (boxes,) = page_view(reading_of("甲乙\n丙丁"), [Place(1, 1, 4)]).hits
    assert boxes == ((17, -3, 26, 26), (-3, LINE_HEIGHT_PX - 3, 26, 26))


def test_overlapping_hits_mark_their_text_once() -> None:
    view = page_view(reading_of("甲乙丙"), [Place(1, 0, 2), Place(1, 1, 3)])
    assert view.lines[0]["parts"] == [("甲乙丙", True)]


def test_a_blank_page_has_no_lines_and_no_doubt() -> None:
    view = page_view(reading_of("!blank"))
    assert (view.blank, view.lines, view.confidence_percent) == (True, (), 100)


def test_an_empty_line_has_no_place() -> None:
    assert page_view(reading_of("甲\n\n乙")).lines[1] == {"parts": [], "box": None, "sure": 100}


def test_what_is_not_quite_certain_does_not_look_like_a_hundred() -> None:
    assert page_view(reading_of("甲")).lines[0]["sure"] == 99


def test_the_strip_of_pages_counts_the_hits_of_each() -> None:
    strip = page_list([_page(1), _page(2, "")], [Place(1, 0, 1), Place(1, 3, 4)])
    assert [(page["number"], page["hits"], page["blank"]) for page in strip] == [(1, 2, False), (2, 0, True)]


def test_the_page_asked_for_comes_first_then_the_first_hit_then_the_first_writing() -> None:
    pages = [_page(1, ""), _page(2), _page(3)]
    hits = [Place(3, 0, 1)]
    assert page_shown_first(2, pages, hits) == 2
    assert page_shown_first(None, pages, hits) == 3
    assert page_shown_first(99, pages) == 2
    assert page_shown_first(None, [_page(1, "")]) == 1
    assert page_shown_first(None, []) == 1
