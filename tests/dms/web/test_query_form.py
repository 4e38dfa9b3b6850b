"""The form writes the query, and stands filled in beside it until the query is changed by hand."""

from urllib.parse import unquote

from werkzeug.datastructures import MultiDict

from dms.search import QueryForm, compose_query
from dms.web.query_form import arguments_of_form, form_in

FORM = QueryForm(all_words="违约金 逾期", no_words="发票", amount_from="10万")


def test_a_form_in_an_address_is_the_same_form():
    assert form_in(MultiDict(arguments_of_form(FORM, compose_query(FORM)))) == FORM


def test_the_form_is_dropped_once_the_query_says_something_else():
    assert arguments_of_form(FORM, "违约金") == {}


def test_the_query_that_the_form_means_stands_in_the_box(office):
    answer = office.get("/search?press=compose&form_all_words=违约金&form_no_words=发票&tolerant=1")
    assert answer.status_code == 302
    address = unquote(answer.location)
    assert address.startswith("/search?q=违约金+NOT+发票&tolerant=1&")
    page = office.get(address).text
    assert 'value="违约金 NOT 发票"' in page
    assert 'name="form_no_words" value="发票"' in page


def test_a_query_changed_by_hand_empties_the_form(office):
    page = office.get("/search?q=违约金&form_all_words=违约金&form_no_words=发票").text
    assert 'name="form_no_words" value=""' in page


def test_a_script_is_told_the_query_while_the_form_is_filled_in(office):
    answer = office.get(
        "/search/composed?form_near_first=交货&form_near_second=违约金&form_near_distance=5", script=True
    )
    assert answer.json == {"query": "交货 NEAR/5 违约金"}
