"""The gate: sealed, there is an unlock page and a health answer and nothing else; open, there is the archive."""

import shutil
import time

import pytest
from simulators.archives import PASSPHRASE
from simulators.gate import AtGate

from dms.bootstrap import open_archive
from dms.web.attempts import PER_ACCOUNT, PER_ADDRESS, WINDOW
from vault import Keyring, Passphrase, read_keyring, replace_keyring

ADDRESSES = (
    "/",
    "/customers",
    "/operations",
    "/sign-in",
    "/search?q=x",
    "/nowhere",
    "/items/x/original",
    "/favicon.ico",
)


@pytest.fixture
def home(founded, tmp_path):
    shutil.copytree(founded, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def gate(home, clock):
    gate = AtGate(home, clock=clock)
    yield gate
    gate.close()


def wait_until(condition, limit_s=20.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("address", ADDRESSES)
def test_sealed_every_address_leads_a_person_to_the_unlock_page_and_tells_a_program_to_wait(gate, address):
    answer = gate.get(address)
    assert answer.status_code == 303
    assert answer.location.startswith("/unlock")
    told = gate.get(address, program=True)
    assert (told.status_code, told.json["error"]["code"]) == (503, "service_sealed")
    assert int(told.headers["Retry-After"]) > 0


def test_sealed_nothing_can_be_sent_but_the_secret(gate):
    gate.get("/unlock")
    assert gate.post("/upload").status_code in {303, 400}
    assert gate.post("/sign-in", name="admin", password="x").status_code in {303, 400}


@pytest.mark.parametrize("address", ["/healthz", "/healthz?x=1"])
def test_health_says_sealed_or_open_and_nothing_else(gate, address):
    assert gate.get(address).json == {"status": "sealed"}
    gate.unlock()
    answer = gate.get(address)
    assert (answer.status_code, answer.json) == (200, {"status": "open"})


def test_the_unlock_page_wears_the_headers_of_every_page_and_tells_nothing_of_the_archive(gate):
    page = gate.get("/unlock")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "口令或恢复密钥" in page.text
    assert "皖江" not in page.text
    assert "Passphrase or recovery key" in gate.get("/unlock?lang=en").text
    with gate.browser.get("/static/css/anjuan.css") as sheet:
        assert sheet.status_code == 200


def test_the_right_secret_leads_to_the_sign_in_and_on_to_where_the_person_wanted(gate):
    assert gate.get("/customers?q=x").location == "/unlock?next=/customers?q%3Dx"
    answer = gate.unlock(query="?next=/customers")
    assert answer.location == "/sign-in?lang=zh&next=%2Fcustomers"
    gate.sign_in()
    assert gate.get("/customers").status_code == 200
    assert gate.get("/unlock").location == "/"


def test_no_link_can_lead_from_the_unlock_page_to_another_site(gate):
    assert "evil" not in gate.unlock(query="?next=//evil.example").location


@pytest.mark.parametrize("wrong", ["wrong", "", "长" * 400, "0000-" * 14])
def test_a_wrong_secret_is_refused_in_words_that_say_what_to_do_and_do_not_repeat_it(gate, wrong):
    answer = gate.unlock(wrong)
    assert answer.status_code == 403
    assert "口令或恢复密钥不正确" in answer.text
    assert len(wrong) < 5 or wrong not in answer.text
    assert gate.get("/healthz").json == {"status": "sealed"}


def test_a_form_without_its_token_tries_nothing(gate):
    answer = gate.browser.post("/unlock", data={"secret": PASSPHRASE})
    assert answer.status_code == 400
    assert "页面已过期" in answer.text
    assert gate.get("/healthz").json == {"status": "sealed"}


def test_after_too_many_wrong_secrets_even_the_right_one_waits(gate, clock):
    for _ in range(PER_ACCOUNT):
        gate.unlock("wrong")
    paused = gate.unlock()
    assert paused.status_code == 429
    assert 0 < int(paused.headers["Retry-After"]) <= WINDOW.total_seconds() + 1
    assert "解锁已暂停" in paused.text
    clock.advance(WINDOW)
    assert gate.unlock().status_code == 302


def test_many_addresses_together_are_paused_as_well(gate):
    gate.get("/unlock")
    form = {"secret": "", "csrf_token": gate.token}
    statuses = [
        gate.browser.post("/unlock", data=form, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}).status_code
        for number in range(PER_ADDRESS + 1)
    ]
    assert statuses == [403] * PER_ADDRESS + [429]


def test_what_else_is_wrong_is_told_by_its_code_only(gate, home):
    (home / "catalogue.db").write_bytes(b"x" * 10_000)
    answer = gate.unlock()
    assert answer.status_code == 500
    assert "catalogue_unreadable" in answer.text
    assert str(home) not in answer.text


def test_the_administrator_seals_it_again_and_every_session_ends(gate, home):
    gate.unlock()
    gate.sign_in()
    assert "锁定档案库" in gate.get("/operations").text
    answer = gate.post("/operations/seal")
    assert answer.location == "/unlock"
    assert gate.get("/healthz").json == {"status": "sealed"}
    gate.unlock()
    assert gate.get("/customers").location.startswith("/sign-in"), "a session has outlived the sealing"
    gate.close()
    archive = open_archive(home, PASSPHRASE)
    with archive.looking() as view:
        acts = [entry.action for entry in view.journal.entries()]
    archive.close()
    assert [act for act in acts if act.startswith("service_")] == [
        "service_unlocked",
        "service_sealed",
        "service_unlocked",
    ]


def test_keys_that_another_process_changed_lead_to_the_unlock_page(gate, home):
    gate.unlock()
    gate.sign_in()
    keyring = Keyring.unlock(read_keyring(home / "keyring.json"), Passphrase(PASSPHRASE))
    changed, _ = keyring.with_new_root([Passphrase("another one")], labels=["new"])
    replace_keyring(home / "keyring.json", changed.document())
    answer = gate.get("/operations")  # the page that asks for the keys
    assert (answer.status_code, answer.location) == (302, "/unlock")
    assert gate.get("/healthz").json == {"status": "sealed"}
    assert gate.unlock().status_code == 403
    assert gate.unlock("another one").status_code == 302


def test_an_answer_on_its_way_is_finished_before_the_archive_is_closed(gate):
    gate.unlock()
    gate.sign_in()
    on_its_way = gate.browser.get("/operations", buffered=False)
    gate.post("/operations/seal")
    assert gate.get("/healthz").json == {"status": "sealed"}
    assert gate.serving._visits, "the archive was closed under an answer"
    assert "运行维护" in on_its_way.text
    on_its_way.close()
    wait_until(lambda: not gate.serving._visits)


def test_several_services_share_one_archive_and_are_unlocked_each_for_itself(gate, home, clock):
    other = AtGate(home, clock=clock)
    gate.unlock()
    assert other.get("/healthz").json == {"status": "sealed"}
    other.unlock()
    assert other.get("/healthz").json == {"status": "open"}
    other.close()


def test_a_stranger_cannot_send_the_unlock_page_more_than_a_form(gate):
    gate.get("/unlock")
    answer = gate.post("/unlock", secret="x" * (2 * 1024 * 1024))
    assert answer.status_code in {400, 413}
