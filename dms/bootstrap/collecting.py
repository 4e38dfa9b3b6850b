"""What the garbage collector need not look at."""

import gc


def spare_lasting_objects() -> None:
    """Let it pass over all that is there now: modules, tables, commands, which last as long as the process.

    Otherwise every full collection goes through a hundred thousand objects, and whoever asks just then waits a tenth of
    a second. To be called before keys are in memory: what is passed over is not collected when an archive is sealed.
    """
    gc.collect()
    gc.freeze()
