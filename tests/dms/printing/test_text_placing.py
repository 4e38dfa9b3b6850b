"""Where characters are put, in pixels."""

from drawn_papers import row, written

from dms.domain.reading import Box, Character, Line
from dms.printing.text_placing import Direction, place


def line(*characters: tuple[str, Box | None]) -> Line:
    return Line(tuple(Character(text, box, 1.0) for text, box in characters))


def widths(run):
    return [(cell.text, cell.width_px) for cell in run.cells]


def test_a_line_becomes_one_run_on_its_lower_edge():
    (run,) = place(written("甲方A", left=80, top=100, size=24))
    assert (run.direction, run.start_px, run.height_px) == (Direction.RIGHT, (80, 124), 24)
    assert widths(run) == [("甲", 24), ("方", 24), ("A", 12)]


def test_small_boxes_of_punctuation_do_not_leave_the_baseline():
    (run,) = place(line(("一", Box(0, 10, 20, 14)), ("字", Box(22, 0, 42, 20)), ("。", Box(44, 15, 50, 20))))
    assert (run.start_px, run.height_px) == ((0, 20), 20)


def test_neighbours_touch_even_when_widely_set():
    (run,) = place(written("合同", left=0, top=0, size=20, step=3))
    assert widths(run) == [("合", 60), ("同", 20)]


def test_white_space_fills_the_gap_between_two_cells():
    (run,) = place(row([(0, "甲"), (200, "乙")], top=0))
    assert widths(run) == [("甲", 24), (" ", 176), ("乙", 24)]


def test_two_spaces_share_their_gap():
    (run,) = place(line(("A", Box(0, 0, 10, 20)), ("　", None), (" ", None), ("B", Box(30, 0, 40, 20))))
    assert widths(run) == [("A", 10), (" ", 10), (" ", 10), ("B", 10)]


def test_a_space_gets_room_where_the_boxes_leave_none():
    (run,) = place(line(("A", Box(0, 0, 12, 20)), (" ", None), ("B", Box(10, 0, 20, 20))))
    assert widths(run) == [("A", 8), (" ", 2), ("B", 10)]


def test_a_trailing_space_is_kept_and_a_leading_one_has_no_place():
    (run,) = place(line((" ", None), ("A", Box(0, 0, 10, 20)), (" ", None)))
    assert widths(run) == [("A", 10), (" ", 5)]


def test_a_line_without_any_place_is_not_put_anywhere():
    assert place(line((" ", None))) == ()
    assert place(Line(())) == ()


def test_a_step_back_begins_a_new_run():
    runs = place(line(("乙", Box(100, 0, 120, 20)), ("甲", Box(0, 0, 20, 20))))
    assert [run.start_px for run in runs] == [(100, 20), (0, 20)]


def test_cells_of_a_row_at_different_heights_keep_each_its_own_baseline():
    runs = place(line(("甲", Box(0, 0, 20, 20)), (" ", None), ("乙", Box(100, 15, 120, 35))))
    assert [run.start_px for run in runs] == [(0, 20), (100, 35)]


def test_a_column_is_written_downwards_from_its_left_edge():
    (run,) = place(line(*((c, Box(50, 30 * i, 70, 30 * i + 20)) for i, c in enumerate("骑缝章"))))
    assert (run.direction, run.start_px, run.height_px) == (Direction.DOWN, (50, 0), 20)
    assert widths(run) == [("骑", 30), ("缝", 30), ("章", 20)]


def test_the_writing_around_a_seal_stands_character_by_character():
    arc = [
        ("江", Box(0, 60, 20, 80)),
        ("苏", Box(15, 20, 35, 40)),
        ("宏", Box(50, 0, 70, 20)),
        ("达", Box(85, 20, 105, 40)),
    ]
    runs = place(line(*arc))
    assert [run.start_px for run in runs] == [(0, 80), (15, 40), (50, 20), (85, 40)]


def test_a_box_without_area_still_takes_a_pixel():
    (run,) = place(line(("丨", Box(5, 5, 5, 5))))
    assert (run.height_px, widths(run)) == (1, [("丨", 1)])
