"""Tests are found by name, so in folders that are no packages no two of their files share one."""

from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_no_two_files_of_tests_share_a_name_outside_packages():
    loose = [path for path in TESTS.rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    counted = Counter(path.name for path in loose)
    assert [name for name, times in counted.items() if times > 1] == []
