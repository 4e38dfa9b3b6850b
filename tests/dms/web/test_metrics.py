"""Prometheus learns how the service stands, and no name of anybody; strangers learn nothing."""

import re
import shutil

import pytest
from prometheus_client.parser import text_string_to_metric_families
from simulators.archives import PASSPHRASE
from simulators.gate import AtGate

from dms.bootstrap import open_archive
from dms.domain.actor import OPERATOR
from dms.domain.inspection import InspectionScope
from dms.evidence import InspectionRequest, verify
from dms.ingest import Claim, ReceivingLimits, Upload, receive
from dms.preservation import NewPlace, add_place, back_up

LIMITS = ReceivingLimits(max_upload_bytes=2**20, min_free_disk_bytes=0)


@pytest.fixture
def home(founded, tmp_path, clock):
    """An archive with a paper that waits, a verification and a backup."""
    home = tmp_path / "archive"
    shutil.copytree(founded, home)
    (tmp_path / "朱砂备份").mkdir()
    archive = open_archive(home, PASSPHRASE, clock=clock)
    upload = Upload(original_filename="朱砂.pdf", uploaded_bytes=b"vermilion", claim=Claim())
    receive(OPERATOR, upload, archive=archive, limits=LIMITS)
    verify(OPERATOR, InspectionRequest(scope=InspectionScope.QUICK), archive=archive)
    place = add_place(OPERATOR, NewPlace(address=str(tmp_path / "朱砂备份"), name="朱砂"), archive=archive)
    add_place(OPERATOR, NewPlace(address=str(tmp_path / "never")), archive=archive)
    back_up(OPERATOR, place.id, archive=archive)
    archive.close()
    return home


@pytest.fixture
def gate(home, clock, tmp_path):
    (tmp_path / "token").write_text("a long token\n")
    gate = AtGate(home, clock=clock, DMS_METRICS_TOKEN_FILE=str(tmp_path / "token"))
    yield gate
    gate.close()


def scraped(gate):
    text = gate.get("/metrics").text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_sealed_only_the_process_the_disk_and_the_requests_are_told(gate):
    told = scraped(gate)
    assert told["anjuan_sealed",] == 1
    assert told["anjuan_disk_free_bytes",] > 0
    assert told["process_resident_memory_bytes",] > 0
    assert not [name for name, *_ in told if name.startswith(("anjuan_items", "anjuan_backup", "anjuan_verified"))]


def test_open_the_archive_is_told_in_numbers(gate, clock):
    gate.unlock()
    gate.opened().reading.stop()
    told = scraped(gate)
    now = clock.now().timestamp()
    assert told["anjuan_sealed",] == 0
    assert sum(value for (name, *_), value in told.items() if name == "anjuan_items") == 1
    assert told["anjuan_catalogue_bytes",] > 100_000
    assert told["anjuan_verified_sound", "quick"] == 1
    assert told["anjuan_verified_timestamp_seconds", "quick"] == now
    assert told["anjuan_backup_timestamp_seconds", "1"] == now
    assert told["anjuan_backup_timestamp_seconds", "2"] == 0
    assert told["anjuan_space_level",] == 0
    for name in ("anjuan_pages", "anjuan_tasks_waiting", "anjuan_task_oldest_waiting_seconds", "anjuan_readers_alive"):
        assert (name,) in told


def test_requests_are_counted_by_route_and_status_and_never_by_address(gate):
    gate.unlock("wrong")
    gate.unlock()
    gate.sign_in()
    gate.get("/items/0123456789abcdef0123?q=朱砂")
    gate.get("/wp-login.php")
    told = scraped(gate)
    assert told["anjuan_requests_total", "POST", "/unlock", "403"] == 1
    assert told["anjuan_requests_total", "GET", "/items/<item_id>", "404"] == 1
    assert told["anjuan_requests_total", "GET", "(none)", "404"] == 1
    assert told["anjuan_request_seconds_count", "/items/<item_id>"] == 1
    text = gate.get("/metrics").text
    assert not re.search(r"朱砂|vermilion|0123456789abcdef|wp-login|admin", text)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 403),
        ("", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, 403),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.7"}, 403),
        ("127.0.0.1", {"Via": "1.1 proxy"}, 403),
        ("10.0.0.7", {"Authorization": "Bearer a long token"}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7", "Authorization": "bearer a long token"}, 200),
        ("10.0.0.7", {"Authorization": "Bearer another one"}, 403),
        ("10.0.0.7", {"Authorization": "Bearer "}, 403),
        ("10.0.0.7", {"Authorization": "Basic a long token"}, 403),
    ],
)
def test_metrics_are_for_this_machine_and_for_who_shows_the_token(gate, address, headers, status):
    answer = gate.browser.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
    assert ("anjuan_sealed" in answer.text) is (status == 200)


def test_without_a_token_in_the_settings_no_token_helps(home, clock):
    gate = AtGate(home, clock=clock)
    far = {"REMOTE_ADDR": "10.0.0.7"}
    for shown in ("Bearer ", "Bearer None", "Bearer a long token"):
        assert gate.browser.get("/metrics", headers={"Authorization": shown}, environ_base=far).status_code == 403


def test_a_catalogue_that_does_not_answer_leaves_the_other_figures(gate, home):
    gate.unlock()
    opened = gate.opened()
    opened.reading.stop()
    opened.inbox.stop()
    opened.upkeep.stop()
    opened.archive.close()
    for name in ("catalogue.db-wal", "catalogue.db-shm"):
        (home / name).unlink(missing_ok=True)
    (home / "catalogue.db").write_bytes(b"x" * 8192)
    told = scraped(gate)
    assert told["anjuan_catalogue_unreadable",] == 1
    assert told["anjuan_disk_free_bytes",] > 0
