"""The yearly binding at the command line: looked at, carried out, gone on with, given up."""

from datetime import UTC, date, datetime

import pytest
from simulators.command_line import run
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

from dms.domain.actor import OPERATOR
from dms.filing.binding import carry_on, start_binding

ARRIVED_AT = datetime(2025, 1, 10, 4, 0, tzinfo=UTC)
CODES = ["Q001-KH·C0001·1·2024-001", "Q001-KH·C0001·3·2024-001"]


@pytest.fixture
def year_of_papers(archive):
    customer_id = add_customer(archive)
    contract_id = add_contract(archive, customer_id, title="压力机采购合同", signed_on=date(2024, 1, 5))
    for type_code, of_contract in (("licence", None), ("delivery_voucher", contract_id), ("contract", contract_id)):
        paper = Filed(
            customer_id=customer_id,
            type_code=type_code,
            contract_id=of_contract,
            doc_on=date(2024, 5, 18),
            arrived_at=ARRIVED_AT,
        )
        lay_filed(archive, paper)


def test_a_dry_run_answers_everything_and_spends_nothing(archive, year_of_papers):
    first = run("volume", "bind", "--year", "2024", "--dry-run", "--json")
    again = run("volume", "bind", "--year", "2024", "--dry-run", "--json")
    assert first.exit_code == 0
    assert first.answer == again.answer
    assert [volume["code"] for volume in first.answer["volumes"]] == CODES
    assert first.answer["volumes"][0]["papers"][0]["code"] == f"{CODES[0]}-001"
    assert [(row["contract_no"], row["because"]) for row in first.answer["carried"]] == [("HT-001", "running")]
    assert {row["requirement"] for row in first.answer["missing"]} == {"authorization", "acceptance_record"}
    assert first.answer["run"] is None


def test_a_dry_run_is_told_in_words(archive, year_of_papers):
    done = run("volume", "bind", "--year", "2024", "--dry-run")
    assert CODES[0] in done.text
    assert "carried forward  C0001  HT-001" in done.text
    assert "No number was spent" in done.messages


def test_a_year_is_bound_and_bound_again_without_a_change(archive, year_of_papers):
    done = run("volume", "bind", "--year", "2024", "--json")
    assert (done.exit_code, done.answer["state"], done.answer["items"]) == (0, "done", 2)
    assert [volume["code"] for volume in done.answer["volumes"]] == CODES
    again = run("volume", "bind", "--year", "2024", "--json")
    assert (again.exit_code, again.answer["run"], again.answer["volumes"]) == (0, None, [])


def test_a_bound_year_is_told_in_words(archive, year_of_papers):
    done = run("volume", "bind", "--year", "2024", "--cut-off", "2025-01-31")
    assert CODES[1] in done.text
    assert "2024 is bound: volumes 2, items 2, pages 2." in done.messages


def test_a_run_that_was_cut_off_is_gone_on_with(archive, year_of_papers):
    begun = start_binding(OPERATOR, 2024, archive=archive)
    carry_on(OPERATOR, begun.id, archive=archive, go_on=lambda: False)
    done = run("volume", "bind", "--year", "2024", "--json")
    assert (done.answer["run"], done.answer["state"], len(done.answer["volumes"])) == (begun.id, "done", 2)


def test_a_run_of_another_year_stands_in_the_way(archive, year_of_papers):
    start_binding(OPERATOR, 2024, archive=archive)
    done = run("volume", "bind", "--year", "2023", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (6, "binding_under_way")


def test_a_run_is_given_up(archive, year_of_papers):
    start_binding(OPERATOR, 2024, archive=archive)
    assert "The binding of 2024 is given up" in run("volume", "bind", "--year", "2024", "--give-up").messages
    again = run("volume", "bind", "--year", "2024", "--dry-run", "--json")
    assert [volume["code"] for volume in again.answer["volumes"]] == CODES


def test_a_cut_off_before_the_year_is_refused(archive):
    done = run("volume", "bind", "--year", "2024", "--cut-off", "2023-12-31", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (3, "binding_period_invalid")
