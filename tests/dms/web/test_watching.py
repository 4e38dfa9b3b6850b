"""The request log: who of the numbers asked for which route; never an address, a query, a name or a secret."""

import io
import json
import shutil

import pytest
from simulators.archives import COMPANY, PASSPHRASE, PASSWORD
from simulators.gate import AtGate
from simulators.logs import log_put_back

from dms.config import LogFormat
from dms.logs import keep_log

CUSTOMER = "苏州瑞泰精密机械有限公司"
QUERY = "逾期交货违约金"
PAPER = "Kauf-Vertrag-Vermilion.pdf"


@pytest.fixture
def stream():
    """The log of this process as JSON lines, for the length of a test."""
    with log_put_back():
        stream = io.StringIO()
        keep_log(LogFormat.JSON, stream=stream)
        yield stream


@pytest.fixture
def gate(founded, tmp_path, clock):
    shutil.copytree(founded, tmp_path / "archive")
    gate = AtGate(tmp_path / "archive", clock=clock)
    yield gate
    gate.close()


def requests(stream):
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [event for event in events if event["event"] == "request"]


def test_a_request_is_logged_by_its_route_status_duration_and_account(gate, stream):
    gate.unlock()
    gate.sign_in()
    gate.get(f"/customers?q={CUSTOMER}")
    last = requests(stream)[-1]
    assert (last["method"], last["route"], last["status"], last["user"]) == ("GET", "/customers", 200, 1)
    assert last["ms"] > 0
    assert "user" not in requests(stream)[0]


def test_what_is_fetched_with_every_page_and_every_minute_is_not_logged(gate, stream):
    with gate.browser.get("/static/css/anjuan.css"):
        gate.get("/healthz")
        gate.get("/metrics")
    assert requests(stream) == []


def test_no_name_no_query_no_secret_and_no_file_name_ever_appears(gate, stream):
    gate.unlock(f"{PASSPHRASE} wrong")
    gate.unlock()
    gate.get("/sign-in")
    gate.post("/sign-in", name="zhang.san", password=f"{PASSWORD} wrong")
    gate.sign_in()
    gate.get("/customers/new")
    gate.post("/customers", code="RT0001", name=CUSTOMER, side="customer", grade="ordinary")
    gate.get("/customers/RT0001")
    gate.get(f"/search?q={QUERY}")
    gate.get(f"/nowhere/{PAPER}?token={PASSWORD}")
    gate.browser.open(f"/{PAPER}", method="BREW")
    gate.get("/upload")
    paper = (io.BytesIO(b"this is no paper"), PAPER)
    gate.browser.post("/upload", data={"csrf_token": gate.token, "papers": paper}, buffered=True)
    gate.get("/users")
    gate.post("/users", name="li.si", display_name="李四", roles="clerk")
    gate.post("/users/li.si/disable")
    gate.post("/operations/seal")
    gate.close()
    said = stream.getvalue()
    assert len(requests(stream)) > 15
    for word in (PASSPHRASE, PASSWORD, CUSTOMER, "瑞泰", COMPANY, QUERY, PAPER, "Vermilion", "RT0001", "admin",
                 "zhang", "li.si", "李四", "nowhere", "BREW"):  # fmt: skip
        assert word not in said, word
        assert json.dumps(word)[1:-1] not in said, word
