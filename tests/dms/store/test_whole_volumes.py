"""A volume and its numbers enter an archive as they stood elsewhere, and count there from then on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_parts import EVERY_GRADE, NOW, add_customer, add_filed_item, state_frame

from dms.domain.numbering import SpentNumber
from dms.domain.reference_code import CodeKind
from dms.domain.volume import Volume, VolumeState
from dms.store import WholeVolumes

CODE = "Q001-KH·C0001·1·2024-007"
SCOPE_FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0001", "series": "1", "year": 2024}
SEALED = Volume(
    id=0,
    customer_id=None,
    series_code="1",
    year=2024,
    state=VolumeState.SEALED,
    item_count=1,
    page_count=2,
    number=7,
    reference_code=CODE,
    title="往来资料",
    sealed_at=NOW,
    seal_version=2,
)


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def test_a_sealed_volume_takes_its_papers_first_and_comes_into_its_state_afterwards(work):
    whole = WholeVolumes(work.connection)
    owner = add_customer(work)
    item = add_filed_item(work, customer_id=owner)
    volume_id = whole.add(replace(SEALED, customer_id=owner))
    assert whole.with_code(CODE) == (volume_id, VolumeState.CLEANING)
    work.items.move_all([item.key], to_volume_id=volume_id)
    whole.settle(volume_id, SEALED)
    volume = work.volumes.get(volume_id, actor=EVERY_GRADE)
    assert (volume.state, volume.seal_version, volume.sealed_at) == (VolumeState.SEALED, 2, NOW)
    assert (volume.reference_code, volume.title, whole.state_of(volume_id)) == (CODE, "往来资料", VolumeState.SEALED)
    assert whole.with_code("Q001") is None


def test_a_number_that_was_given_elsewhere_is_given_here_no_more(work):
    add_customer(work)
    whole, pattern = WholeVolumes(work.connection), work.numbers.pattern(CodeKind.VOLUME)
    scope = pattern.counter_scope(SCOPE_FIELDS)
    given = SpentNumber(code=CODE, kind=CodeKind.VOLUME, scope=scope, number=7, subject="volume:9", spent_at=NOW)
    void = replace(given, code=CODE[:-1] + "6", number=6, voided_at=NOW, void_reason="误编")
    for number in (given, void, replace(given, spent_at=NOW + timedelta(days=1))):
        whole.spend(number)
    assert list(whole.numbers(limit=9)) == [void, given]
    assert list(whole.numbers(after_code=void.code, limit=9)) == [given]
    assert work.numbers.peek(pattern, SCOPE_FIELDS) == [CODE[:-1] + "8"]
