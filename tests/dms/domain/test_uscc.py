import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain import uscc

VALID = ["91110000101623741K", "911101066976941872", "914403001922038216", "91440300708461136T"]
digits = st.text("0123456789", min_size=6, max_size=6)
letters = st.text(uscc.ALPHABET, min_size=9, max_size=9)


@st.composite
def codes(draw: st.DrawFn) -> str:
    first = draw(st.sampled_from(["91", "92", "93", "12", "51"])) + draw(digits) + draw(letters)
    return first + uscc.check_character(first)


@pytest.mark.parametrize("code", VALID)
def test_a_code_in_use_has_a_right_check_character(code: str) -> None:
    assert uscc.is_valid(code)
    assert uscc.has_valid_organisation_code(code)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("wrong last character", "91110000101623741J"),
        ("one character short", "9111000010162374K"),
        ("a letter that no code has", "9111000010162374IK"),
        ("a letter in the administrative division", "9111O000101623741K"),
        ("nothing", ""),
    ],
)
def test_what_is_no_code_is_not_valid(what: str, code: str) -> None:
    assert not uscc.is_valid(code)


@given(codes())
def test_every_code_made_by_the_rule_is_valid(code: str) -> None:
    assert uscc.is_valid(code)
    assert uscc.unique_repair(code) == code


@given(codes(), st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_one_changed_character_is_always_noticed(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert uscc.is_valid(changed) == (changed == code)


@given(codes())
def test_spaces_dashes_and_case_do_not_matter(code: str) -> None:
    printed = f"{code[:4]} {code[4:8]}-{code[8:]}".lower()
    assert uscc.normalised(printed) == code


REPAIRS = [
    ("l for 1 in the digits", "911l0000101623741K", "91110000101623741K"),
    ("O for 0 in the digits", "9111O0O0101623741K", "91110000101623741K"),
    ("O, S and Z, which no code has", "9144O3OO1922O382l6", "914403001922038216"),
    ("8 read as B in the organisation code, both checks hold again", "91440300192203B216", "914403001922038216"),
    ("8 read as B where 6 read as G would do as well", "9144030070B461136T", None),
    ("too short to say", "9144030070846113", None),
]


@pytest.mark.parametrize(("what", "read", "repaired"), REPAIRS, ids=[case[0] for case in REPAIRS])
def test_a_code_is_repaired_only_where_exactly_one_is_possible(what: str, read: str, repaired: str | None) -> None:
    assert uscc.unique_repair(uscc.normalised(read)) == repaired


def test_an_invented_code_is_left_as_it_was_read() -> None:
    assert uscc.unique_repair("91521854MAJT29XA50") is None
    assert uscc.with_forced_places_repaired("91521854MAJT29XA50") == "91521854MAJT29XA50"


def test_a_character_read_with_doubt_may_be_replaced_on_one_check_alone() -> None:
    code = "91320505MAD0QBG80"
    code += uscc.check_character(code)
    read = code.replace("B", "8", 1)
    assert not uscc.has_valid_organisation_code(code)
    assert uscc.unique_repair(read) is None
    assert uscc.unique_repair(read, doubtful={read.index("8")}) == code


@given(codes())
def test_a_letter_in_the_division_is_recognised_for_the_digit_it_must_be(code: str) -> None:
    places = [i for i in range(2, 8) if code[i] == "0"]
    read = "".join("O" if i in places else c for i, c in enumerate(code))
    assert uscc.unique_repair(read) == code


def test_a_code_too_badly_read_to_try_is_given_up_at_once() -> None:
    assert uscc.unique_repair("OOOOOOOOOOOOOOOOOO", doubtful=range(18)) is None


def test_an_impossible_letter_becomes_the_likeliest_character_even_if_no_check_holds() -> None:
    assert uscc.with_forced_places_repaired("9152I8S4MAJT29XA50") == "91521854MAJT29XA50"


@given(codes())
def test_codes_that_a_reader_confuses_have_one_key(code: str) -> None:
    assert uscc.look_alike_key(code.replace("0", "O").replace("1", "l")) == uscc.look_alike_key(code)
