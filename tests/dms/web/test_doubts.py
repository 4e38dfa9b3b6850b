"""Every code that reading a paper can leave behind has words."""

import re
from dataclasses import replace

import pytest
from flask_babel import force_locale
from simulators.desk import Desk

from dms.archive import Archive
from dms.custody import item_facts
from dms.domain.actor import OPERATOR
from dms.domain.item import Item
from dms.domain.proposal import FieldName
from dms.ingest.understanding import Doubt, Reason
from dms.web.doubts import doubts_in_words, field_in_words, is_uncertain, reason_in_words, uncertain_fields

CODE = re.compile(r"[a-z_]{4,}")


@pytest.mark.parametrize("code", list(Reason))
def test_every_reason_is_told_in_words_of_its_own(archive: Archive, code: Reason) -> None:
    with Desk(archive).app.test_request_context():
        assert reason_in_words(code) != reason_in_words("never heard of")


def test_every_doubt_has_words_of_its_own_in_both_languages(archive: Archive) -> None:
    desk = Desk(archive)
    item = item_facts(OPERATOR, desk.send("一页"), archive=archive)
    with desk.app.test_request_context():
        for doubt in (*Doubt, "customer_unknown"):
            in_words = _words_of(item, doubt)
            assert in_words != _words_of(item, "never_heard_of")
            with force_locale("en"):
                assert _words_of(item, doubt).isascii()


def _words_of(item: Item, code: str) -> str:
    return doubts_in_words(replace(item, doubts=(code,)))[code]


def test_every_field_has_a_name(archive: Archive) -> None:
    with Desk(archive).app.test_request_context():
        for field in FieldName:
            assert not CODE.search(field_in_words(field))


def test_uncertain_fields_are_told_apart_from_doubts_about_the_whole_paper(archive: Archive) -> None:
    desk = Desk(archive)
    item = item_facts(OPERATOR, desk.send("随手记\n金额 5,000.00"), archive=archive)
    with desk.app.test_request_context():
        assert is_uncertain(item, FieldName.AMOUNT)
        assert not is_uncertain(item, FieldName.USCC)
        assert "金额" in uncertain_fields(item)
        assert "uncertain_amount" not in doubts_in_words(item)
