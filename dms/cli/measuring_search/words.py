"""The words of the measurement, out of the data beside this module."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files


def _words() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads(files("dms.cli.measuring_search").joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: tuple(text.split()) for name, text in table.items()}


WORDS = _words()
"""Words by the name of their list, the more frequent first."""
