"""The company's synonyms are its own as soon as it has stated them, and the shipped ones until then."""

import pytest

from dms.domain.synonym import default_synonyms

OWN = (("违约金", "滞纳金"), ("甲方", "需方"))


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def test_a_new_archive_begins_with_the_shipped_synonyms(work):
    assert work.synonyms.groups() == default_synonyms()
    assert work.synonyms.stated() is None


def test_stated_synonyms_stand_in_the_place_of_all_others(work):
    for stated in (OWN, OWN[:1]):
        work.synonyms.state(stated)
        assert work.synonyms.groups() == work.synonyms.stated() == stated


def test_a_company_may_want_no_synonyms_at_all(work):
    work.synonyms.state(())
    assert work.synonyms.groups() == work.synonyms.stated() == ()


def test_a_stated_table_is_given_up_for_the_shipped_one(work):
    work.synonyms.state(OWN)
    work.synonyms.give_up()
    assert work.synonyms.groups() == default_synonyms()
