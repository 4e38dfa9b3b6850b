"""Which papers share a volume: those of one term, as many sheets as it holds, a paper with its annexes always."""

from hypothesis import given
from hypothesis import strategies as st
from test_ordering import paper

from dms.filing.binding.splitting import by_retention, by_thickness, sheets_of

groups_of_any_size = st.lists(
    st.lists(st.integers(0, 300), min_size=1, max_size=3).map(
        lambda sheets: tuple(paper(1, sheets=count) for count in sheets)
    ),
    max_size=20,
)


@given(groups_of_any_size, st.integers(1, 250))
def test_no_volume_is_too_thick_none_is_empty_and_nothing_is_lost_or_moved(groups, most_sheets):
    volumes = by_thickness(groups, most_sheets)
    assert [group for volume in volumes for group in volume] == groups
    assert all(volumes)
    assert all(len(volume) == 1 or sum(map(sheets_of, volume)) <= most_sheets for volume in volumes)


def test_sheets_are_those_counted_else_as_many_as_were_scanned():
    assert sheets_of((paper(1, sheets=3), paper(2, pages_total=4))) == 7


def test_a_group_takes_the_term_of_its_main_paper():
    annexed = (paper(1), paper(2, retention_code="Y"))
    assert by_retention([annexed, (paper(3, retention_code="Y"),)], "D30") == {
        "D30": [annexed],
        "Y": [(paper(3, retention_code="Y"),)],
    }
