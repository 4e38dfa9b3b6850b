"""Without power after any operation, whatever the disk then keeps or loses of what was not synced, nothing is lost."""

from typing import Any

import pytest

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
