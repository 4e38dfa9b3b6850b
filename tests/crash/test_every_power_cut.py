"""Without power after any operation, whatever the disk then keeps or loses of what was not synced, nothing is lost."""

from typing import Any

import pytest

from crash.accounts import Wrong
from crash.conftest import Breaking
from crash.verdict import assert_nothing_wrong, summary
from crash.workloads import WORKLOADS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("workload", WORKLOADS)
def test_no_loss_of_power_costs_a_paper(workload: str, breaking: Breaking, record_property: Any):
    result = breaking(workload, "power")
    cases = f"{result['cases']:,} power cuts ({result['opened']:,} different disks)"
    record_property("faults", summary(workload, result, cases))
    assert_nothing_wrong(result)


def test_a_vault_that_never_syncs_would_be_found_out(breaking: Breaking):
    wrong = {wrong for _, wrong, _ in breaking("ingest: receive", "unsynced")["complaints"]}
    assert wrong >= {Wrong.LOST.value, Wrong.DANGLING.value}
