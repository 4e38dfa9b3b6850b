"""Nothing readable on disk: whoever steals the disk, at any moment, learns no word of any paper and no name."""

import os
import random
import time
from contextlib import closing
from pathlib import Path

import pytest
from drawn import encoded, pages, paper, picture, with_comment
from plaintext import FEWEST_BYTES, Watch, forms, traces_in
from program import Program, Service
from visiting import Visitor

PAPERS = 20
CLEAR_LETTERS = "ABCDEFHKMNPRTWXY"
CLEAR_CHARACTERS = "森林海洋高山河流城市东南西北春夏秋冬红黄蓝绿"
"""Letters and characters that readers of scans do not confuse."""

NOWHERE = Path("/dev/null")
"""The command answers with the names it was given; what it says by itself is looked at in another test."""

pytestmark = pytest.mark.slow


class Marker:
    """Words that stand nowhere in the world but in this test."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.latin = "".join(draw.sample(CLEAR_LETTERS, 8))
        self.han = "".join(draw.sample(CLEAR_CHARACTERS, 6))
        self.customer = "".join(draw.sample(CLEAR_CHARACTERS, 5))

    @property
    def telltales(self) -> frozenset[bytes]:
        return forms(self.latin) | forms(self.han) | forms(self.customer)


@pytest.fixture
def marker() -> Marker:
    return Marker(random.SystemRandom().randrange(2**32))


def write_papers(folder: Path, marker: Marker) -> None:
    """Twenty papers that bear the marker: in their writing, in their bytes beside the pixels, and in their names."""
    folder.mkdir()
    for number in range(PAPERS):
        lines = (f"项目代号 {marker.latin}", f"地点 {marker.han}", f"序号 {number:03d}")
        name = folder / f"{marker.latin}-{marker.han}-{number:03d}"
        if number % 5:
            name.with_suffix(".png").write_bytes(with_comment(paper(lines), f"{marker.latin} {marker.han}"))
        else:
            name.with_suffix(".tif").write_bytes(pages(lines, ("第二页", marker.han)))


def hits(program: Program, query: str) -> int:
    return int(program.run("search", query, "--json", "--limit", "50").answer["total"])


def waits_until_read(program: Program) -> None:
    program.run("ingest", "--wait", "--json", limit_s=300.0)


def test_the_search_for_plaintext_finds_what_is_there(tmp_path, marker):
    assert min(map(len, marker.telltales)) >= FEWEST_BYTES
    for piece in (marker.latin[1:7].lower(), marker.latin[2:6], marker.han[1:5]):
        assert traces_in(piece.encode("utf-16-be"), marker.telltales)
    assert traces_in(marker.latin[1:7].encode(), marker.telltales)
    plain = f"…{marker.latin}…{marker.han}…{marker.customer}…"
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
        assert len(traces_in(plain.encode(encoding, "ignore"), marker.telltales)) >= 3
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "cache.tmp").write_bytes(marker.han.encode("gbk"))
    (tmp_path / f"{marker.latin}.lock").touch()
    (tmp_path / "thumbnail").write_bytes(encoded(picture(["任意"]), "JPEG"))
    with (tmp_path / "gone").open("w+b") as gone, Watch([tmp_path], marker.telltales) as watch:
        (tmp_path / "gone").unlink()
        gone.write(marker.latin.encode("utf-16-le"))
        gone.flush()
        watch.follow(os.getpid())
    said = " ".join(watch.found)
    for place in ("cache.tmp", f"{marker.latin}.lock", "thumbnail begins like a JPEG", "gone (deleted)"):
        assert place in said


def test_no_word_of_a_paper_is_readable_on_disk_during_and_after_ingestion(program, tmp_path, marker):
    papers = tmp_path / "scans"
    write_papers(papers, marker)
    program.run("customer", "add", "--code", "C0001", "--name", f"{marker.customer}有限公司")
    untouched_at = program.temporary.stat().st_mtime_ns
    with Watch([program.home, program.user_home, program.temporary], marker.telltales) as watch:
        process = program.start("ingest", papers, "--customer", "C0001", "--wait", log=NOWHERE)
        watch.follow(process.pid)
        assert process.wait(300) == 0
    assert watch.found == set()
    assert watch.looks >= 5
    assert program.temporary.stat().st_mtime_ns == untouched_at, "something was made in the temporary folder"
    assert hits(program, f'"{marker.latin}"') == PAPERS
    assert hits(program, f'"{marker.han}"') == PAPERS
    assert hits(program, f"客户:{marker.customer}") == PAPERS
    assert traces_in(b"".join(_files_below(program.home)), marker.telltales) == []


def test_what_the_program_writes_to_its_log_names_no_paper(program, tmp_path, marker):
    papers = tmp_path / "scans"
    write_papers(papers, marker)
    with program.serving() as service:
        messages = program.run("ingest", papers, "--json").messages
        messages += program.run("ingest", "--wait", "--json").messages
        visitor = Visitor(service.url)
        visitor.sign_in("admin", program.password)
        visitor.get(f"/search?q={marker.latin}")
        assert hits(program, f'"{marker.latin}"') == PAPERS
        assert traces_in(service.log.read_bytes() + messages.encode(), marker.telltales) == []


def test_an_upload_that_is_under_way_lies_nowhere_on_the_disk(program, marker):
    large = with_comment(encoded(picture([marker.han]), "PNG"), f"{marker.latin} " * 200_000)
    with program.serving() as service, _watching(program, service, marker) as watch:
        visitor = Visitor(service.url)
        visitor.sign_in("admin", program.password)
        with visitor.uploading("scan.png", large) as sending:
            half = len(sending.body) // 2
            sending.send(sending.body[:half])
            time.sleep(1.5)
            watch.look()
            sending.send(sending.body[half:])
            assert sending.answer().status == 201
        waits_until_read(program)
        assert watch.found == set()


def test_a_download_that_is_under_way_lies_nowhere_on_the_disk(program, tmp_path, marker):
    large = with_comment(encoded(picture([marker.han]), "PNG"), f"{marker.latin} " * 1_000_000)
    (tmp_path / "scan.png").write_bytes(large)
    item_id = program.run("ingest", tmp_path / "scan.png", "--wait", "--json").answer["items"][0]["item_id"]
    with program.serving() as service, _watching(program, service, marker) as watch:
        visitor = Visitor(service.url)
        visitor.sign_in("admin", program.password)
        with closing(visitor.downloading(f"/items/{item_id}/original")) as connection:
            time.sleep(1.5)
            watch.look()
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.read() == large
        assert watch.found == set()


def _watching(program: Program, service: Service, marker: Marker) -> Watch:
    watch = Watch([program.home, program.user_home, program.temporary], marker.telltales)
    watch.follow(service.process.pid)
    return watch


def _files_below(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
