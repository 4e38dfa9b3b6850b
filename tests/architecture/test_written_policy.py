"""The page that tells the policy tells what the program decides by."""

import re

import pytest
from house import ROOT

from dms.custody.entitling import PolicyTable, as_markdown, written_policy

TABLES = dict(zip(("uses", "roles"), written_policy(), strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_the_written_policy_is_the_one_that_is_kept(name):
    page = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    written = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", page, re.DOTALL)
    assert written, f"docs/access.md has no place for the table of {name}"
    assert written[1] == as_markdown(TABLES[name]), f"put this there:\n{as_markdown(TABLES[name])}"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_row_of_the_policy_is_whole(table: PolicyTable):
    assert all(len(row) == len(table.heads) for row in table.rows)
    assert all(cell.zh and cell.en for cell in table.heads)
