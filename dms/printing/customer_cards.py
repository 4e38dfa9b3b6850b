"""客户卡: what the archive knows of a customer, on a page of its own."""

from typing import Any, Final

from dms.printing.errors import NothingToPrint
from dms.printing.ledger_facts import CustomerCard, CustomerCards
from dms.printing.listing import head
from dms.printing.typesetting import typeset
from dms.printing.wrapping import breakable

_MM: Final = 50
"""The width of a cell."""


def customer_cards_pdf(form: CustomerCards) -> bytes:
    """The cards, each beginning a page. Raises `NothingToPrint` where there are none."""
    if not form.cards:
        raise NothingToPrint
    content = {"title": "客户卡", **head(form.letterhead), "cards": [_card(card) for card in form.cards]}
    return typeset("customer-card", content, made_at=form.letterhead.made_at)


def _card(card: CustomerCard) -> dict[str, Any]:
    return {
        "code": card.code,
        "name": card.name,
        "watched": card.risk_reason,
        "rows": [
            [[name, breakable(value, _MM if len(row) > 1 else 3 * _MM)] for name, value in row] for row in _rows(card)
        ],
        "contacts": [[each.name, each.role, breakable(each.phone, _MM)] for each in card.contacts],
        "holdings": [
            [str(held.year), held.series, breakable(held.volumes, _MM), str(held.items), str(held.pages)]
            for held in card.holdings
        ],
        "sums": [str(sum(held.items for held in card.holdings)), str(sum(held.pages for held in card.holdings))],
    }


def _rows(card: CustomerCard) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The cells of the card: one or two names and values a row."""
    running = f"{card.contracts} 份，其中履行中 {card.contracts_running} 份"
    return (
        (("曾用名", "；".join(card.former_names)),),
        (("统一社会信用代码", card.uscc), ("法定代表人", card.legal_representative)),
        (("往来方向", card.sides), ("客户状态", card.status)),
        (("客户性质", card.nature), ("客户分级", card.grade)),
        (("立卷分类", card.volume_axis), ("归口部门", card.department)),
        (("注册资本", card.registered_capital), ("企业规模", card.scale)),
        (("所属行业", card.industry), ("合同", running)),
        (("经营范围", card.scope),),
        (("地址", card.address), ("邮政编码", card.postcode)),
        (("电话", card.phone), ("传真", card.fax)),
        (("档案保管人", card.custodian), ("第二联系人", card.second_contact)),
    )
