"""The card of a customer at the command line, and merging duplicates."""

from simulators.command_line import run
from simulators.scanner import add_customer, file_paper


def test_what_is_left_out_of_a_change_stays_as_it_is(archive):
    add_customer(archive)
    changed = run(
        *("customer", "change", "C0001", "--status", "old", "--legal-representative", "王建国", "--side", "supplier"),
        *(
            "--contact",
            "李四，0512-6000，采购",
            "--former-name",
            "远山厂=2019-06-30",
            "--former-name",
            "远山社",
            "--json",
        ),
    ).answer
    assert (changed["status"], changed["sides"], changed["legal_representative"]) == ("old", ["supplier"], "王建国")
    assert changed["former_names"] == [
        {"name": "远山厂", "until_on": "2019-06-30"},
        {"name": "远山社", "until_on": None},
    ]
    assert changed["contacts"] == [{"name": "李四", "phone": "0512-6000", "role": "采购"}]
    assert run("customer", "change", "C0001", "--legal-representative", "", "--risk-reason", "欠款").exit_code == 0
    card = run("customer", "show", "C0001", "--json").answer
    assert (card["legal_representative"], card["risk_reason"], card["status"]) == ("", "欠款", "old")
    assert "欠款" in run("customer", "show", "C0001").text
    assert run("customer", "change", "C0009", "--name", "x").exit_code == 4


def test_both_codes_of_a_merged_customer_still_lead_to_it(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "合肥远山贸易有限公司")
    file_paper(archive, "合同", customer_code="C0002")
    assert run("customer", "merge", "C0002", "--into", "C0001").exit_code == 2
    assert run("customer", "merge", "C0002", "--into", "C0001", "--yes").exit_code == 0
    assert run("customer", "merge", "C0002", "--into", "C0001", "--yes").exit_code == 6
    assert run("customer", "show", "C0002", "--json").answer["merged_into"] == "C0001"
    assert run("customer", "show", "C0001", "--json").answer["merged"] == ["C0002"]
