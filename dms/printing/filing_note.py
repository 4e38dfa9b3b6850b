"""卷内备考表: what is to be said of a volume, who made and who checked it, and every line that was added since."""

from datetime import datetime

from dms.printing.listing import head, signed
from dms.printing.typesetting import typeset
from dms.printing.volume_facts import FilingNote, NoteLine
from dms.printing.wrapping import breakable


def filing_note_pdf(form: FilingNote) -> bytes:
    """The filing note, as many sheets as its lines take. Raises what `typeset` raises."""
    content = {
        "title": "卷内备考表",
        **head(form.letterhead),
        "code": breakable(form.reference_code, 60),
        "volume": breakable(form.title, 100),
        "counts": f"{form.items} 件　{form.pages} 页　{form.sheets} 张",
        "statement": breakable(form.statement, 150),
        "see_also": [breakable(code, 60) for code in form.see_also],
        "compiled": signed(form.compiled),
        "checked": signed(form.checked),
        "lines": [_line(line) for line in form.lines],
        "seal": breakable(form.seal, 100),
    }
    return typeset("filing-note", content, made_at=form.letterhead.made_at)


def _line(line: NoteLine) -> list[str]:
    return [
        minute(line.written_at),
        line.kind,
        breakable(line.item, 20),
        breakable(line.text, 60),
        "\n".join(filter(None, (line.by, line.second_person))),
    ]


def minute(moment: datetime) -> str:
    """``2026-03-02 17:00`` in the time zone of the machine."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
