"""What is received is durable before anyone says so, and what must not be received is refused whole."""

import shutil
import threading
from dataclasses import replace

import pytest
from simulators.archives import ObedientClock, sealed_objects

from dms.archive import CustomerNotFound, ItemNotFound, NotSealed, ObjectDamaged, TypeNotFound
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState, RenditionRole
from dms.filing import register_customer
from dms.ingest import (
    Claim,
    ClaimUnusable,
    DiskNearlyFull,
    EmptyUpload,
    NotRetryable,
    ReceivingLimits,
    Upload,
    UploadTooLarge,
    receive,
    retry,
)
from dms.store import ItemFilter

LIMITS = ReceivingLimits(max_upload_bytes=1000, min_free_disk_bytes=0)
AUDITOR = Actor(user_id=7, name="auditor", roles=frozenset({Role.AUDITOR}), clearance=3, origin=Origin.WEB)
CLERK = Actor(user_id=8, name="clerk", roles=frozenset({Role.CLERK}), clearance=3, origin=Origin.WEB)


def paper(content: bytes = b"a paper", *, name: str = "scan.png", **claim: str | int) -> Upload:
    return Upload(original_filename=name, uploaded_bytes=content, claim=Claim(**claim))


def test_an_acknowledged_paper_is_sealed_catalogued_journaled_and_queued(archive):
    item = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
        actions = [entry.action for entry in view.journal.entries(subject=item.id)]
        waiting = view.tasks.waiting_count()
    assert archive.unseal(item, original) == b"a paper"
    assert item.state is ItemState.RECEIVED
    assert actions == ["item_received"]
    assert waiting == 1


def test_exactly_equal_bytes_are_one_item_however_often_they_arrive(archive):
    first = receive(OPERATOR, paper(name="one.png"), archive=archive, limits=LIMITS)
    second = receive(OPERATOR, paper(name="other name.pdf"), archive=archive, limits=LIMITS)
    assert second.duplicate
    assert second.item.id == first.item.id
    assert len(sealed_objects(archive)) == 1


def test_equal_bytes_uploaded_at_the_same_moment_become_one_item(archive):
    outcomes = []
    start = threading.Barrier(6)

    def upload():
        start.wait()
        outcomes.append(receive(OPERATOR, paper(), archive=archive, limits=LIMITS))

    threads = [threading.Thread(target=upload) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.duplicate for outcome in outcomes) == [False] + [True] * 5
    assert len(sealed_objects(archive)) == 1


def test_a_duplicate_of_a_secret_paper_is_not_linked_for_those_who_may_not_see_it(archive):
    item = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with archive.begin() as work:
        work.items.classify(item.key, replace(item.classification, grade=1))
    outcome = receive(CLERK, paper(), archive=archive, limits=LIMITS)
    assert outcome.duplicate
    assert outcome.item is None


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", EmptyUpload), (b"x" * 1001, UploadTooLarge)],
)
def test_a_paper_of_impossible_size_is_refused_and_leaves_nothing(archive, content, refusal):
    with pytest.raises(refusal) as caught:
        receive(OPERATOR, paper(content), archive=archive, limits=LIMITS)
    assert caught.value.message.zh
    assert caught.value.message.en
    assert sealed_objects(archive) == []


def test_nothing_is_accepted_that_would_fill_the_disk(archive):
    with pytest.raises(DiskNearlyFull):
        receive(OPERATOR, paper(), archive=archive, limits=replace(LIMITS, min_free_disk_bytes=2**60))


def test_a_claim_for_an_unknown_customer_is_refused_before_anything_is_stored(archive):
    with pytest.raises(CustomerNotFound):
        receive(OPERATOR, paper(customer_code="C9999"), archive=archive, limits=LIMITS)
    assert sealed_objects(archive) == []


def test_what_the_uploader_claims_is_kept(archive):
    register_customer(OPERATOR, CustomerFacts(code="C1", name="合肥远山商贸有限公司"), archive=archive)
    upload = paper(customer_code="c1", type_code="receipt", contract_no=" HT-1 ", year=2024)
    item = receive(OPERATOR, upload, archive=archive, limits=LIMITS).item
    assert item.claim.customer_id is not None
    assert (item.claim.type_code, item.claim.series_code, item.claim.year) == ("receipt", "2", 2024)
    assert item.claimed_contract_no == "HT-1"


def test_who_may_not_receive_is_told_so(archive):
    with pytest.raises(ActionForbidden):
        receive(AUDITOR, paper(), archive=archive, limits=LIMITS)


@pytest.mark.parametrize(
    ("untrusted_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\扫描\合同.pdf", "合同.pdf"),
        ("a\x00b\n.png", "ab .png"),
        ("", "unnamed"),
        ("长" * 300 + ".pdf", "长" * 180 + "…" + "长" * 15 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_a_name_and_never_as_a_path(archive, untrusted_name, kept):
    item = receive(OPERATOR, paper(name=untrusted_name), archive=archive, limits=LIMITS).item
    assert item.original_filename == kept


def test_only_a_failed_paper_can_be_retried(archive):
    item = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with pytest.raises(NotRetryable):
        retry(OPERATOR, item.id, archive=archive)


def test_an_original_served_for_another_item_is_not_released(archive):
    first = receive(OPERATOR, paper(b"first"), archive=archive, limits=LIMITS).item
    second = receive(OPERATOR, paper(b"second"), archive=archive, limits=LIMITS).item
    with archive.looking() as view:
        other = view.contents.rendition(second.key, RenditionRole.ORIGINAL)
    with pytest.raises(ObjectDamaged):
        archive.unseal(first, other)


class BreakingClock(ObedientClock):
    """Stands for a power cut at the n-th time that somebody asks for the time."""

    def __init__(self, asked_times: int) -> None:
        super().__init__()
        self._left = asked_times

    def now(self):
        self._left -= 1
        if self._left < 0:
            raise SystemExit
        return super().now()


@pytest.mark.parametrize("moment", [1, 2, 3], ids=["before the transaction", "halfway", "at the journal entry"])
def test_a_stop_between_sealing_and_the_end_of_the_transaction_leaves_no_trace_but_garbage(archive, moment):
    with pytest.raises(SystemExit):
        receive(OPERATOR, paper(), archive=replace(archive, clock=BreakingClock(moment)), limits=LIMITS)
    with archive.looking() as view:
        assert view.items.count(ItemFilter(), actor=OPERATOR) == 0
        assert view.tasks.waiting_count() == 0
        assert view.contents.object_ids() == set()
    assert len(sealed_objects(archive)) == 1
    received = receive(OPERATOR, paper(), archive=archive, limits=LIMITS)
    assert not received.duplicate
    assert len(sealed_objects(archive)) == 2


def test_a_vault_that_cannot_store_is_named_and_nothing_is_acknowledged(archive):
    shutil.rmtree(archive.home / "vault")
    (archive.home / "vault").write_text("in the way")
    with pytest.raises(NotSealed) as caught:
        receive(OPERATOR, paper(), archive=archive, limits=LIMITS)
    assert caught.value.message.zh and caught.value.message.en
    with archive.looking() as view:
        assert view.items.count(ItemFilter(), actor=OPERATOR) == 0


@pytest.mark.parametrize(
    "claim", [{"year": 1}, {"year": 10**30}, {"year": -2024}, {"year": 2100}, {"contract_no": "长" * 101}]
)
def test_a_claim_that_cannot_be_right_is_refused_before_anything_is_stored(archive, claim):
    with pytest.raises(ClaimUnusable):
        receive(OPERATOR, paper(**claim), archive=archive, limits=LIMITS)
    assert sealed_objects(archive) == []


def test_a_claimed_number_holds_nothing_that_nobody_can_see(archive):
    upload = paper(contract_no="\u202eHT-\x00\udc80 1\n2")
    assert receive(OPERATOR, upload, archive=archive, limits=LIMITS).item.claimed_contract_no == "HT- 1 2"


def test_a_rejected_paper_may_be_handed_in_again(archive):
    first = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with archive.begin() as work:
        work.items.withdraw(first.key)
    again = receive(OPERATOR, paper(), archive=archive, limits=LIMITS)
    assert not again.duplicate
    assert again.item.id != first.id


def test_an_unknown_type_is_refused_with_the_types_that_there_are(archive):
    with pytest.raises(TypeNotFound, match="delivery_voucher"):
        receive(OPERATOR, paper(type_code="magazine"), archive=archive, limits=LIMITS)


def test_who_may_not_receive_may_not_have_a_paper_read_again_either(archive):
    item = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with pytest.raises(ActionForbidden):
        retry(AUDITOR, item.id, archive=archive)


def test_a_secret_paper_cannot_be_read_again_by_those_who_may_not_know_of_it(archive):
    item = receive(OPERATOR, paper(), archive=archive, limits=LIMITS).item
    with archive.begin() as work:
        work.items.classify(item.key, replace(item.classification, grade=2))
    with pytest.raises(ItemNotFound):
        retry(CLERK, item.id, archive=archive)
