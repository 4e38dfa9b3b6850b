"""The label of a box says what lies in it."""

from dataclasses import replace

from sample_forms import BOXES, page_texts


def test_a_box_label_says_what_lies_in_it_and_where_it_stands():
    first, second = page_texts(BOXES)
    for text in ("H-2025-001", "30年（D30）", "9卷、140件", "一号库房·3架·2层", "Q001-KH·C0130·3·2025-002"):
        assert text in first
    assert "H-2025-009" in second
    assert "H-2025-009" not in first


def test_a_box_of_one_volume_names_its_code_once():
    box = replace(BOXES.labels[0], last_code=BOXES.labels[0].first_code)
    (page,) = page_texts(replace(BOXES, labels=(box,)))
    assert page.count(box.first_code) == 1
