"""Everything a page can show has a name in both languages."""

from enum import Enum

import pytest
from flask import session

from dms.domain.actor import Origin, Role
from dms.domain.customer import CustomerGrade, CustomerNature, CustomerStatus, Side, VolumeAxis
from dms.domain.item import CopyKind, ItemState
from dms.domain.location import LocationKind
from dms.domain.reading import TextSource
from dms.domain.transfer import SignatureRole, TransferState
from dms.domain.volume import VolumeState
from dms.search import Grouping, SearchSort, SuggestionKind
from dms.store import ItemOrder
from dms.web.labels import action_label, detail_label, grade_label, label, origin_label

SHOWN = (
    ItemState,
    CopyKind,
    Role,
    Side,
    CustomerGrade,
    TextSource,
    Origin,
    VolumeState,
    ItemOrder,
    SearchSort,
    Grouping,
    SuggestionKind,
    TransferState,
    SignatureRole,
    LocationKind,
    CustomerStatus,
    CustomerNature,
    VolumeAxis,
)


def in_both_languages(desk, name) -> tuple[str, str]:
    with desk.app.test_request_context():
        chinese = name()
    with desk.app.test_request_context():
        session["language"] = "en"
        return chinese, name()


@pytest.mark.parametrize("values", SHOWN, ids=lambda values: values.__name__)
def test_every_value_has_a_chinese_and_an_english_name(desk, values: type[Enum]):
    for value in values:
        chinese, english = in_both_languages(desk, lambda value=value: label(value))
        assert chinese != english
        assert english.isascii(), english


def test_grades_and_doors_have_names(desk):
    for grade in (1, 2, 3):
        assert all(in_both_languages(desk, lambda grade=grade: grade_label(grade)))
    assert in_both_languages(desk, lambda: origin_label("command line")) == ("命令行", "Command line")


def test_an_act_or_a_detail_without_a_name_is_shown_as_it_is(desk):
    with desk.app.test_request_context():
        assert action_label("something_new") == "something_new"
        assert detail_label("something_new") == "something_new"
        assert origin_label("somewhere") == "somewhere"
