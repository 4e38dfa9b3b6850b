"""Killed, refused or cut short at any operation of the disk, the archive loses nothing and needs nobody's help."""

from typing import Any

import pytest

from crash.conftest import Breaking
from crash.verdict import assert_nothing_wrong, summary
from crash.workloads import WORKLOADS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("workload", WORKLOADS)
def test_no_fault_of_the_disk_costs_a_paper(workload: str, breaking: Breaking, record_property: Any):
    result = breaking(workload, "faults")
    record_property("faults", summary(workload, result, f"{result['cases']:,} faults"))
    assert_nothing_wrong(result)
