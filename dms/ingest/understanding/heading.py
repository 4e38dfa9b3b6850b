"""The title under which a paper goes into the catalogue: who, what it calls itself, which contract."""

import re

from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.domain.proposal import FieldName, Proposal
from dms.ingest.understanding.certainty import GUESSED, LABELLED
from dms.ingest.understanding.classification import TypeFound
from dms.ingest.understanding.counterparty import Counterparty
from dms.ingest.understanding.directory import name_key
from dms.ingest.understanding.outcome import Reason

_LONGEST_OWN_TITLE = 40


def propose_title(found: TypeFound, chosen: Counterparty | None, contract_no: Proposal | None) -> Proposal:
    """A title such as ``苏州瑞泰精密机械有限公司 产品购销合同 CG-2016-4121``; certain where its parts are."""
    own = _own_title(found)
    name = chosen.value if chosen and name_key(chosen.value) not in name_key(own) else ""
    parts = [name, own, contract_no.value if contract_no else ""]
    certain = found.certain and (contract_no is None or contract_no.certain)
    return Proposal(
        field=FieldName.TITLE,
        value=" ".join(part for part in parts if part),
        as_read=found.passage.as_read if found.passage else "",
        place=found.passage.place if found.passage else None,
        confidence=LABELLED if certain else GUESSED,
        certain=certain,
        reason=found.reason or "",
    )


def _own_title(found: TypeFound) -> str:
    """What the paper calls itself, without blanks; the name of its type where no title is readable."""
    zh = next((t.zh for t in DEFAULT_DOCUMENT_TYPES if t.code == found.cues.code), "资料")
    as_printed = found.passage is not None and found.reason is not Reason.TITLE_MISREAD
    printed = found.passage.raw if found.passage and as_printed else found.title
    return re.sub(r"[《》\s:：]+", "", printed)[:_LONGEST_OWN_TITLE] or zh
