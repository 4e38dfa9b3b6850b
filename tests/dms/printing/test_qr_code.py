"""A scanner reads from a label what was meant, at the size at which it is printed."""

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from sample_forms import BOXES, COVERS, LETTERHEAD, spine

from dms.printing import Form, SpineLabels, form_pdf
from dms.printing.qr_code import qr_svg


def scanned(form: Form, *, dpi: int) -> list[str]:
    """What a scanner reads on the first page."""
    page = pdfium.PdfDocument(form_pdf(form))[0].render(scale=dpi / 72).to_pil().convert("L")
    found, texts, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(np.asarray(page))
    return [text for text in texts if text] if found else []


def test_the_code_on_a_box_says_its_number():
    assert set(scanned(BOXES, dpi=200)) == {label.box_number for label in BOXES.labels[:8]}


def test_the_code_on_a_cover_is_the_reference_code():
    assert scanned(COVERS, dpi=200) == [COVERS.covers[0].reference_code]


@pytest.mark.parametrize("width_mm", [10, 15, 20, 30, 40, 50])
def test_the_code_on_a_spine_is_the_reference_code_however_narrow_it_is(width_mm):
    label = spine(width_mm, "铜陵衡岳起重机械有限公司")
    assert scanned(SpineLabels(letterhead=LETTERHEAD, labels=(label,)), dpi=400) == [label.reference_code]


def test_nothing_has_no_code():
    assert qr_svg("") == ""


@pytest.mark.parametrize("text", ["1", "Q001-KH·C0123·3·2025-002", "库房一·3架", "x" * 200])
def test_the_drawing_is_a_square_of_whole_modules(text):
    drawn = qr_svg(text)
    assert drawn.startswith("<svg")
    side = int(drawn.split('viewBox="0 0 ')[1].split()[0])
    assert side >= 25
    assert "." not in drawn.split(' d="')[1]
