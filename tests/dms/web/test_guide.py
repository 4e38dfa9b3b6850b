"""The help page teaches only what the search understands."""

import html
import re
from urllib.parse import unquote

from dms.domain.actor import OPERATOR
from dms.search import QUERY_HELP, SearchRequest, search


def test_every_example_of_the_help_and_of_the_search_page_is_understood(office, archive):
    examples = set()
    for path in ("/help", "/search"):
        page = office.get(path).text.split("<main")[1]
        examples |= {html.unescape(code) for code in re.findall(r"<code>([^<]+)</code>", page)}
    assert len(examples) > 12
    for query in examples:
        explanation = search(OPERATOR, SearchRequest(query=query), archive=archive).explanation
        assert not explanation.read_literally, query
        assert not explanation.notes, query


def test_every_example_of_the_query_language_can_be_tried(office):
    page = office.get("/help").text
    tried = [unquote(query) for query in re.findall(r'<dt><a href="/search\?q=([^"]+)"', page)]
    examples = [example.query for subject in QUERY_HELP for example in subject.examples]
    assert [query.replace("+", " ") for query in tried] == examples
    for query in examples:
        assert office.browser.get("/search", query_string={"q": query}).status_code == 200
