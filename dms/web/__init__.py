"""The web application: who asks, in a browser. Flask only here; views are short because the work is done below."""

from dms.web.application import create_app
from dms.web.compiling import compile_templates
from dms.web.gate import Gate

__all__ = ["Gate", "compile_templates", "create_app"]
