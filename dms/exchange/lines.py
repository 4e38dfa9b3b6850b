"""JSON as it stands in a bag: documents for reading, and lists of one object a line."""

import json
from collections.abc import Mapping
from typing import Any


def document(content: Mapping[str, Any]) -> bytes:
    """A JSON document, UTF-8, indented for people."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def line(content: Mapping[str, Any]) -> bytes:
    """One line of a list."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"
