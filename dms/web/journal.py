"""The journal, for auditors and administrators."""

import re

from flask import Blueprint, render_template

from dms.custody import journal_page
from dms.domain.actor import Permission
from dms.web.current import actor, archive
from dms.web.declaring import needs
from dms.web.paging import paging_asked

blueprint = Blueprint("journal", __name__)

ENTRIES_PER_PAGE = 50
_ITEM_ID = re.compile(r"[0-9a-f]{20}")


@blueprint.get("/journal")
@needs(Permission.READ_JOURNAL)
def index() -> str:
    """The entries of the journal, the newest first."""
    paging = paging_asked(ENTRIES_PER_PAGE)
    found = journal_page(actor(), archive=archive(), limit=paging.limit, offset=paging.offset)
    return render_template("pages/journal/index.html", found=found, paging=paging, is_item=_is_item)


def _is_item(subject: str) -> bool:
    return _ITEM_ID.fullmatch(subject) is not None
