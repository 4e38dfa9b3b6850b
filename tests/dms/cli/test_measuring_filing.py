"""A drawn year is filed and bound in a throw-away archive, and every rule is held to."""

from datetime import date

from simulators.command_line import run
from simulators.filed_papers import Filed, add_customer, lay_filed

from dms.cli.measuring_filing.drawing import Mishap, drawn_year
from dms.cli.measuring_filing.judging import judged
from dms.domain.actor import OPERATOR
from dms.domain.volume import VolumeState
from dms.filing.binding import carry_on, start_binding

SMALL = ("--customers", "6", "--contracts", "12", "--items", "150")


def test_the_bench_binds_two_years_and_finds_nothing_broken():
    answer = run("bench", "filing", *SMALL, "--json").answer
    assert answer["items"] == answer["bound_items"] + answer["loose_items"] == 150
    assert (answer["rules_broken"], answer["gaps"], answer["still_to_bind"]) == ([], 0, 0)
    assert (answer["third_run_volumes"], answer["third_run_changed"]) == (0, False)
    assert answer["run_volumes"] > 0


def test_the_same_seed_draws_the_same_year():
    one, other = (drawn_year(2025, customers=5, contracts=9, items=80, seed=seed) for seed in (7, 7))
    assert one == other
    assert one != drawn_year(2025, customers=5, contracts=9, items=80, seed=8)
    assert {paper.mishap for paper in one.papers} <= set(Mishap)


def test_a_year_is_drawn_with_papers_of_the_year_before_too():
    papers = drawn_year(2025, customers=20, contracts=60, items=500, seed=1).papers
    assert {paper.year for paper in papers} == {2024, 2025}
    assert all(paper.doc_on is None or paper.doc_on >= date(2024, 1, 1) for paper in papers)


def test_a_broken_volume_is_found_out(archive):
    customer_id = add_customer(archive)
    for day in (1, 2):
        lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2025, 1, day)))
    carry_on(OPERATOR, start_binding(OPERATOR, 2025, archive=archive).id, archive=archive)
    assert judged(archive).broken == ()
    with archive.begin() as work:
        (volume,) = work.volumes.list(actor=OPERATOR)
        work.volumes.change_state(volume.id, VolumeState.CLEANING)
        work.items.unplace(work.volumes.items_of(volume.id)[0].key, to_volume_id=None)
    assert {broken[:2] for broken in judged(archive).broken} == {"J1", "J4"}
