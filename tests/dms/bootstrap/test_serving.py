"""The service begins sealed, opens for whoever holds a secret, and lets go of everything when it is sealed again."""

import threading
import time
from dataclasses import replace

import pytest
from simulators.archives import CHEAP, PASSPHRASE, PASSWORD, ObedientClock, founded_archive
from simulators.people import ADMINISTRATOR, ARCHIVIST

from dms.bootstrap import (
    EngineUnknown,
    Foundation,
    NoArchiveHere,
    PassphraseUnusable,
    PassphraseWrong,
    Serving,
    ServingState,
    UnlockUnderWay,
    found_archive,
    open_archive,
    worker_lock,
)
from dms.config import settings_from
from dms.domain.actor import ActionForbidden
from dms.domain.criterion import Mention, MentionKind
from dms.search import marking
from dms.search.marking import MarkedText
from vault import Argon2Cost, Keyring, Passphrase, read_keyring, replace_keyring

SLOW = Argon2Cost(memory_kib=64 * 1024, time=12, parallelism=1)


def settings(home, **environment):
    told = {"DMS_READING_PROCESSES": "1", "DMS_NIGHTLY_AT": "off"} | environment
    return replace(settings_from(told), home=home)


@pytest.fixture
def home(tmp_path):
    founded_archive(tmp_path / "archive").close()
    return tmp_path / "archive"


@pytest.fixture
def serving(home):
    serving = Serving(settings(home), clock=ObedientClock())
    yield serving
    serving.close()


def journal_of(home, action):
    archive = open_archive(home, PASSPHRASE)
    with archive.looking() as view:
        found = [entry for entry in view.journal.entries() if entry.action == action]
    archive.close()
    return found


def wait_until(condition, limit_s=20.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_without_a_secret_in_the_settings_the_service_begins_sealed(serving):
    assert serving.open_unattended() is False
    assert serving.state is ServingState.SEALED
    assert serving.enter() is None


def test_the_passphrase_and_the_recovery_key_open_it_and_the_journal_says_so(tmp_path):
    home = tmp_path / "new"
    foundation = Foundation(fonds_code="Q001", company_name="", administrator="admin", password=PASSWORD)
    recovery_key = found_archive(home, PASSPHRASE, foundation, clock=ObedientClock(), cost=CHEAP)
    for typed in (PASSPHRASE, recovery_key, recovery_key.lower().replace("-", " ")):
        serving = Serving(settings(home), clock=ObedientClock())
        serving.unlock(typed)
        assert serving.state is ServingState.OPEN
        serving.close()
    assert [entry.details["means"] for entry in journal_of(home, "service_unlocked")] == ["unlock_page"] * 3


def test_a_wrong_secret_opens_nothing_and_is_counted_until_the_right_one_comes(serving, home):
    for wrong in ("wrong", PASSPHRASE.upper()):
        with pytest.raises(PassphraseWrong):
            serving.unlock(wrong)
    with pytest.raises(PassphraseUnusable):
        serving.unlock("")
    assert (serving.state, serving.wrong_count) == (ServingState.SEALED, 2)
    serving.unlock(PASSPHRASE)
    assert serving.wrong_count == 0
    (entry,) = journal_of(home, "service_unlocked")
    assert (entry.details["refused_attempts"], entry.origin) == (2, "web")


def test_a_passphrase_file_opens_it_without_a_person(home, tmp_path):
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    serving = Serving(settings(home, DMS_PASSPHRASE_FILE=str(tmp_path / "passphrase")), clock=ObedientClock())
    assert serving.open_unattended()
    assert serving.state is ServingState.OPEN
    serving.close()
    (entry,) = journal_of(home, "service_unlocked")
    assert (entry.details["means"], entry.origin) == ("unattended", "system")


def test_nothing_is_served_from_a_folder_that_is_no_archive_or_with_an_engine_that_does_not_exist(home, tmp_path):
    with pytest.raises(NoArchiveHere):
        Serving(settings(tmp_path / "nowhere"))
    with pytest.raises(EngineUnknown):
        Serving(settings(home, DMS_OCR_ENGINE="crystal ball"))


def test_while_one_secret_is_tried_another_one_waits_for_nothing_and_the_state_is_told_at_once(home):
    made_slow(home)
    serving = Serving(settings(home), clock=ObedientClock())
    trying = threading.Thread(target=serving.unlock, args=(PASSPHRASE,))
    trying.start()
    wait_until(lambda: serving._unlocking.locked())
    began = time.monotonic()
    with pytest.raises(UnlockUnderWay):
        serving.unlock(PASSPHRASE)
    assert serving.state is ServingState.SEALED
    assert trying.is_alive(), "the passphrase was not slow enough for this test"
    assert time.monotonic() - began < 0.2
    trying.join()
    assert serving.state is ServingState.OPEN
    serving.close()


def made_slow(home):
    """Let the passphrase of the archive take a moment, as it does outside of tests."""
    keyring = Keyring.unlock(read_keyring(home / "keyring.json"), Passphrase(PASSPHRASE))
    keyring = keyring.with_slot(Passphrase(PASSPHRASE), label="slow", cost=SLOW)
    cheap = next(slot for slot in keyring.slots() if slot.kind == "passphrase" and slot.label != "slow")
    replace_keyring(home / "keyring.json", keyring.without_slot(cheap.slot_id).document())


def test_sealing_ends_everything_and_is_journaled_with_the_name_of_who_did_it(serving, home):
    serving.unlock(PASSPHRASE)
    opened = serving.enter()
    serving.leave(opened)
    serving.seal(ADMINISTRATOR)
    assert serving.state is ServingState.SEALED
    wait_until(lambda: not opened.reading._thread.is_alive())
    with worker_lock(home) as ours:
        assert ours, "the readers have not given back their lock"
    (entry,) = journal_of(home, "service_sealed")
    assert entry.actor == ADMINISTRATOR.name


def test_sealing_lets_go_of_what_was_looked_up_in_papers(serving):
    serving.unlock(PASSPHRASE)
    sum_named = Mention(MentionKind.AMOUNT, 43_800_000, 43_800_000)
    marked = MarkedText(["合同价款438,000.00元"], [sum_named])
    assert marked.pages == (0,)
    assert marking._asked_for.cache_info().currsize > 0
    serving.seal(ADMINISTRATOR)
    wait_until(lambda: marking._asked_for.cache_info().currsize == 0)


def test_only_who_runs_the_machine_may_seal(serving):
    serving.unlock(PASSPHRASE)
    with pytest.raises(ActionForbidden):
        serving.seal(ARCHIVIST)
    assert serving.state is ServingState.OPEN


def test_a_visit_under_way_ends_before_the_archive_is_closed(serving):
    serving.unlock(PASSPHRASE)
    opened = serving.enter()
    serving.seal(ADMINISTRATOR)
    assert serving.enter() is None
    wait_until(lambda: not opened.inbox._thread.is_alive())
    with opened.archive.looking() as view:
        assert view.scheme.own_names()
    serving.leave(opened)


def test_sealing_ends_the_sessions_and_a_restart_does_not(home):
    def session_key():
        serving = Serving(settings(home), clock=ObedientClock())
        serving.unlock(PASSPHRASE)
        opened = serving.enter()
        serving.leave(opened)
        serving.close()
        return opened.session_key

    first = session_key()
    assert session_key() == first
    serving = Serving(settings(home), clock=ObedientClock())
    serving.unlock(PASSPHRASE)
    serving.seal(ADMINISTRATOR)
    assert session_key() != first


def test_after_sealing_it_can_be_opened_again_in_the_same_process(serving):
    for _ in range(3):
        serving.unlock(PASSPHRASE)
        serving.seal(ADMINISTRATOR)
    serving.unlock(PASSPHRASE)
    opened = serving.enter()
    with opened.archive.looking() as view:
        assert view.scheme.own_names()
    serving.leave(opened)


def test_a_root_that_another_process_changed_seals_the_service(serving, home):
    serving.unlock(PASSPHRASE)
    opened = serving.enter()
    serving.leave(opened)
    keyring = Keyring.unlock(read_keyring(home / "keyring.json"), Passphrase(PASSPHRASE))
    changed, _ = keyring.with_new_root([Passphrase("another one")], labels=["new"])
    replace_keyring(home / "keyring.json", changed.document())
    opened.upkeep._wake.set()
    wait_until(lambda: serving.state is ServingState.SEALED)
    with pytest.raises(PassphraseWrong):
        serving.unlock(PASSPHRASE)
