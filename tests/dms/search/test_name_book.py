"""Names are looked up in memory, follow the catalogue, and are shown to those only who may see a paper under them."""

from dataclasses import replace

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay
from simulators.people import LAWYER

from dms.domain.customer import CustomerFacts, FormerName
from dms.search import index_item
from dms.search.name_book import FEW, NameBook, Register, name_book

EVERYTHING = b"\x01" * 1000


def names(register, sought, *, visible=EVERYTHING, most=10, each=10):
    return register.foremost(sought, visible, most=most, each=each)


@pytest.fixture
def register():
    filled = Register()
    filled.state([(1, "甲", ["长江一厂", "C1"]), (2, "乙", ["重庆长江"]), (3, "丙", ["长江二厂", "长江一厂"])])
    return filled


def test_what_begins_so_comes_first_and_nothing_twice(register):
    assert names(register, "长江") == ["丙", "甲", "乙"]
    assert names(register, "江") == ["乙", "丙", "甲"]
    assert names(register, "c1") == ["甲"]
    assert names(register, "黄河") == []


def test_there_are_no_more_than_wanted_in_all_and_of_one_name(register):
    assert names(register, "长江", most=2) == ["丙", "甲"]
    assert names(register, "长江一", each=1) == ["丙"]


def test_what_is_invisible_is_passed_over_and_numbers_beyond_the_end_are_invisible(register):
    assert names(register, "长江", visible=b"\x00\x01\x01\x00") == ["甲", "乙"]
    assert names(register, "长江", visible=b"") == []


def test_a_new_name_takes_the_place_of_all_the_old_ones(register):
    register.state([(1, "甲", ["黄河一厂"])])
    assert names(register, "c1") == []
    assert names(register, "长江一") == ["丙"]
    assert names(register, "一厂") == ["丙", "甲"]


def test_many_new_names_at_once_stand_in_order_as_well(register):
    register.state((number, str(number), [f"江{number:04d}"]) for number in range(10, 2 * FEW))
    assert names(register, "江", most=3) == ["10", "11", "12"]
    register.state([(900, "最前", ["江0000"])])
    assert names(register, "江", most=2) == ["最前", "10"]


class Asking:
    """A book that follows an archive, asked for a person."""

    def __init__(self, archive):
        self._archive = archive
        self._book = NameBook()

    def __call__(self, kind, sought, actor=LAWYER):
        with self._archive.looking() as view:
            self._book.follow(view)
            return getattr(self._book, kind)(sought, view.fulltext.sight(actor), most=9)


@pytest.fixture
def ask(archive):
    return Asking(archive)


def test_the_book_follows_every_change(archive, ask):
    assert ask("customers", "远山") == ask("contracts", "ht1") == ask("titles", "购销") == []
    with archive.begin() as work:
        customer = add_customer(work, "C1", "合肥远山商贸", former=("近水商行",), uscc="91340100MA2N0XYZ1A")
        contract = add_contract(work, "HT-1", "钢材购销", customer)
    assert ask("customers", "远山") == []
    with archive.begin() as work:
        key = lay(work, Paper(title="购销合同", customer_id=customer, contract_id=contract))
    for sought in ("远山", "c1", "近水", "91340100"):
        assert [one.code for one in ask("customers", sought)] == ["C1"]
    assert [one.number for one in ask("contracts", "ht1")] == ["HT-1"]
    assert ask("titles", "购销") == ["购销合同"]
    with archive.begin() as work:
        work.customers.change(customer, CustomerFacts(code="C1", name="东海集团", former_names=(FormerName("远山"),)))
        work.items.classify(key, replace(work.items.get(key).classification, title="补充协议"))
        index_item(work, key)
    assert [one.name for one in ask("customers", "远山")] == ["东海集团"]
    assert ask("customers", "近水") == ask("titles", "购销") == []
    assert ask("titles", "补充") == ["补充协议"]


def test_a_paper_out_of_sight_takes_its_names_along(archive, ask):
    with archive.begin() as work:
        customer = add_customer(work, "C1", "合肥远山商贸")
        key = lay(work, Paper(title="购销合同", customer_id=customer))
    assert ask("titles", "购销")
    with archive.begin() as work:
        work.items.classify(key, replace(work.items.get(key).classification, grade=1))
        index_item(work, key)
    assert ask("titles", "购销") == ask("customers", "远山") == []
    assert ask("customers", "远山", replace(LAWYER, clearance=1))


def test_a_title_is_told_as_a_visible_paper_writes_it(archive, ask):
    with archive.begin() as work:
        lay(work, Paper(title="購銷合同"))
        lay(work, Paper(title="购 销 合 同", grade=1))
    assert ask("titles", "购销") == ["購銷合同"]


def test_nobodys_names_reach_over_into_those_of_another(archive, ask):
    with archive.begin() as work:
        customer = add_customer(work, "C1", "远山", former=("近水",))
        lay(work, Paper(customer_id=customer))
    assert ask("customers", "山近") == ask("customers", "山c") == []


def test_there_is_one_book_for_an_archive(archive):
    assert name_book(archive.store) is name_book(archive.store)
