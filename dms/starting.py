"""The door of the command line."""

import gc


def main() -> None:
    """Load the program and run one command; see `dms.cli.main`.

    What is loaded lasts as long as the process, so the garbage collector would find nothing, time and again: a sixth of
    the time until a command begins.
    """
    gc.disable()
    from dms.cli import main as run_command

    gc.freeze()
    gc.enable()
    run_command()
