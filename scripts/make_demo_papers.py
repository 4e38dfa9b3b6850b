"""Set, seal, wear and scan the sample papers of `dms demo`, and write them with their catalogue into the package.

    python scripts/make_demo_papers.py [FOLDER]

Needs Debian's fonts-noto-cjk and fonts-arphic-ukai and the package ``typst``. The same source gives the same bytes.
"""

import json
import sys
import tomllib
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from demo_papers.born_digital import born_digital
from demo_papers.composing import ComposedPage, compose
from demo_papers.packing import packed
from demo_papers.uscc import credit_code
from demo_papers.wear import Wear, worn
from PIL import Image

_SOURCES = Path(__file__).parent / "demo_papers" / "sources"
_TARGET = Path(__file__).parent.parent / "dms" / "demo"
_DEFAULT_DPI = 150


def main(target: Path) -> None:
    """Write every paper into ``target/papers`` and the catalogue into ``target/papers.toml``."""
    catalogue = tomllib.loads((_SOURCES / "catalogue.toml").read_text("utf8"))
    codes = _credit_codes(catalogue)
    (target / "papers").mkdir(parents=True, exist_ok=True)
    made = [_make(paper, codes, target / "papers") for paper in catalogue["paper"]]
    (target / "papers.toml").write_text(_catalogue_text(catalogue, codes, made), "utf8")


def _credit_codes(catalogue: dict[str, Any]) -> dict[str, str]:
    holders = [{"code": "OWN", **catalogue["company"]}, *catalogue["customer"]]
    return {holder["code"]: credit_code(holder["region"], holder["organisation"]) for holder in holders}


def _make(paper: dict[str, Any], codes: dict[str, str], folder: Path) -> dict[str, Any]:
    source = (_SOURCES / f"{paper['source']}.txt").read_text("utf8")
    for code, value in codes.items():
        source = source.replace(f"{{uscc:{code}}}", value)
    scanned_bytes, pages, turned = _born(source) if paper["form"] == "born-digital" else _scanned(source, paper)
    (folder / paper["filename"]).write_bytes(scanned_bytes)
    print(f"{len(scanned_bytes) / 1024:7.1f} KiB  {len(pages)} p.  {paper['filename']}")
    return {**paper, "pages": pages, "turned_degrees": turned}


def _born(source: str) -> tuple[bytes, list[str], list[int]]:
    pdf, pages = born_digital(source)
    return pdf, pages, [0] * len(pages)


def _scanned(source: str, paper: dict[str, Any]) -> tuple[bytes, list[str], list[int]]:
    dpi, seed = paper.get("dpi", _DEFAULT_DPI), zlib.crc32(paper["source"].encode())
    pages = _with_blank_backs(compose(source, dpi=dpi, seed=seed), paper.get("blank_backs", []))
    wears = [Wear(**{**wear, "paper": tuple(wear.get("paper", (250, 249, 246)))}) for wear in paper["wear"]]
    rng = np.random.default_rng(seed + 1)
    images = [worn(page.image, wear, rng) for page, wear in zip(pages, wears, strict=True)]
    return packed(images, paper["form"], dpi), [page.text for page in pages], [wear.turn for wear in wears]


def _with_blank_backs(pages: list[ComposedPage], fronts: list[int]) -> list[ComposedPage]:
    """The pages, with an empty side after each of the pages numbered in `fronts`."""
    sides: list[ComposedPage] = []
    for number, page in enumerate(pages, start=1):
        sides.append(page)
        if number in fronts:
            sides.append(ComposedPage(Image.new("RGB", page.image.size, "white"), ""))
    return sides


def _catalogue_text(catalogue: dict[str, Any], codes: dict[str, str], papers: list[dict[str, Any]]) -> str:
    company = {"name": catalogue["company"]["name"], "uscc": codes["OWN"]}
    tables = [
        "# Made by scripts/make_demo_papers.py; every person, company and number in it is invented.\n",
        _table("[company]", company),
    ]
    for customer in catalogue["customer"]:
        told = {key: customer[key] for key in ("code", "name", "kind", "province", "sides", "grade")}
        told["department"] = customer.get("department", "")
        told["former_names"] = customer.get("former_names", [])
        tables.append(_table("[[customer]]", {**told, "uscc": codes[customer["code"]]}))
    for paper in papers:
        told = {key: paper[key] for key in ("filename", "customer", "type", "turned_degrees", "pages")}
        tables.append(_table("[[paper]]", told))
        tables.append(_table("[paper.fields]", {k: codes.get(v, v) for k, v in paper["fields"].items()}))
    return "\n".join(tables)


def _table(head: str, values: dict[str, Any]) -> str:
    return "\n".join([head, *(f"{key} = {_value(value)}" for key, value in values.items()), ""])


def _value(value: object) -> str:
    """A TOML value; JSON's strings and numbers are TOML's too, and a page of text is easier to read over many lines."""
    if isinstance(value, list) and any("\n" in str(entry) for entry in value):
        return "[\n" + "".join(f'"""\n{entry}""",\n' for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _TARGET)
