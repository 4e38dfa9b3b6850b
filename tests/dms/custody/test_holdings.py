"""The home page counts what the asker may know of."""

from dataclasses import replace

import pytest
from simulators.laid_papers import Paper, add_customer, lay

from dms.custody import holdings, waiting_count
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role

ARCHIVIST = Actor(user_id=1, name="wang", roles=frozenset({Role.ARCHIVIST}), clearance=3, origin=Origin.WEB)
AUDITOR = replace(ARCHIVIST, roles=frozenset({Role.AUDITOR}))


def file(work, key: int, customer_id: int) -> None:
    volume_id = work.volumes.open_for(customer_id=customer_id, series_code="3", year=2023)
    work.items.file(key, work.items.get(key).classification, volume_id=volume_id)


def test_counts_follow_papers_from_the_tray_into_the_volumes(archive):
    with archive.begin() as work:
        customer_id = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        lay(work, Paper(pages=("waiting",)))
        filed = lay(work, Paper(pages=("one", "two", ""), customer_id=customer_id, series_code="3", year=2023))
        file(work, filed, customer_id)
    counted = holdings(ARCHIVIST, archive=archive)
    assert (counted.waiting_count, counted.filed_count, counted.volumes_count) == (1, 1, 1)
    assert (counted.customers_count, counted.pages_count) == (1, 2)
    assert (counted.under_way_count, counted.troubled_count) == (0, 0)


def test_papers_above_the_clearance_are_not_even_counted(archive):
    with archive.begin() as work:
        customer_id = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        lay(work, Paper(pages=("secret",), grade=1))
        file(work, lay(work, Paper(pages=("secret",), grade=1, customer_id=customer_id)), customer_id)
    seen = holdings(ARCHIVIST, archive=archive)
    assert (seen.waiting_count, seen.filed_count, seen.pages_count) == (0, 0, 0)
    assert waiting_count(ARCHIVIST, archive=archive) == 0
    assert waiting_count(OPERATOR, archive=archive) == 1


def test_who_may_not_consult_learns_no_counts(archive):
    with pytest.raises(ActionForbidden):
        holdings(AUDITOR, archive=archive)
    with pytest.raises(ActionForbidden):
        waiting_count(AUDITOR, archive=archive)
