import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.ingest.reading.keyless.engine import ReadCharacter, Segment
from dms.ingest.reading.keyless.layout import lines_of

WIDTH, HEIGHT = 1_000, 1_400


def _piece(text, left, top, *, em=20.0, height=None, tall=False):
    bottom = top + (height or em)
    places = ((left + em * i, left + em * (i + 1)) for i in range(len(text)))
    letters = zip(text, places, strict=True)
    return Segment(characters=tuple(ReadCharacter(c, a, top, b, bottom, 0.9) for c, (a, b) in letters), tall=tall)


def _texts(segments, scale=1.0):
    return [line.text for line in lines_of(segments, scale=scale, width_px=WIDTH, height_px=HEIGHT)]


def test_lines_come_from_top_to_bottom_whatever_order_they_were_found_in():
    assert _texts([_piece("三", 10, 300), _piece("一", 10, 100), _piece("二", 10, 200)]) == ["一", "二", "三"]


def test_a_table_is_read_row_by_row_with_one_space_between_cells():
    cells = [
        _piece(f"{row}{column}", 100 + 200 * column, 100 + 40 * row + column) for column in range(3) for row in range(2)
    ]
    assert _texts(cells) == ["00 01 02", "10 11 12"]


def test_the_space_between_two_cells_has_no_place():
    (line,) = lines_of([_piece("甲", 10, 10), _piece("乙", 300, 10)], scale=1.0, width_px=WIDTH, height_px=HEIGHT)
    assert [c.box is None for c in line.characters] == [False, True, False]


def test_a_row_that_sinks_a_little_stays_one_row():
    assert _texts([_piece(c, 10 + 150 * i, 100 + 3 * i) for i, c in enumerate("甲乙丙丁")]) == ["甲 乙 丙 丁"]


def test_two_lines_close_together_stay_two_lines():
    assert _texts([_piece("上一行", 10, 100), _piece("下一行", 10, 122)]) == ["上一行", "下一行"]


def test_large_writing_across_a_row_makes_a_line_of_its_own():
    seal = _piece("章", 400, 80, em=70)
    assert _texts([_piece("甲方（盖章）", 100, 100), seal, _piece("日期", 600, 100)]) == ["甲方（盖章） 日期", "章"]


def test_writing_on_its_side_makes_a_line_of_its_own():
    assert _texts([_piece("正文", 100, 100), _piece("装订线", 20, 105, tall=True)]) == ["正文", "装订线"]


def test_pieces_lying_over_each_other_are_not_mixed():
    assert _texts([_piece("印刷文字", 100, 100), _piece("手写", 120, 104)]) == ["印刷文字", "手写"]


def _columns(gap, rows=10, characters=20):
    left = [_piece("左" * characters, 50, 100 + 35 * row) for row in range(rows)]
    right = [_piece("右" * characters, 50 + 20 * characters + gap, 100 + 35 * row) for row in range(rows)]
    return left + right


def test_two_columns_of_running_text_are_read_one_after_the_other():
    texts = _texts([_piece("标题", 400, 20), *_columns(60), _piece("页脚", 400, 900)])
    assert texts == ["标题", *["左" * 20] * 10, *["右" * 20] * 10, "页脚"]


def test_a_column_that_is_longer_than_its_neighbour_is_read_to_its_end_first():
    texts = _texts([*_columns(60), *[_piece("续" * 20, 50, 450 + 35 * row) for row in range(4)]])
    assert texts == [*["左" * 20] * 10, *["续" * 20] * 4, *["右" * 20] * 10]


def test_a_form_with_two_sides_is_read_row_by_row():
    rows = [
        ("甲方：", "乙方："),
        ("地址：苏州", "地址：南京"),
        ("电话", "电话"),
        ("日期", "日期：2023"),
        ("开户行", "开户行"),
        ("账号：6222", "账号"),
    ]
    cells = [_piece(side, 50 + 450 * i, 100 + 40 * n) for n, row in enumerate(rows) for i, side in enumerate(row)]
    assert _texts(cells)[1] == "地址：苏州 地址：南京"


def test_a_few_rows_in_two_columns_are_read_row_by_row():
    assert _texts(_columns(60, rows=3))[0] == "左" * 20 + " " + "右" * 20


def test_boxes_are_in_the_pixels_of_the_image_that_is_shown():
    (line,) = lines_of([_piece("合", 100, 200)], scale=0.5, width_px=500, height_px=700)
    box = line.characters[0].box
    assert (box.left, box.top, box.right, box.bottom) == (50, 100, 60, 110)


def test_nothing_read_is_no_line():
    assert _texts([]) == []


PIECES = st.lists(
    st.builds(
        _piece,
        st.text(st.sampled_from("合同甲乙0123 A"), min_size=1, max_size=12).map(lambda t: f"[{t}]"),
        st.floats(-50, 1_100),
        st.floats(-50, 1_500),
        em=st.floats(0.1, 60),
        tall=st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_nothing_is_lost_and_nothing_is_read_twice_and_every_box_lies_on_the_page(segments):
    lines = lines_of(segments, scale=1.0, width_px=WIDTH, height_px=HEIGHT)
    read = sorted(piece for line in lines for piece in line.text.replace("] [", "]\n[").split("\n"))
    assert read == sorted(segment.text for segment in segments)
    boxes = [c.box for line in lines for c in line.characters if c.box]
    assert all(0 <= b.left < b.right <= WIDTH and 0 <= b.top < b.bottom <= HEIGHT for b in boxes)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_small_overlap_of_two_cells_does_not_part_them(share):
    texts = _texts([_piece("单价", 100, 100), _piece("金额", 100 + 40 - 40 * share, 100)])
    assert len(texts) == (1 if share <= 0.3 else 2)
