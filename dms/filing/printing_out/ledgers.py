"""The ledger of contracts, what is missing, what is carried forward, and the customers."""

from collections import Counter

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor
from dms.domain.contract import Contract, ContractState
from dms.domain.customer import Customer, FormerName
from dms.domain.missing_paper import MissingReason
from dms.domain.volume import Volume
from dms.errors import Bilingual
from dms.filing.binding import CARRIED_BECAUSE, plan_binding
from dms.filing.ledger import LedgerWish, MissingEntry, MissingWish, contract_ledger, papers_missing
from dms.filing.printing_out.errors import PrintWishIncomplete
from dms.filing.printing_out.volumes_wished import EVERY
from dms.filing.printing_out.wish import FORM_NAMES, PrintWish
from dms.filing.printing_out.words import (
    AXIS_WORDS,
    CONTRACT_WORDS,
    CUSTOMER_GRADE_WORDS,
    NATURE_WORDS,
    SIDE_WORDS,
    STATUS_WORDS,
    letterhead,
    series_names,
)
from dms.printing import (
    CardContact,
    CardHolding,
    CarriedLine,
    CarryForwardList,
    ContractLedger,
    CustomerCard,
    CustomerCards,
    CustomerLine,
    CustomerList,
    LedgerLine,
    MissingLine,
    MissingPapersList,
)
from dms.store import ContractFilter, UnitOfWork

_OPEN = "活页"


def ledger_of_contracts(actor: Actor, wish: PrintWish, *, archive: Archive) -> ContractLedger:
    """The contracts of the customer, department and year of signing wished for."""
    asked = LedgerWish(customer_code=wish.customer_code, department=wish.department, signed_year=wish.year, limit=None)
    found = contract_ledger(actor, asked, archive=archive)
    lacking = papers_missing(actor, MissingWish(customer_code=wish.customer_code), archive=archive)
    missing = Counter(entry.contract.id for entry in lacking.entries if entry.contract)
    with archive.looking() as view:
        head = letterhead(actor, archive=archive, work=view, department=wish.department or "")
    return ContractLedger(
        letterhead=head,
        lines=tuple(
            _ledger_line(entry.contract, entry.customer, entry.item_count, missing[entry.contract.id])
            for entry in found.entries
        ),
        subject=_subject(wish, "签订"),
    )


def missing_papers_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> MissingPapersList:
    """What customer files and contracts lack, of the department or customer wished for."""
    asked = MissingWish(department=wish.department, customer_code=wish.customer_code)
    found = papers_missing(actor, asked, archive=archive)
    with archive.looking() as view:
        head = letterhead(actor, archive=archive, work=view)
    return MissingPapersList(
        letterhead=head, lines=tuple(map(_missing_line, found.entries)), subject=_subject(wish, "")
    )


def carry_forward_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> CarryForwardList:
    """The contracts whose papers stay loose at the end of the year wished for, with the reasons.

    Raises `PrintWishIncomplete`, `BindingPeriodInvalid`, and `ActionForbidden` for whoever does not bind volumes.
    """
    if wish.year is None:
        raise PrintWishIncomplete(FORM_NAMES[wish.form], Bilingual("年度", "a year"))
    plan = plan_binding(actor, wish.year, archive=archive)
    with archive.looking() as view:
        contracts = view.contracts.with_ids({each.contract_id for each in plan.carried})
        lines = tuple(
            CarriedLine(
                customer=f"{each.customer_code} {each.customer_name}",
                contract_no=each.number,
                contract_title=each.title,
                department=each.department,
                handler=each.handler,
                signed_on=each.signed_on,
                ends_on=each.ends_on,
                state=CONTRACT_WORDS[contracts[each.contract_id].facts.state],
                items=len(each.item_ids),
                pages=sum(filter(None, view.items.page_totals(each.item_ids, actor=actor).values())),
                reason=CARRIED_BECAUSE[each.because].zh,
            )
            for each in plan.carried
        )
        head = letterhead(actor, archive=archive, work=view)
    return CarryForwardList(letterhead=head, year=plan.year, lines=lines, cut_off_on=plan.cut_off_on)


def customer_cards(actor: Actor, wish: PrintWish, *, archive: Archive) -> CustomerCards:
    """The card of one customer; raises `PrintWishIncomplete` or `CustomerNotFound`."""
    if not wish.customer_code:
        raise PrintWishIncomplete(FORM_NAMES[wish.form], Bilingual("客户代码", "the code of a customer"))
    with archive.looking() as view:
        customer = customer_for(actor, wish.customer_code, work=view)
        return CustomerCards(
            letterhead=letterhead(actor, archive=archive, work=view), cards=(_card(customer, actor=actor, work=view),)
        )


def customer_list(actor: Actor, wish: PrintWish, *, archive: Archive) -> CustomerList:
    """The customers that the actor may know of, or those of the department wished for."""
    with archive.looking() as view:
        _, customers = view.customers.matching("", actor=actor, limit=EVERY)
        listed = [each for each in customers if wish.department in (None, each.facts.department)]
        contracts = Counter(
            row.contract.facts.customer_id for row in view.contracts.page(ContractFilter(), actor=actor)
        )
        volumes = view.volumes.list(actor=actor)
        held = Counter(volume.customer_id for volume in volumes)
        items: Counter[int | None] = Counter()
        for volume in volumes:
            items[volume.customer_id] += volume.item_count
        return CustomerList(
            letterhead=letterhead(actor, archive=archive, work=view),
            lines=tuple(_customer_line(each, contracts[each.id], held[each.id], items[each.id]) for each in listed),
            subject=_subject(wish, ""),
        )


def _ledger_line(contract: Contract, customer: Customer, items: int, missing: int) -> LedgerLine:
    facts = contract.facts
    return LedgerLine(
        number=facts.number,
        title=facts.title,
        customer=f"{customer.code} {customer.name}",
        department=facts.department,
        handler=facts.handler,
        amount=facts.amount,
        signed_on=facts.signed_on,
        effective_on=facts.effective_on,
        ends_on=facts.ends_on,
        performed_on=facts.performed_on,
        settled_on=facts.settled_on,
        warranty_ends_on=facts.warranty_ends_on,
        state=CONTRACT_WORDS[facts.state],
        items=items,
        missing=missing,
        remark=facts.remark,
    )


def _missing_line(entry: MissingEntry) -> MissingLine:
    contract = entry.contract.facts if entry.contract else None
    expired = entry.paper.because is MissingReason.EXPIRED
    lapsed = f"{entry.expired_on} 已过期" if entry.expired_on else "已过期"
    return MissingLine(
        department=entry.paper.department,
        customer=f"{entry.customer.code} {entry.customer.name}",
        contract_no=contract.number if contract else "",
        contract_title=contract.title if contract else "",
        paper=entry.paper.requirement.zh or "、".join(sorted(entry.paper.requirement.types)),
        reason=lapsed if expired else "未见该资料",
        handler=contract.handler if contract else entry.customer.facts.custodian,
    )


def _customer_line(customer: Customer, contracts: int, volumes: int, items: int) -> CustomerLine:
    facts = customer.facts
    return CustomerLine(
        code=facts.code,
        name=facts.name,
        former_names="、".join(former.name for former in facts.former_names),
        uscc=facts.uscc or "",
        nature=NATURE_WORDS[facts.nature],
        status=STATUS_WORDS[facts.status],
        volume_axis=AXIS_WORDS[facts.volume_axis],
        department=facts.department,
        custodian=facts.custodian,
        contracts=contracts,
        volumes=volumes,
        items=items,
        remark="已并入其他客户" if customer.merged_into_id else facts.risk_reason,
    )


def _card(customer: Customer, *, actor: Actor, work: UnitOfWork) -> CustomerCard:
    facts = customer.facts
    rows = work.contracts.page(ContractFilter(customer_id=customer.id), actor=actor)
    texts = (
        "legal_representative", "registered_capital", "scale", "industry", "scope", "address", "postcode", "phone",
        "fax", "custodian", "second_contact", "risk_reason",
    )  # fmt: skip
    return CustomerCard(
        code=facts.code,
        name=facts.name,
        former_names=tuple(map(_formerly, facts.former_names)),
        uscc=facts.uscc or "",
        sides="、".join(SIDE_WORDS[side] for side in sorted(facts.sides)),
        status=STATUS_WORDS[facts.status],
        nature=NATURE_WORDS[facts.nature],
        volume_axis=AXIS_WORDS[facts.volume_axis],
        grade=CUSTOMER_GRADE_WORDS[facts.grade],
        department=facts.department,
        contacts=tuple(CardContact(name=each.name, role=each.role, phone=each.phone) for each in facts.contacts),
        contracts=len(rows),
        contracts_running=sum(row.contract.facts.state is ContractState.RUNNING for row in rows),
        holdings=_holdings(customer, actor=actor, work=work),
        **{name: getattr(facts, name) for name in texts},
    )


def _holdings(customer: Customer, *, actor: Actor, work: UnitOfWork) -> tuple[CardHolding, ...]:
    series = series_names(work)
    groups: dict[tuple[int, str], list[Volume]] = {}
    for volume in work.volumes.list(actor=actor, customer_id=customer.id):
        groups.setdefault((volume.year, volume.series_code), []).append(volume)
    return tuple(
        CardHolding(
            year=year,
            series=series.get(code, code),
            volumes="、".join(volume.reference_code or _OPEN for volume in volumes),
            items=sum(volume.item_count for volume in volumes),
            pages=sum(volume.page_count for volume in volumes),
        )
        for (year, code), volumes in sorted(groups.items(), reverse=True)
    )


def _formerly(former: FormerName) -> str:
    return f"{former.name}（至 {former.until_on}）" if former.until_on else former.name


def _subject(wish: PrintWish, year_of: str) -> str:
    chosen = (wish.customer_code or "", wish.department or "", f"{wish.year}年{year_of}" if wish.year else "")
    return " · ".join(filter(None, chosen))
