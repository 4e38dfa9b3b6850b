"""What the garbage collector need not look at."""

import gc

_THRESHOLDS = (2_000, 20, 20)
"""A page leaves a thousand objects that only the collector can take away. Looked for in small portions they cost a page
a millisecond; in large ones every tenth page waits for five."""


def spare_lasting_objects() -> None:
    """Let it pass over all that is there now: modules, tables, commands, which last as long as the process.

    Otherwise every full collection goes through a hundred thousand objects, and whoever asks just then waits a tenth of
    a second. To be called before keys are in memory: what is passed over is not collected when an archive is sealed.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
