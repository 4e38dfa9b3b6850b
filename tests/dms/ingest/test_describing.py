"""What the uploader stated stands, what the machine is sure of is filled in, and the rest waits for a person."""

import time
from datetime import date
from decimal import Decimal

import pytest
from simulators.scanner import COMPANY_NAME, add_customer, file_paper, hand_in, read_everything, scan
from sqlalchemy import select

from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.domain.document_type import DocumentType
from dms.domain.proposal import FieldName
from dms.filing import change_customer
from dms.ingest import Describer
from dms.store.tables import customer as customer_table

CONTRACT = f"""买卖合同
合同编号：HT-2024-001
甲方：安徽皖江重工机械有限公司
乙方：{COMPANY_NAME}
合同总金额：￥438,000.00元
签订日期：2024年5月18日"""


@pytest.fixture
def customer(archive):
    add_customer(archive)


def test_a_paper_is_filled_in_with_what_was_read(archive, customer):
    item = scan(archive, CONTRACT)
    stated = item.classification
    with archive.looking() as view:
        assert view.customers.get(stated.customer_id).code == "C0001"
    assert (stated.type_code, stated.series_code, stated.year) == ("contract", "3", 2024)
    assert (stated.doc_on, stated.amount) == (date(2024, 5, 18), Decimal("438000.00"))
    assert stated.contract_id is None


def test_what_the_uploader_stated_is_not_overruled(archive, customer):
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    item = scan(archive, CONTRACT, customer_code="C0002", type_code="receipt", year=2020)
    stated = item.classification
    with archive.looking() as view:
        assert view.customers.get(stated.customer_id).code == "C0002"
    assert (stated.type_code, stated.series_code, stated.year) == ("receipt", "2", 2020)
    assert item.doubts


def test_a_contract_that_the_ledger_knows_is_recognised(archive, customer):
    filed = file_paper(archive, "合同正文")
    assert scan(archive, CONTRACT).classification.contract_id == filed.classification.contract_id


def test_a_customer_that_nobody_registered_is_left_open_and_said(archive):
    item = scan(archive, CONTRACT)
    assert item.classification.customer_id is None
    assert "customer_unknown" in item.doubts


def test_a_customer_registered_meanwhile_is_known_to_the_next_paper(archive):
    assert scan(archive, CONTRACT).classification.customer_id is None
    add_customer(archive)
    assert scan(archive, f"{CONTRACT}\n又一份").classification.customer_id is not None


def test_readers_that_work_on_learn_of_new_customers_names_and_contracts(archive):
    describer = Describer(archive)
    item = hand_in(archive, CONTRACT)
    read_everything(archive)
    assert describer.describe(item).classification.customer_id is None
    add_customer(archive, name="旧名实业有限公司")
    assert describer.describe(item).classification.customer_id is None
    change_customer(OPERATOR, "C0001", CustomerFacts(code="C0001", name=COMPANY_NAME), archive=archive)
    assert describer.describe(item).classification.customer_id is not None
    assert describer.describe(item).classification.contract_id is None
    file_paper(archive, "合同正文")
    assert describer.describe(item).classification.contract_id is not None


def test_a_type_that_this_archive_does_not_file_is_filed_as_other(archive, customer):
    item = scan(archive, "今天天气很好")
    assert (item.classification.type_code, item.classification.series_code) == ("other", "1")


def test_a_type_moved_to_another_series_takes_its_papers_along(archive, customer):
    with archive.begin() as work:
        work.scheme.state_type(DocumentType(code="contract", zh="合同", en="Contract", series="4"))
    assert scan(archive, CONTRACT).classification.series_code == "4"


def test_every_proposal_stands_where_its_characters_stand(archive, customer):
    item = scan(archive, CONTRACT)
    with archive.looking() as view:
        proposals = view.contents.proposals(item.key)
        (page,) = view.contents.pages(item.key)
    number = proposals[FieldName.CONTRACT_NO]
    assert page.text[number.place.start : number.place.end] == number.as_read == "HT-2024-001"


def test_a_paper_of_many_pages_is_described_by_its_first_and_last_ones(archive, customer):
    pages = [CONTRACT, *(f"第 {number} 页" for number in range(100)), "末页 验收合格"]
    item = scan(archive, "\f".join(pages))
    assert item.pages_total == 102
    assert item.classification.type_code == "contract"


@pytest.mark.slow
def test_among_ten_thousand_customers_only_a_change_makes_the_next_paper_wait(archive, customer):
    with archive.begin() as work:
        model = dict(work.connection.execute(select(customer_table)).mappings().first())
        copies = [model | {"id": n, "code": f"K{n}", "name": f"第{n}号商贸有限公司"} for n in range(2, 10_002)]
        work.connection.execute(customer_table.insert(), copies)
    describer = Describer(archive)
    item = scan(archive, CONTRACT)
    describer.describe(item)
    file_paper(archive, "与合同无关", contract_no="", type_code="licence")
    started = time.perf_counter()
    assert describer.describe(item).classification.customer_id is not None
    assert time.perf_counter() - started < 0.5
