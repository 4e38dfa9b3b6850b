import pytest

from dms.search.figures import AMOUNT_IN_FIGURES, fen_of, is_grouped

MONEY = [
    ("comma read as point", "372.280.00", 37_228_000),
    ("point read as comma", "372,280,00元", 37_228_000),
    ("point read as a full stop", "372,280。00元", 37_228_000),
    ("three digits after a point are thousands of money", "438.000元", 43_800_000),
    ("decimals before 万", "12.345万", 12_345_000),
    ("万 and 千", "43万8千", 43_800_000),
    ("亿 and 千万", "1亿2千万元", 12_000_000_000),
    ("仟 behind figures", "438仟元", 43_800_000),
    ("万 and the rest in figures", "3万5000元", 3_500_000),
    ("角 and 分", "12元5角3分", 1253),
    ("角 in words", "438000元伍角", 43_800_050),
    ("a letter for a nought", "1O0,000.00元", 10_000_000),
    ("less than a fen", "0.125元", 12_500),
    ("no whole fen", "1.2345元", None),
    ("more digits than money has", "9" * 60, None),
]


@pytest.mark.parametrize(("how", "written", "fen"), MONEY, ids=[row[0] for row in MONEY])
def test_figures_of_money_are_worth(how: str, written: str, fen: int | None) -> None:
    match = AMOUNT_IN_FIGURES.match(written)
    assert match is not None
    assert fen_of(match, money=True) == fen


@pytest.mark.parametrize("written", ["372.280.00", "4l8000", "1'000"])
def test_what_would_have_to_be_assumed_is_not_assumed_without_a_sign_of_money(written: str) -> None:
    match = AMOUNT_IN_FIGURES.match(written)
    assert match is not None
    assert fen_of(match, money=False) is None


def test_a_number_is_worth_more_in_the_unit_of_its_table() -> None:
    match = AMOUNT_IN_FIGURES.match("43.8567")
    assert match is not None
    assert fen_of(match, money=False, yuan_each=10_000) == 43_856_700


def test_a_full_width_comma_groups_as_well() -> None:
    assert is_grouped("438，000")
    assert not is_grouped("438000.00")
