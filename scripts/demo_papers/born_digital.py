"""A contract that was never paper: the same markup set by Typst, so that the PDF carries real, selectable text.

Needs the ``typst`` package; the font is embedded as a subset, and no time is written into the document.
"""

from itertools import groupby

import typst

from demo_papers.markup import Block, BlockKind, parse, printed

_PREAMBLE = """
#set document(title: "年度维保服务合同", date: none)
#set page(paper: "a4", margin: (x: 26mm, y: 25mm))
#set text(font: "Noto Serif CJK SC", lang: "zh", region: "cn", size: 12pt)
#set par(justify: true, leading: 0.9em, spacing: 0.9em)
"""
_WRAPPED = {
    BlockKind.TITLE: '#align(center, text(size: 21pt, weight: "bold")[{}])',
    BlockKind.RIGHT: "#align(right)[{}]",
    BlockKind.ARTICLE: "#strong[{}]",
    BlockKind.FLUSH: "{}",
    BlockKind.PARAGRAPH: "#h(2em){}",
}


def born_digital(source: str) -> tuple[bytes, list[str]]:
    """The PDF of a source and the text of each of its pages."""
    blocks = parse(source)
    pages = [_page_text(part) for part in _split(blocks)]
    markup = _PREAMBLE + "\n#pagebreak()\n".join(_page_markup(part) for part in _split(blocks))
    pdf = typst.compile(markup.encode(), format="pdf")
    return bytes(pdf), pages


def _split(blocks: list[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind is BlockKind.NEW_PAGE:
            parts.append([])
        else:
            parts[-1].append(block)
    return parts


def _page_markup(blocks: list[Block]) -> str:
    lines: list[str] = []
    for in_table, grouped in groupby(blocks, key=lambda block: block.kind in (BlockKind.WIDTHS, BlockKind.ROW)):
        run = list(grouped)
        lines.extend([_table(run)] if in_table else [_block_markup(block) for block in run])
    return "\n\n".join(lines)


def _table(blocks: list[Block]) -> str:
    columns = ", ".join(f"{width}mm" for width in blocks[0].text.split())
    cells = [f"[{_escaped(cell)}]" for block in blocks[1:] for cell in block.text.split("|")]
    return f"#table(columns: ({columns}), inset: 6pt, stroke: 0.6pt, {', '.join(cells)})"


def _block_markup(block: Block) -> str:
    match block.kind:
        case BlockKind.GAP:
            return f"#v({block.text}mm)"
        case BlockKind.DIRECTIVE:
            rows = _signature_rows(block.text)
            return "\n".join(f"#grid(columns: (1fr, 1fr), {row})#v(4mm)" for row in rows)
        case _:
            return _WRAPPED[block.kind].format(_escaped(block.text))


def _signature_pairs(directive: str) -> list[tuple[str, str]]:
    if not directive.startswith("sign "):
        return []
    left, right = (part.strip().split(" / ") for part in directive.removeprefix("sign ").split("||"))
    return list(zip(left, right, strict=True))


def _signature_rows(directive: str) -> list[str]:
    return [", ".join(f"[{_escaped(part)}]" for part in pair) for pair in _signature_pairs(directive)]


def _escaped(text: str) -> str:
    for character in "\\#*_$@<`":
        text = text.replace(character, "\\" + character)
    return text


def _page_text(blocks: list[Block]) -> str:
    lines: list[str] = []
    for block in blocks:
        match block.kind:
            case BlockKind.WIDTHS | BlockKind.GAP:
                continue
            case BlockKind.ROW:
                lines.append(" ".join(cell for cell in block.text.split("|") if cell))
            case BlockKind.DIRECTIVE:
                lines.extend(" ".join(pair) for pair in _signature_pairs(block.text))
            case _:
                lines.append(printed(block.text))
    return "\n".join(lines)
