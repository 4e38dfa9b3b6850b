"""All that the product needs travels in its wheel: pages, static files, translations, migrations, sample papers."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("dms", "vault", "pyproject.toml", "README.md", "LICENSE")
NOT_SHIPPED = {"__pycache__"}

FIRST_STEPS = """
import re, sys
from pathlib import Path
import dms, vault
from dms.bootstrap import Foundation, found_archive, open_archive
from dms.demo import demo_papers
from dms.domain.actor import OPERATOR
from dms.domain.clock import SystemClock
from dms.ingest import ReceivingLimits
from dms.web import create_app
from vault import Argon2Cost

installed = Path(sys.argv[1])
assert installed in Path(dms.__file__).parents and installed in Path(vault.__file__).parents, dms.__file__
home = Path("archive").absolute()
foundation = Foundation(fonds_code="Q001", company_name="", administrator="admin", password="eine lange Losung")
cheap = Argon2Cost(memory_kib=8, time=1, parallelism=1)
found_archive(home, "passphrase of a test", foundation, clock=SystemClock(), cost=cheap)
archive = open_archive(home, "passphrase of a test")
limits = ReceivingLimits(max_upload_bytes=1000, min_free_disk_bytes=0)
visitor = create_app(archive, limits=limits, secret_key=b"for a test").test_client()
chinese, english = (visitor.get("/sign-in", query_string={"lang": language}) for language in ("zh", "en"))
assert chinese.status_code == english.status_code == 200
assert "登录" in chinese.text and "Sign in" in english.text and "登录" not in english.text
addresses = set(re.findall(r'(?:href|src)="(/[^"]*static/[^"]+)"', chinese.text))
assert len(addresses) >= 3, addresses
for address in addresses:
    answer = visitor.get(address)
    assert answer.status_code == 200 and answer.data, address
papers = demo_papers()
assert len(papers) >= 10 and all(paper.original_bytes for paper in papers)
archive.close()
print("opened", len(addresses), "static files and", len(papers), "sample papers")
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the source so that nothing is left behind in it."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    made = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", made, source)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel was unpacked into by its installer."""
    target = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--no-index", "--target", target, wheel)
    return target


def test_every_file_of_the_packages_is_in_the_wheel(wheel):
    shipped = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        str(path.relative_to(ROOT))
        for package in ("dms", "vault")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not NOT_SHIPPED & set(path.parts)
    }
    assert ours - shipped == set()


def test_the_wheel_ships_the_product_and_nothing_else(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dms", "vault"}


def test_an_archive_is_founded_and_a_page_opened_from_the_wheel_alone(installed, tmp_path):
    done = run_installed(installed, tmp_path, "-c", FIRST_STEPS, str(installed))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("opened")


def test_a_paper_is_read_by_the_installed_program(installed, tmp_path):
    """The keyless children start from the wheel as well."""
    from drawn import paper

    scan, passphrase = tmp_path / "scan.png", tmp_path / "passphrase"
    scan.write_bytes(paper(["装箱单 编号 ZX-2025-118"]))
    passphrase.write_text("passphrase of a test")
    command = ("-c", "from dms.cli import main; main()", "--passphrase-file", str(passphrase), "--home", "archive")
    for arguments in (("init", "--json"), ("ingest", str(scan), "--wait"), ("search", "装箱单", "--json")):
        done = run_installed(installed, tmp_path, *command[:2], arguments[0], *command[2:], *arguments[1:])
        assert done.returncode == 0, done.stderr
    assert '"total": 1' in done.stdout


def run_installed(installed: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in an empty folder with the unpacked wheel before anything else on its path."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def pip(*arguments: str | Path) -> None:
    """Run pip and show what it says when it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
