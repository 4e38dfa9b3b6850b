"""The program that sets a form: what to set comes as JSON on standard input, a PDF or a refusal goes out.

It imports nothing of ours, so that it starts quickly; `dms.printing.typesetting` also calls it in its own process.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import typst

PDF, REFUSED = b"P", b"R"
"""The first byte of an answer: what follows is a PDF, or the reason why there is none."""


def main() -> None:
    """Answer one question and end."""
    sys.stdout.buffer.write(answer(json.load(sys.stdin.buffer), typst.Fonts()))


def answer(asked: dict[str, Any], fonts: typst.Fonts) -> bytes:
    """`PDF` and its bytes, or `REFUSED` and the reason in UTF-8.

    `asked` holds the Typst `source`, its `content` as JSON text, the `standard`, the moment `made_at` in seconds since
    1970, and whether the PDF is to be `tagged`.
    """
    try:
        printed = typst.compile(
            asked["source"].encode(),
            font_paths=fonts,
            format="pdf",
            pdf_standards=asked["standard"],
            timestamp=datetime.fromtimestamp(asked["made_at"], tz=UTC),
            pdf_tags=asked["tagged"],
            sys_inputs={"content": asked["content"]},
        )
    except typst.TypstError as error:
        return REFUSED + error.message.encode()
    return PDF + printed if isinstance(printed, bytes) and printed.startswith(b"%PDF") else REFUSED + b"no PDF"


if __name__ == "__main__":
    main()
