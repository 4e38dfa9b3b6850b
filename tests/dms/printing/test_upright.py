"""Names run down the back of a volume as large as the place allows, Latin words on their side."""

import pytest

from dms.printing.upright import Stand, upright


def pieces(text: str) -> list[tuple[str, Stand]]:
    (column,) = upright(text, width_mm=10, height_mm=100, largest_mm=8, most_columns=1).columns
    return [(piece.text, piece.stand) for piece in column]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("甲乙", [("甲", Stand.UPRIGHT), ("乙", Stand.UPRIGHT)]),
        ("第12分部", [("第", "upright"), ("12", "upright"), ("分", "upright"), ("部", "upright")]),
        ("2025年", [("2025", Stand.TURNED), ("年", Stand.UPRIGHT)]),
        ("ABB（中", [("ABB", Stand.TURNED), ("（", Stand.BRACKET), ("中", Stand.UPRIGHT)]),
        ("GmbH & Co. KG", [("GmbH & Co. KG", Stand.TURNED)]),
        ("甲、乙", [("甲", Stand.UPRIGHT), ("、", Stand.POINT), ("乙", Stand.UPRIGHT)]),
        ("3 合", [("3", Stand.UPRIGHT), (" ", Stand.GAP), ("合", Stand.UPRIGHT)]),
        ("𬭎龘", [("𬭎", Stand.UPRIGHT), ("龘", Stand.UPRIGHT)]),
    ],
)
def test_every_piece_stands_as_it_is_read_downwards(text, stands):
    assert pieces(text) == stands


def test_a_short_name_is_no_larger_than_it_may_be_and_takes_one_column():
    name = upright("铜陵衡岳", width_mm=18, height_mm=110, largest_mm=8)
    assert name.size_mm == 8
    assert len(name.columns) == 1


def test_a_long_name_takes_the_columns_in_which_it_is_largest():
    name = upright("深圳前海国际供应链管理与跨境电子商务" * 3, width_mm=18, height_mm=110, largest_mm=8)
    alone = upright(
        "深圳前海国际供应链管理与跨境电子商务" * 3, width_mm=18, height_mm=110, largest_mm=8, most_columns=1
    )
    assert len(name.columns) > 1
    assert name.size_mm > alone.size_mm
    assert (
        "".join(piece.text for column in name.columns for piece in column) == "深圳前海国际供应链管理与跨境电子商务" * 3
    )


@pytest.mark.parametrize("width_mm", [8, 13, 28, 48])
@pytest.mark.parametrize("length", [1, 12, 60, 200])
def test_it_always_fits_its_place(width_mm, length):
    name = upright("铜" * length, width_mm=width_mm, height_mm=114, largest_mm=8.5)
    longest_em = max(sum(piece.length_em for piece in column) for column in name.columns)
    assert longest_em * name.size_mm <= 114.01
    assert len(name.columns) * name.size_mm <= width_mm


def test_nothing_is_set_as_nothing():
    assert upright("", width_mm=10, height_mm=100, largest_mm=8).columns == ((),)
