"""Title documents at the terminal: the same rules, and a password for every signature."""

from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.scanner import add_customer
from simulators.title_documents import add_safe

from dms.domain.actor import LOWEST_GRADE, Role

PEOPLE = {
    "jingban": Role.HANDLER,
    "dangan": Role.ARCHIVIST,
    "quanzheng": Role.CUSTODIAN,
    "jianzheng": Role.CLERK,
    "zongjingli": Role.GENERAL_MANAGER,
}
SOON = (date.today() + timedelta(days=3)).isoformat()


@pytest.fixture
def desk(archive, tmp_path):
    """Runs a command of ``dms title`` as somebody; who signs, does so with the file."""
    add_safe(archive)
    add_safe(archive, "BX2", "二号保险柜")
    add_customer(archive)
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with archive.begin() as work:
        for name, role in PEOPLE.items():
            work.users.add(
                name=name, display_name=name, password_hash=quick, roles=frozenset({role}), clearance=LOWEST_GRADE
            )
    (tmp_path / "password").write_text(PASSWORD)

    def act(name, *arguments):
        return run("title", *arguments, "--as", name)

    return act


@pytest.fixture
def signing(tmp_path):
    """The options with which one person signs, and two."""
    own = ("--password-file", tmp_path / "password")
    return own, (*own, "--witness", "jianzheng", "--witness-password-file", tmp_path / "password")


@pytest.fixture
def slip(desk):
    """The id of a slip with one line."""
    begun = desk("jingban", "slip", "begin", "--customer", "C0001", "--department", "销售部", "--json")
    number = str(begun.answer["id"])
    line = ("--kind", "other_right", "--name", "他项权证", "--number", "T-77", "--holder", "本公司", "--quantity", "2")
    assert desk("jingban", "slip", "add", number, *line, "--value", "10", "--issued", "2025-11-03").exit_code == 0
    return number


@pytest.fixture
def title(desk, signing, slip):
    """The number of a title document that lies in BX1, which stands open."""
    own, both = signing
    assert desk("jingban", "slip", "hand-over", slip, *own).exit_code == 0
    assert desk("dangan", "slip", "check", slip).exit_code == 0
    assert desk("dangan", "slip", "confirm", slip, *own).exit_code == 0
    assert desk("quanzheng", "slip", "check", slip).exit_code == 0
    taken = desk("quanzheng", "slip", "take-over", slip, "--safe", "BX1", *own, "--json")
    assert desk("quanzheng", "safe", "open", "BX1", "--purpose", "入库", *both).exit_code == 0
    number = taken.answer["titles"][0]["number"]
    assert desk("quanzheng", "put-in", number).exit_code == 0
    return number


@pytest.fixture
def approved(desk, signing, title):
    """Takes the title document out for a use, approved; the number of the request."""

    def ask(use="outside", quantity="2"):
        wish = ("--use", use, "--purpose", "变更登记", "--quantity", quantity, "--due", SOON, "--json")
        request = desk("jingban", "request", title, *wish).answer["number"]
        assert desk("zongjingli", "decide", request, "--approve", *signing[0]).exit_code == 0
        assert desk("quanzheng", "take-out", request).exit_code == 0
        return request

    return ask


def test_a_title_document_goes_out_and_comes_back(desk, signing, title, approved):
    request = approved()
    shown = desk("jingban", "show", title, "--json").answer
    assert (shown["state"], shown["balance"]) == ("out", 0)
    assert desk("quanzheng", "bring-back", request, "--quantity", "2", "--condition", "damaged").exit_code == 3
    back = ("--quantity", "2", "--condition", "damaged", "--brought-by", "张三", "--remark", "撕裂")
    assert desk("quanzheng", "bring-back", request, *back).exit_code == 0
    assert [line["balance"] for line in desk("jingban", "show", title, "--json").answer["movements"]] == [2, 0, 2]
    assert "brought_back" in desk("jingban", "show", title).text
    assert desk("quanzheng", "safe", "close", "BX1", *signing[1], "--json").answer["closed_by"] == "quanzheng"
    assert desk("jingban", "requests", "--json").answer["requests"][0]["state"] == "closed"
    assert request in desk("jingban", "requests", "--mine").text
    assert desk("jingban", "requests", "--late", "--state", "out").text == ""


def test_the_ledger_is_listed(desk, title):
    assert desk("dangan", "list", "--json").answer["titles"][0]["certificate_no"] == "T-77"
    assert title in desk("dangan", "list", "--safe", "BX1", "--words", "T-77", "--state", "in_safe").text
    assert "equity_pledge" in desk("dangan", "kinds").text
    added = desk("quanzheng", "kinds", "--add", "bill", "--zh", "票据", "--en", "Bill")
    assert "票据" in added.text
    assert desk("quanzheng", "kinds", "--add", "Bad Code", "--zh", "x").exit_code == 3


def test_a_certificate_is_exchanged_and_one_is_lost(desk, signing, title, approved):
    request = approved("exchange", "1")
    new = ("--kind", "other_right", "--name", "他项权证", "--number", "T-78", "--holder", "本公司")
    assert "QZ-" in desk("quanzheng", "exchange", request, *new).messages
    lost = approved("outside", "1")
    assert desk("quanzheng", "lost", lost, "--report", "遗失", *signing[1]).exit_code == 0
    assert desk("jingban", "show", title, "--json").answer["state"] == "lost"


def test_every_signature_needs_a_password_of_its_own(desk, signing, slip, tmp_path):
    assert desk("jingban", "slip", "hand-over", slip).exit_code == 2
    (tmp_path / "wrong").write_text("some other password")
    assert desk("jingban", "slip", "hand-over", slip, "--password-file", tmp_path / "wrong").exit_code in {3, 5}
    assert run("title", "slip", "hand-over", slip).exit_code == 5
    own, _ = signing
    itself = (*own, "--witness", "quanzheng", "--witness-password-file", tmp_path / "password")
    assert desk("quanzheng", "safe", "open", "BX1", "--purpose", "x", *itself).exit_code == 5


def test_a_slip_goes_back_and_is_given_up(desk, signing, slip):
    assert desk("jingban", "slip", "hand-over", slip, *signing[0]).exit_code == 0
    assert desk("dangan", "slip", "check", slip, "--differs", "1", "少一份").exit_code == 0
    assert desk("dangan", "slip", "confirm", slip, *signing[0]).exit_code == 6
    assert desk("dangan", "slip", "return", slip, "--reason", "少一份").exit_code == 0
    assert desk("jingban", "slip", "remove", slip, "9").exit_code == 4
    assert desk("jingban", "slip", "remove", slip, "1").exit_code == 0
    assert desk("jingban", "slip", "withdraw", slip, "--reason", "改期").exit_code == 0
    assert desk("jingban", "slip", "show", slip, "--json").answer["state"] == "withdrawn"
    assert desk("jingban", "slip", "list", "--json").answer["total"] == 1
    assert "QZYJ-" in desk("jingban", "slip", "list").messages


def test_a_safe_is_counted_and_signed_for(desk, signing, title):
    assert desk("quanzheng", "stock-take", "plan", "--safe", "BX1").exit_code == 0
    assert desk("quanzheng", "stock-take", "begin", "1").exit_code == 0
    assert desk("quanzheng", "stock-take", "show", "1", "--json").answer["lines"][0]["expected"] is None
    found = ("--found", "1", "1", "--besides", "旧证", "N-1", "1")
    assert desk("quanzheng", "stock-take", "count", "1", *found).exit_code == 0
    assert desk("quanzheng", "stock-take", "sign", "1", *signing[1]).exit_code == 6
    said = ("--line", "1", "副本在外", "--line", "2", "补移交")
    assert desk("quanzheng", "stock-take", "explain", "1", *said).exit_code == 0
    assert "T-77" in desk("quanzheng", "stock-take", "show", "1").text
    assert desk("quanzheng", "stock-take", "sign", "1", *signing[1]).exit_code == 0
    assert desk("quanzheng", "stock-take", "list", "--json").answer["stock_takes"][0]["state"] == "closed"
    assert desk("quanzheng", "stock-take", "cancel", "1", "--reason", "x").exit_code == 6
    assert "PD-" in desk("quanzheng", "stock-take", "list").messages


def test_safes_and_routes_are_ordered(desk, signing, title):
    assert desk("quanzheng", "safe", "open", "BX2", "--purpose", "移柜", *signing[1]).exit_code == 0
    assert desk("quanzheng", "move", title, "--safe", "BX2").exit_code == 0
    safes = {safe["code"]: safe for safe in desk("quanzheng", "safe", "list", "--json").answer["safes"]}
    assert (safes["BX1"]["pieces"], safes["BX2"]["pieces"]) == (0, 2)
    assert "BX2" in desk("quanzheng", "safe", "list").text
    assert run("title", "safe", "keeper", "BX2", "quanzheng").exit_code == 0
    stated = ("--route", "general_manager", "-", "--route", "manager_in_charge", "100000")
    assert "100000" in run("title", "routes", *stated).text
    assert desk("jingban", "routes", *stated).exit_code == 5
    refused = desk("jingban", "request", title, "--purpose", "x", "--due", SOON)
    assert refused.exit_code == 0 and "manager in charge" in refused.messages
    assert desk("jingban", "withdraw", "1").exit_code == 0


@pytest.mark.parametrize("form", ["slip", "ledger", "movements", "openings"])
def test_forms_are_written_to_a_new_place(desk, title, tmp_path, form):
    about = ("--about", "1") if form == "slip" else ()
    for ending in ("pdf", "xlsx"):
        assert desk("quanzheng", "print", form, *about, "-o", tmp_path / f"form.{ending}").exit_code == 0
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    assert desk("quanzheng", "print", form, *about, "-o", tmp_path / "form.pdf").exit_code == 6
    assert desk("quanzheng", "print", form, *about, "-o", tmp_path / "form.doc").exit_code == 2
