"""What is sent is bounded before it is read, and stays in memory."""

import gc
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Request, request
from simulators.desk import MAX_UPLOAD_BYTES, Desk, as_multipart, part

from dms.archive import Archive
from dms.web.request import ArchiveRequest

LARGE_BYTES = 3 * 1024 * 1024


@pytest.fixture
def no_temporary_folder(tmp_path: Path) -> Iterator[None]:
    """Nobody can write a temporary file, whoever tries fails."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path / "nowhere")
    yield
    tempfile.tempdir = before


def _receiving_app(request_class: type[Request]) -> Flask:
    app = Flask("receiving")
    app.testing = True
    app.request_class = request_class
    app.add_url_rule("/", "take", lambda: str(len(request.files["papers"].read())), methods=["POST"])
    return app


def _sent_to(app: Flask) -> str:
    body, content_type = as_multipart({"papers": part(b"x" * LARGE_BYTES)})
    return app.test_client().post("/", data=body, content_type=content_type).text


def test_the_framework_alone_would_write_a_large_part_to_the_disk(no_temporary_folder: None) -> None:
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        with pytest.raises(FileNotFoundError):
            _sent_to(_receiving_app(Request))
        gc.collect()


def test_a_large_part_stays_in_memory(no_temporary_folder: None) -> None:
    class Roomy(ArchiveRequest):
        max_content_length = 2 * LARGE_BYTES

    assert _sent_to(_receiving_app(Roomy)) == str(LARGE_BYTES)


def test_a_large_upload_reaches_the_archive_without_a_temporary_folder(
    archive: Archive, no_temporary_folder: None
) -> None:
    desk = Desk(archive).sign_in()
    answer = desk.post("/upload", {"papers": part(b"x" * LARGE_BYTES)}, script=True)
    assert answer.status_code == 201


def test_more_than_an_upload_may_have_is_refused_in_words(archive: Archive) -> None:
    desk = Desk(archive).sign_in()
    too_much = b"x" * (MAX_UPLOAD_BYTES + 2 * 1024 * 1024)
    as_json = desk.post("/upload", {"papers": part(too_much)}, script=True)
    assert as_json.status_code == 413
    assert as_json.json["error"]["code"] == "request_too_large"
    as_page = desk.post("/upload", {"papers": part(too_much)})
    assert as_page.status_code == 413
    assert "4 MB" in as_page.text


def test_an_ordinary_form_may_not_be_as_long_as_an_upload(archive: Archive) -> None:
    desk = Desk(archive).sign_in()
    assert desk.post("/tray/customers", {"name": part(b"x" * LARGE_BYTES)}).status_code == 413


def test_the_upload_of_nobody_is_not_even_read(archive: Archive) -> None:
    answer = Desk(archive).post("/upload", {"papers": part(b"x" * LARGE_BYTES)}, script=True)
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "sign_in_required"
