"""The form writes the query, and stands filled in beside a query that says what it can say."""

from urllib.parse import unquote

BEYOND = "框中的检索式无法完整填入此表"


def test_the_query_that_the_form_means_stands_in_the_box(office):
    answer = office.get("/search?press=compose&form_all_words=违约金&form_no_words=发票&tolerant=1")
    assert answer.status_code == 302
    address = unquote(answer.location)
    assert address == "/search?q=违约金+NOT+发票&tolerant=1"
    page = office.get(address).text
    assert 'value="违约金 NOT 发票"' in page
    assert 'name="form_no_words" value="发票"' in page


def test_a_typed_query_stands_in_the_form(office):
    page = office.get("/search?q=违约金 NEAR/5 赔偿 金额:10万..50万").text
    assert 'name="form_near_distance" value="5"' in page
    assert 'name="form_amount_to" value="500000"' in page
    assert BEYOND not in page


def test_of_a_query_that_no_form_can_say_the_form_says_so_and_stands_empty(office):
    page = office.get("/search?q=违?金 赔偿").text
    assert BEYOND in page
    assert 'name="form_all_words" value=""' in page


def test_a_script_is_told_the_query_while_the_form_is_filled_in(office):
    answer = office.get(
        "/search/composed?form_near_first=交货&form_near_second=违约金&form_near_distance=5", script=True
    )
    assert answer.json == {"query": "交货 NEAR/5 违约金"}
