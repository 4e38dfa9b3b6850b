"""The children that mark page images for whoever looks at them: one set for this process."""

import atexit
from functools import cache

from dms.ingest.reading import PageStamper


@cache
def page_stamper() -> PageStamper:
    """What marks the pages of this process; its children are started when they are first needed, and end with it."""
    stamper = PageStamper(processes=2)
    atexit.register(stamper.close)
    return stamper
