"""Work asked for is neither forgotten nor done twice."""

from datetime import timedelta

from store_parts import NOW

from dms.domain.task import TaskKind, TaskState

READ = TaskKind.READ_ITEM


def put(store, *subjects, at=NOW):
    with store.begin() as work:
        for subject in subjects:
            work.tasks.put(READ, subject, at=at)


def take(store, at=NOW):
    with store.begin() as work:
        return work.tasks.take(READ, at=at)


def test_work_asked_for_twice_is_done_once(store):
    put(store, 1, 1)
    assert take(store).subject == 1
    assert take(store) is None


def test_work_asked_for_again_while_it_runs_begins_afresh(store):
    put(store, 1)
    first = take(store)
    put(store, 1)
    again = take(store)
    assert (first.attempts, again.attempts) == (1, 1)
    assert again.id != first.id or again == first


def test_what_was_asked_for_first_is_taken_first(store):
    put(store, 3, 1, 2)
    assert [take(store).subject for _ in range(3)] == [3, 1, 2]
    assert take(store) is None


def test_work_that_is_not_due_yet_lets_later_work_pass(store, clock):
    put(store, 1, at=clock.now() + timedelta(minutes=1))
    put(store, 2, at=clock.now())
    assert take(store, clock.now()).subject == 2
    assert take(store, clock.now()) is None
    clock.advance(timedelta(minutes=1))
    assert take(store, clock.now()).subject == 1


def test_postponed_work_counts_its_attempts_and_waits(store, clock):
    put(store, 1, at=clock.now())
    task = take(store, clock.now())
    assert (task.state, task.attempts) == (TaskState.RUNNING, 1)
    with store.begin() as work:
        work.tasks.postpone(task.id, until=clock.now() + timedelta(seconds=2))
    assert take(store, clock.now()) is None
    clock.advance(timedelta(seconds=2))
    assert take(store, clock.now()).attempts == 2


def test_work_put_back_by_whoever_was_stopped_is_no_attempt(store):
    put(store, 1)
    with store.begin() as work:
        work.tasks.put_back(work.tasks.take(READ, at=NOW).id)
    assert take(store).attempts == 1


def test_the_work_of_a_dead_process_is_done_by_the_next(store):
    put(store, 1, 2, 3)
    take(store), take(store)
    with store.begin() as work:
        assert work.tasks.reclaim() == 2
        assert work.tasks.reclaim() == 0
    assert [(task.subject, task.attempts) for task in (take(store), take(store), take(store))] == [
        (1, 2),
        (2, 2),
        (3, 1),
    ]


def test_settled_work_is_gone(store):
    put(store, 1, 2)
    with store.begin() as work:
        work.tasks.settle(READ, 1)
        work.tasks.settle(READ, 99)
        assert work.tasks.waiting_count() == 1
    assert take(store).subject == 2


def test_work_that_runs_still_counts_as_waiting_to_be_finished(store):
    put(store, 1)
    take(store)
    with store.looking() as view:
        assert view.tasks.waiting_count() == 1
