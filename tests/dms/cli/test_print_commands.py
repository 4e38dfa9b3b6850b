"""Forms and whole years come out of the command line, into new files only."""

import pytest
from simulators.archives import PASSPHRASE, founded_archive
from simulators.bound_volumes import seal
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper

CODE = "Q001-KH·C0001·3·2024-001"


@pytest.fixture
def home(tmp_path):
    archive = founded_archive(tmp_path / "archive")
    add_customer(archive)
    seal(archive, file_paper(archive, "甲合同"))
    archive.close()
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    return ("--home", tmp_path / "archive", "--passphrase-file", tmp_path / "passphrase")


def test_a_form_is_printed_as_its_name_ends(home, tmp_path):
    for ending, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        target = tmp_path / f"list.{ending}"
        done = run("print", "contents-list", *home, "--volume", CODE, "-o", target, "--json")
        assert (done.exit_code, done.answer["form"]) == (0, "contents-list")
        assert target.read_bytes().startswith(begins)


def test_an_ending_that_does_not_fit_is_told_before_anything_is_done(home, tmp_path):
    for form, name in (("bound-volume", "v.xlsx"), ("contents-list", "v.docx")):
        assert run("print", form, *home, "--volume", CODE, "-o", tmp_path / name).exit_code == 2
        assert not (tmp_path / name).exists()


def test_nothing_is_overwritten(home, tmp_path):
    target = tmp_path / "list.pdf"
    target.write_text("mine")
    assert run("print", "customer-list", *home, "-o", target).exit_code == 6
    assert target.read_text() == "mine"


def test_a_volume_that_is_not_there_leaves_nothing(home, tmp_path):
    target = tmp_path / "v.pdf"
    assert run("print", "bound-volume", *home, "--volume", "nothing", "-o", target).exit_code == 4
    assert not target.exists()


def test_a_whole_year_goes_into_a_new_folder(home, tmp_path):
    folder = tmp_path / "2024"
    done = run("print", "year", *home, "--year", "2024", "--with-papers", "-o", folder, "--json")
    assert done.exit_code == 0
    assert all((folder / name).is_file() for name in done.answer["documents"])
    assert (folder / "案卷" / "Q001-KH.C0001.3.2024-001.pdf").read_bytes().startswith(b"%PDF")
    assert run("print", "year", *home, "--year", "2024", "-o", folder).exit_code == 6


def test_a_year_without_volumes_makes_no_folder(home, tmp_path):
    assert run("print", "year", *home, "--year", "2020", "-o", tmp_path / "2020").exit_code == 6
    assert not (tmp_path / "2020").exists()
