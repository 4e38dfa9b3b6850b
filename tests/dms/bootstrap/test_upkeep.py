"""What a night asks for is done once, by one process, and a failure is shown and tried again."""

import threading
import time
from datetime import time as time_of_day
from datetime import timedelta

import pytest
from simulators.people import ADMINISTRATOR

from dms.bootstrap import Chore, ChoreKind, Upkeep
from dms.bootstrap.chores import do_chore
from dms.bootstrap.locking import sole_holder
from dms.bootstrap.upkeep import LOCK, RETRY_AFTER, ChoreBrokenOff
from dms.domain.actor import OPERATOR
from dms.domain.inspection import InspectionScope
from dms.errors import Bilingual, DmsError
from dms.preservation import NewPlace, add_place

AT = time_of_day(2, 30)
NIGHT = timedelta(hours=24)
QUICK = Chore(kind=ChoreKind.VERIFY, scope=InspectionScope.QUICK, actor=ADMINISTRATOR)
SAMPLE = Chore(kind=ChoreKind.VERIFY, scope=InspectionScope.SAMPLE)
ROUND = Chore(kind=ChoreKind.DAILY_ROUND)


class Doer:
    """Does every chore at once, or fails, or waits until it is told to stop."""

    def __init__(self, *, fails_with=None, waits=False):
        self.done = []
        self.fails_with = fails_with
        self.waits = waits

    def __call__(self, chore, archive, stop):
        self.done.append(chore)
        if self.waits:
            stop.wait(30)
            raise ChoreBrokenOff
        if self.fails_with:
            raise self.fails_with


class Refused(DmsError):
    code = "out_of_reach"

    def __init__(self):
        super().__init__(Bilingual("够不着。", "Out of reach."), Bilingual("再试。", "Try again."))


@pytest.fixture
def keeping(archive):
    """Makes upkeeps for the archive, and ends them."""
    made = []

    def make(doer, *, nightly_at=AT, **rest):
        made.append(Upkeep(archive, nightly_at=nightly_at, do=doer, **rest))
        return made[-1]

    yield make
    for upkeep in made:
        if upkeep._thread.is_alive():
            upkeep.stop()


def wait_until(condition, limit_s=20.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_is_asked_for_is_done_in_order_and_the_same_only_once(keeping):
    doer = Doer(waits=True)
    upkeep = keeping(doer, nightly_at=None)
    backup = Chore(kind=ChoreKind.BACK_UP, place_id=3, actor=ADMINISTRATOR)
    assert upkeep.ask(QUICK)
    upkeep.start()
    wait_until(lambda: doer.done)
    assert upkeep.standing().running == QUICK
    assert upkeep.ask(backup)
    assert not upkeep.ask(backup)
    assert not upkeep.ask(Chore(kind=ChoreKind.VERIFY, scope=InspectionScope.QUICK, actor=OPERATOR))
    assert upkeep.standing().asked == (backup,)
    upkeep.stop()
    assert upkeep.standing().running is None
    assert doer.done == [QUICK]


def test_a_new_archive_owes_nothing_and_after_a_night_a_round_a_sample_and_a_backup_to_every_place(
    archive, clock, keeping, tmp_path
):
    add_place(OPERATOR, NewPlace(address=str(tmp_path / "copies")), archive=archive)
    upkeep = keeping(Doer())
    assert upkeep.due() == []
    clock.advance(NIGHT)
    assert upkeep.due() == [ROUND, SAMPLE, Chore(kind=ChoreKind.BACK_UP, place_id=1)]
    assert keeping(Doer(), nightly_at=None).due() == []


def test_the_night_is_worked_off_by_the_real_use_cases_and_then_owes_nothing_till_the_next(
    archive, clock, keeping, tmp_path
):
    (tmp_path / "copies").mkdir()
    add_place(OPERATOR, NewPlace(address=str(tmp_path / "copies")), archive=archive)
    clock.advance(NIGHT)
    upkeep = keeping(do_chore)
    upkeep.start()
    wait_until(lambda: not upkeep.due() and upkeep.standing().running is None)
    upkeep.stop()
    assert upkeep.standing().troubles == ()
    with archive.looking() as view:
        inspection = view.inspections.latest(InspectionScope.SAMPLE)
        run = view.backups.latest_complete(1)
    assert inspection.is_sound
    assert (inspection.part, inspection.parts, inspection.actor) == (1, 30, "system")
    assert run is not None
    assert keeping(do_chore).due() == [], "a restart repeats the night"
    clock.advance(NIGHT)
    assert len(keeping(do_chore).due()) == 3


@pytest.mark.parametrize(("fault", "code"), [(Refused(), "out_of_reach"), (OSError("/secret/name"), "unexpected")])
def test_a_failure_is_shown_logged_without_its_words_and_tried_again_hours_later(clock, keeping, caplog, fault, code):
    clock.advance(NIGHT)
    doer = Doer(fails_with=fault)
    upkeep = keeping(doer)
    upkeep.start()
    wait_until(lambda: len(upkeep.standing().troubles) == 2)
    assert {(trouble.chore, trouble.code) for trouble in upkeep.standing().troubles} == {(ROUND, code), (SAMPLE, code)}
    assert upkeep.due() == []
    clock.advance(RETRY_AFTER)
    assert upkeep.due() == [ROUND, SAMPLE]
    assert "upkeep_failed" in caplog.text
    assert "secret" not in caplog.text


def test_what_leaves_no_record_is_not_done_over_and_over(clock, keeping):
    clock.advance(NIGHT)
    doer = Doer()
    upkeep = keeping(doer)
    upkeep.start()
    wait_until(lambda: len(doer.done) == 2)
    for _ in range(5):
        upkeep._wake.set()
        time.sleep(0.02)
    assert doer.done == [ROUND, SAMPLE]


def test_a_disk_that_runs_full_is_told_in_the_log_once_a_day(archive, keeping, caplog):
    upkeep = keeping(Doer(), reserve_bytes=2**60)
    for _ in range(3):
        upkeep._kept_up()
    assert caplog.text.count("disk_space state=critical") == 1


def test_a_success_takes_the_failure_away(clock, keeping):
    clock.advance(NIGHT)
    doer = Doer(fails_with=Refused())
    upkeep = keeping(doer)
    upkeep.start()
    wait_until(lambda: len(upkeep.standing().troubles) == 2)
    doer.fails_with = None
    upkeep.ask(ROUND)
    upkeep.ask(SAMPLE)
    wait_until(lambda: not upkeep.standing().troubles)


def test_two_processes_do_not_keep_up_one_archive_at_once(archive, keeping):
    doer = Doer()
    upkeep = keeping(doer, nightly_at=None)
    with sole_holder(archive.home / LOCK) as ours:
        assert ours
        upkeep.ask(QUICK)
        upkeep.start()
        time.sleep(0.3)
        assert doer.done == []
        assert upkeep.standing().asked == (QUICK,)
    upkeep._wake.set()
    wait_until(lambda: doer.done == [QUICK])


def test_a_long_verification_ends_soon_when_it_is_told_to_and_records_nothing(archive):
    stop = threading.Event()
    stop.set()
    for chore in (QUICK, SAMPLE):
        with pytest.raises(ChoreBrokenOff):
            do_chore(chore, archive, stop)
    with archive.looking() as view:
        assert view.inspections.count() == 0


def test_a_restore_drill_that_is_overdue_is_called_to_mind_once_a_day(clock, keeping, caplog):
    clock.advance(timedelta(days=40))
    upkeep = keeping(Doer())
    for _ in range(3):
        upkeep._kept_up()
    assert caplog.text.count("restore_drill_overdue") == 1
    clock.advance(timedelta(days=1))
    upkeep._kept_up()
    assert caplog.text.count("restore_drill_overdue") == 2
