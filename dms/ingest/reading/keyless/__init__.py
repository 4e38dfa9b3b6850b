"""Everything that touches a stranger's bytes; runs only inside a child process and is imported by nobody else.

The parent package starts `__main__` as a program and talks to it in frames. Nothing here holds a key, reaches a
network or writes to a disk (see `confinement`).
"""

__all__: list[str] = []
