"""Templates compiled before somebody waits for the first of their pages."""

from flask import Flask

_FIRST_SHOWN = ("layout.html", "macros.html", "_nav_entry.html")
_FIRST_SHOWN_FOLDERS = ("searching", "saved", "signing_in", "home", "items", "tray", "customers", "uploading")


def compile_templates(app: Flask) -> int:
    """Compile those of the pages that people come to first, the search page before all; how many there are.

    Takes a third of a second; may go on beside requests, which compile what they need themselves.
    """
    names = set(app.jinja_env.list_templates(extensions=["html"]))
    wanted = [name for name in _FIRST_SHOWN if name in names]
    for folder in _FIRST_SHOWN_FOLDERS:
        wanted += sorted(name for name in names if name.startswith(f"pages/{folder}/"))
    for name in wanted:
        app.jinja_env.get_template(name)
    return len(wanted)
