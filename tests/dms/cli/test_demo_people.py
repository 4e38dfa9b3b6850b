"""The sample people can sign in, each in one role, and find something that waits for them."""

from simulators.archives import PASSWORD
from simulators.scanner import file_paper

from dms.archive import Archive
from dms.cli.demo_people import settle_people
from dms.custody import acting_user, sign_in
from dms.custody.keeping import list_holds
from dms.custody.lending import duties
from dms.domain.actor import OPERATOR, Origin, Role
from dms.domain.clock import local_day
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer
from dms.store import HoldFilter


def settled(archive: Archive) -> None:
    for code, name, department in (
        ("C0002", "佛山市铭岳机电贸易有限公司", ""),
        ("C0003", "成都川驿联运物流有限公司", "物流部"),
    ):
        register_customer(OPERATOR, CustomerFacts(code=code, name=name, department=department), archive=archive)
    file_paper(archive, "货物运输服务合同", customer_code="C0003")
    settle_people(OPERATOR, PASSWORD, archive=archive)


def test_there_is_a_sample_person_for_every_role_but_those_of_the_first_account(archive):
    settled(archive)
    roles = {role for person in settle_people(OPERATOR, PASSWORD, archive=archive) for role in [Role(person.role)]}
    assert roles == set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}
    assert sign_in("zhaoqiming", PASSWORD, archive=archive).roles == frozenset({Role.GENERAL_MANAGER})


def test_a_request_waits_for_the_manager_and_a_hold_lies_on_a_customer(archive):
    settled(archive)
    with archive.looking() as view:
        waiting = list(duties(view, on=local_day(archive.now())))
    assert [duty.person for duty in waiting] == ["chengang"]
    lawyer = acting_user("sunjing", archive=archive).actor(Origin.WEB)
    assert list_holds(lawyer, HoldFilter(), archive=archive, limit=5).total == 1


def test_settled_again_nobody_and_nothing_is_added(archive):
    settled(archive)
    settle_people(OPERATOR, PASSWORD, archive=archive)
    lawyer = acting_user("sunjing", archive=archive).actor(Origin.WEB)
    assert list_holds(lawyer, HoldFilter(), archive=archive, limit=5).total == 1
