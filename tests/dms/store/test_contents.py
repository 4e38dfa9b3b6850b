"""The pages of an item are kept in order, each once, beside what was made of them and read off them."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from store_parts import add_item, page_of, rendition_of

from dms.domain.item import RenditionRole
from dms.domain.proposal import FieldName, Place, Proposal

AMOUNT = Proposal(
    field=FieldName.AMOUNT,
    value="438000.00",
    as_read="肆拾叁万捌仟元整",
    place=Place(2, 10, 18),
    confidence=0.97,
    certain=True,
    reason="capitals_agree",
)
TYPE = Proposal(field=FieldName.TYPE, value="contract", as_read="", place=None, confidence=1.0, certain=False)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def test_pages_come_in_order_whatever_the_order_in_which_they_were_read(work):
    item = add_item(work)
    for number in (3, 1, 2):
        work.contents.add_page(item.key, page_of(f"第 {number} 页", number))
    assert [page.text for page in work.contents.pages(item.key)] == ["第 1 页", "第 2 页", "第 3 页"]
    assert work.contents.page_numbers(item.key) == {1, 2, 3}
    assert work.contents.page_total() == 3


def test_a_page_is_kept_as_it_was_read(work):
    item = add_item(work)
    page = replace(page_of("合同\n第二行"), turned_degrees=270, skew_degrees=-0.35, confidence=0.875, engine="plain 1")
    work.contents.add_page(item.key, page)
    assert work.contents.pages(item.key) == [page]


def test_a_page_is_never_kept_twice(work):
    item = add_item(work)
    work.contents.add_page(item.key, page_of("一"))
    with pytest.raises(IntegrityError):
        work.contents.add_page(item.key, page_of("一"))


def test_a_rendition_is_found_by_its_role_and_page(work):
    item = add_item(work)
    original = rendition_of("a", RenditionRole.ORIGINAL)
    image = rendition_of("b", RenditionRole.PAGE_IMAGE, 1)
    for added in (original, image):
        work.contents.add_rendition(item.key, added)
    assert work.contents.rendition(item.key, RenditionRole.ORIGINAL) == original
    assert work.contents.rendition(item.key, RenditionRole.PAGE_IMAGE, 1) == image
    assert work.contents.rendition(item.key, RenditionRole.PAGE_IMAGE, 2) is None
    assert work.contents.rendition(item.key + 1, RenditionRole.ORIGINAL) is None
    assert work.contents.object_ids() == {"a", "b"}


def test_a_stripped_item_is_made_of_nothing_any_more(work):
    item, other = add_item(work), add_item(work)
    for key, prefix in ((item.key, "x"), (other.key, "y")):
        work.contents.add_page(key, page_of("一"))
        work.contents.add_rendition(key, rendition_of(f"{prefix}0", RenditionRole.ORIGINAL))
        work.contents.add_rendition(key, rendition_of(f"{prefix}1", RenditionRole.LAYOUT, 1))
        work.contents.state_proposals(key, [AMOUNT])
    assert sorted(work.contents.strip(item.key)) == ["x0", "x1"]
    assert work.contents.pages(item.key) == []
    assert work.contents.proposals(item.key) == {}
    assert work.contents.object_ids() == {"y0", "y1"}
    assert len(work.contents.pages(other.key)) == 1


def test_proposals_replace_the_former_ones(work):
    item = add_item(work)
    work.contents.state_proposals(item.key, [AMOUNT, TYPE])
    assert work.contents.proposals(item.key) == {FieldName.AMOUNT: AMOUNT, FieldName.TYPE: TYPE}
    work.contents.state_proposals(item.key, [TYPE])
    assert work.contents.proposals(item.key) == {FieldName.TYPE: TYPE}
