from typing import Any

import pytest

from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.directory import Directory, KnownContract
from dms.ingest.understanding.known import Known
from dms.ingest.understanding.matching import match_contract
from dms.ingest.understanding.outcome import MatchKind

KNOWN = Known(
    directory=Directory(
        (),
        [
            KnownContract(number="XS-2024-0551", title="", customer_code="1"),
            KnownContract(number="A-2020-01", title="", customer_code="1"),
            KnownContract(number="A-2020-01", title="", customer_code="2"),
        ],
    )
)


def number(value: str, as_read: str = "") -> Proposal:
    return Proposal(
        field=FieldName.CONTRACT_NO, value=value, as_read=as_read or value, place=None, confidence=0.9, certain=True
    )


@pytest.mark.parametrize(
    ("what", "proposal", "preferred", "want"),
    [
        ("exactly", number("XS-2024-0551"), None, ("1", MatchKind.NUMBER)),
        ("in another spelling", number("xs－2024－0551"), None, ("1", MatchKind.NUMBER)),
        ("repaired", number("XS-2024-0551", "XS-2O24-O551"), None, ("1", MatchKind.SIMILAR)),
        ("of the preferred customer", number("A-2020-01"), "2", ("2", MatchKind.NUMBER)),
        ("given twice", number("A-2020-01"), None, None),
        ("unknown", number("XS-2024-0552"), None, None),
        ("none read", None, None, None),
    ],
)
def test_a_contract_is_matched_by_its_number(what: str, proposal: Any, preferred: str | None, want: Any) -> None:
    match = match_contract(proposal, KNOWN, preferred=preferred)
    assert ((match.customer_code, match.how) if match else None) == want
