"""What the garbage collector need not look at."""

import gc

_THRESHOLDS = (10_000, 20, 20)
"""One page makes tens of thousands of objects, nearly all of which are gone with it, without the collector's help."""


def spare_lasting_objects() -> None:
    """Let it pass over all that is there now: modules, tables, commands, which last as long as the process.

    Otherwise every full collection goes through a hundred thousand objects, and whoever asks just then waits a tenth of
    a second. To be called before keys are in memory: what is passed over is not collected when an archive is sealed.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
