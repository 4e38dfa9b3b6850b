"""Labels for the backs of volumes: as many on a sheet as fit, each as wide as its volume."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sample_forms import LETTERHEAD, LONG_NAME, NAME, SPINES, spine

from dms.printing import SpineLabels
from dms.printing.spine_labels import spine_labels_pdf


def pages_of(*widths_mm: int) -> list[str]:
    form = SpineLabels(letterhead=LETTERHEAD, labels=tuple(spine(width, NAME) for width in widths_mm))
    return [page.extract_text().replace("\n", "") for page in PdfReader(io.BytesIO(spine_labels_pdf(form))).pages]


@pytest.mark.parametrize(
    ("widths_mm", "sheets"),
    [([10], 1), ([10] * 14, 1), ([10] * 15, 2), ([50] * 3, 1), ([50] * 4, 2), ([60, 60, 60], 2)],
)
def test_labels_stand_beside_each_other_as_long_as_there_is_room(widths_mm, sheets):
    assert len(pages_of(*widths_mm)) == sheets


@pytest.mark.parametrize("width_mm", [10, 15, 20, 30, 40, 50])
def test_a_label_says_fonds_year_term_series_customer_and_number(width_mm):
    (page,) = pages_of(width_mm)
    for text in ("Q001", "2025", "D30", "002"):
        assert text in page
    for character in "合同协议" + NAME:
        assert character in page


def test_a_wide_label_bears_the_title_too():
    assert "调试" not in pages_of(20)[0]
    assert {"调", "试"} <= set(pages_of(30)[0])


def test_the_longest_name_is_on_the_narrowest_label_whole():
    form = replace(SPINES, labels=(spine(10, LONG_NAME),))
    page = PdfReader(io.BytesIO(spine_labels_pdf(form))).pages[0].extract_text()
    assert set(LONG_NAME) <= set(page)


def test_a_width_that_no_volume_has_is_made_one_that_can_be_printed():
    assert len(pages_of(1, 500)) == 1
