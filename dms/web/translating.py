"""Keeping the translations complete: Chinese is the language of the source, English stands in one catalogue beside it.

``python -m dms.web.translating`` takes in what was newly written, drops what is gone, and compiles; what still lacks
an English text is listed, and the tests fail on it.
"""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent
ENGLISH = WEB / "translations" / "en" / "LC_MESSAGES" / "messages.po"
COMPILED = ENGLISH.with_suffix(".mo")

_METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
_PLURALS = 2

Message = str | tuple[str, str]


def messages_in_source() -> dict[Message, list[tuple[str, int]]]:
    """Every text marked for translation, with the places (file below the folder of the web, line) where it stands."""
    places: dict[Message, list[tuple[str, int]]] = {}
    found = extract_from_dir(WEB, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS)
    for template, line, message, _comments, _context in sorted(found, key=lambda each: (each[0], each[1])):
        key = (message[0], message[1]) if isinstance(message, tuple) else message
        places.setdefault(key, []).append((template, line))
    return places


def english_catalogue() -> Catalog:
    """The catalogue as it is kept."""
    with ENGLISH.open("rb") as stored:
        return read_po(stored, locale="en")


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """The texts of the source without a complete English one."""
    for message in messages_in_source():
        known = catalogue.get(message if isinstance(message, str) else message[0])
        stated = known.string if known else None
        texts = (stated,) if isinstance(stated, str) else tuple(stated or ())
        if len(texts) != (1 if isinstance(message, str) else _PLURALS) or not all(texts):
            yield message


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def updated(catalogue: Catalog) -> Catalog:
    """The catalogue with exactly the texts of the source, translations kept."""
    fresh = _empty()
    fresh.creation_date = fresh.revision_date = catalogue.creation_date
    for message, places in messages_in_source().items():
        known = catalogue.get(message if isinstance(message, str) else message[0])
        fresh.add(message, known.string if known else None, locations=sorted({(name, 1) for name, _ in places}))
    return fresh


def _put(path: Path, content: bytes) -> None:
    """Write whole or not at all: whoever reads at the same moment must not take half a catalogue for all of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="Anjuan",
        version="1",
        header_comment="# The English texts of the web application; kept by dms.web.translating.",
        copyright_holder="the authors of Anjuan",
        msgid_bugs_address="the issues of the project",
        last_translator="the authors of Anjuan",
        language_team="the authors of Anjuan",
        fuzzy=False,
    )


def main() -> None:
    """Bring the catalogue up to date and compile it."""
    catalogue = updated(english_catalogue() if ENGLISH.exists() else _empty())
    target = BytesIO()
    # Without line numbers, so that the catalogue changes only where a text does.
    write_po(target, catalogue, width=120, sort_output=True, include_lineno=False)
    _put(ENGLISH, target.getvalue())
    _put(COMPILED, compiled(catalogue))
    for message in untranslated(catalogue):
        logging.getLogger(__name__).warning("no English text for %r", message)


if __name__ == "__main__":
    main()
