"""The table of workloads: everything an archive does to its disk in its daily life."""

from dataclasses import replace
from functools import partial

from crash.indexing import correct, is_corrected, is_whole, make_anew, settle
from crash.keeping import (
    copy,
    destroy_next,
    is_copied,
    is_destroyed,
    is_laid,
    is_retired,
    is_rotated,
    is_set_right,
    lay_list,
    leave_unfinished,
    retire,
    rotate,
    rotate_beside_another,
)
from crash.papers import (
    FIRST,
    SECOND,
    TWO_PAGES,
    are_read,
    hand_in,
    is_in_state,
    is_kept,
    is_titled,
    named,
    read_everything,
    statement,
)
from crash.steps import Step, Workload
from crash.volumes import are_bound, bind_year, file_as, gives_at_most
from dms.archive import Archive
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.domain.item import ItemState
from dms.filing import bring_back, change_customer, confirm, register_customer, reject
from dms.store import ItemFilter

FIRST_NAME, SECOND_NAME = "合同.png", "送货单.png"


def _received(name: str, text: str) -> Step:
    return Step(
        name=f"receive {name}",
        subject=f"arrival of {name}",
        act=partial(hand_in, name=name, text=text),
        stands=partial(is_kept, text=text),
    )


_EVERYTHING_READ = Step(
    name="read everything",
    subject="reading",
    act=read_everything,
    stands=lambda archive, item_ids: are_read(archive, item_ids.split()),
)


def _registered(code: str, name: str) -> Step:
    def act(archive: Archive) -> str:
        return register_customer(OPERATOR, CustomerFacts(code=code, name=name), archive=archive).code

    return Step(name=f"register {code}", subject=code, act=act, stands=partial(_is_called, name=name))


def _renamed(code: str, name: str) -> Step:
    def act(archive: Archive) -> str:
        return change_customer(OPERATOR, code, CustomerFacts(code=code, name=name), archive=archive).code

    return Step(name=f"rename {code}", subject=code, act=act, stands=partial(_is_called, name=name))


def _is_called(archive: Archive, code: str, name: str) -> None:
    with archive.looking() as view:
        customer = view.customers.with_code(code)
    assert customer is not None, f"the customer {code} is gone"
    assert customer.name == name, f"the customer {code} is called {customer.name}"


def _filed(name: str, customer_code: str, title: str, *, grade: int = 3) -> Step:
    def act(archive: Archive) -> str:
        item_id = named(archive, name).id
        return confirm(OPERATOR, item_id, statement(customer_code, title, grade=grade), archive=archive).id

    stands = partial(is_titled, title=title, customer_code=customer_code, grade=grade)
    return Step(name=f"file {name} as {title}", subject=f"entry of {name}", act=act, stands=stands)


def _rejected(name: str) -> Step:
    def act(archive: Archive) -> str:
        item = named(archive, name)
        return item.id if item.state is ItemState.WITHDRAWN else reject(OPERATOR, item.id, "", archive=archive).id

    stands = partial(is_in_state, state=ItemState.WITHDRAWN)
    return Step(name=f"reject {name}", subject=f"entry of {name}", act=act, stands=stands)


def _brought_back(name: str) -> Step:
    def act(archive: Archive) -> str:
        item = named(archive, name)
        return item.id if item.state is ItemState.REVIEW else bring_back(OPERATOR, item.id, archive=archive).id

    stands = partial(is_in_state, state=ItemState.REVIEW)
    return Step(name=f"bring {name} back", subject=f"entry of {name}", act=act, stands=stands)


def _at_most(papers: int) -> "partial[None]":
    return partial(_holds_at_most, papers=papers)


def _holds_at_most(archive: Archive, papers: int) -> None:
    with archive.looking() as view:
        names = [item.original_filename for item in view.items.list(ItemFilter(), actor=OPERATOR, limit=1000)]
    assert len(set(names)) == len(names) <= papers, f"the archive holds {names}"


_TWO_PAPERS = (_received(FIRST_NAME, FIRST), _received(SECOND_NAME, SECOND))
_CUSTOMERS = (_registered("C0001", "合肥远山商贸有限公司"), _registered("C0002", "芜湖江城机械有限公司"))


def _destroyed(name: str, phrase: str) -> Step:
    return Step(
        name=f"destroy {name}",
        subject=f"arrival of {name}",
        act=partial(destroy_next, name=name),
        stands=partial(is_destroyed, phrase=phrase),
    )


_ROTATED = Step(name="rotate the keys", subject="keys", act=rotate, stands=is_rotated)
_RETIRED = Step(name="retire older keys", subject="keys", act=retire, stands=is_retired)
_BROKEN_OFF = Step(name="break off", subject="keys", act=leave_unfinished, stands=is_set_right)
_COPIED = Step(name="back up", subject="copies", act=copy, stands=is_copied)

RECEIVE = Workload(name="ingest: receive", given=(), steps=_TWO_PAPERS, bounds=_at_most(2))

READ = Workload(
    name="ingest: read",
    given=(_received(FIRST_NAME, TWO_PAGES),),
    steps=(_EVERYTHING_READ,),
    bounds=_at_most(1),
)

EDIT = Workload(
    name="edit",
    given=(*_CUSTOMERS, *_TWO_PAPERS, _EVERYTHING_READ),
    steps=(
        _filed(FIRST_NAME, "C0001", "压力机采购合同"),
        _filed(FIRST_NAME, "C0001", "伺服压力机采购合同", grade=2),
        _renamed("C0001", "合肥远山实业有限公司"),
        _filed(FIRST_NAME, "C0002", "液压机采购合同", grade=2),
        _rejected(SECOND_NAME),
        _brought_back(SECOND_NAME),
    ),
    bounds=_at_most(2),
)

_LISTED = Step(
    name="list what is to be destroyed",
    subject="destruction list",
    act=partial(lay_list, names=(FIRST_NAME, SECOND_NAME)),
    stands=is_laid,
)

DESTROY = Workload(
    name="destroy",
    given=(*_TWO_PAPERS, _EVERYTHING_READ, _LISTED),
    steps=(_destroyed(FIRST_NAME, "东仓库"), _destroyed(SECOND_NAME, "河西码头")),
    bounds=_at_most(2),
)

ROTATE = Workload(name="rotate", given=_TWO_PAPERS, steps=(_ROTATED, _RETIRED), bounds=_at_most(2))

ROTATE_BESIDE = Workload(
    name="rotate: beside another",
    given=_TWO_PAPERS,
    steps=(replace(_ROTATED, act=rotate_beside_another), _RETIRED),
    bounds=_at_most(2),
)

RECOVER = Workload(name="recover", given=(*_TWO_PAPERS, _BROKEN_OFF), steps=(), bounds=_at_most(2))
"""The setting right at the opening of an archive."""

FIRST_BACKUP = Workload(name="backup: first", given=(_TWO_PAPERS[0],), steps=(_COPIED,), bounds=_at_most(1))

NEXT_BACKUP = Workload(
    name="backup: next",
    given=(_TWO_PAPERS[0], _COPIED, _ROTATED, _TWO_PAPERS[1]),
    steps=(_COPIED, _RETIRED),
    bounds=_at_most(2),
)


def _corrected(name: str, original: str, text: str) -> Step:
    return Step(
        name=f"correct {name}",
        subject=f"text of {name}",
        act=lambda archive: correct(archive, named(archive, name).id, text),
        stands=partial(is_corrected, text=text, original=original),
    )


INDEX = Workload(
    name="index",
    given=(*_TWO_PAPERS, _EVERYTHING_READ),
    steps=(
        Step(name="make the index anew", subject="index", act=make_anew, stands=is_whole),
        _corrected(FIRST_NAME, FIRST, "西仓库"),
        Step(name="settle the index", subject="index", act=settle, stands=is_whole),
    ),
    bounds=_at_most(2),
)


def _filed_as(name: str, type_code: str, title: str) -> Step:
    return Step(
        name=f"file {name} as {type_code}",
        subject=f"entry of {name}",
        act=partial(file_as, name=name, type_code=type_code, title=title),
        stands=partial(is_titled, title=title, customer_code="C0001"),
    )


BIND = Workload(
    name="bind",
    given=(
        *_CUSTOMERS,
        *_TWO_PAPERS,
        _EVERYTHING_READ,
        _filed_as(FIRST_NAME, "licence", "营业执照副本"),
        _filed_as(SECOND_NAME, "delivery_voucher", "送货单"),
    ),
    steps=(Step(name="bind the year", subject="volumes", act=bind_year, stands=are_bound),),
    bounds=partial(gives_at_most, numbers=4),
)

_ALL = (BIND, RECEIVE, READ, EDIT, INDEX, DESTROY, ROTATE, ROTATE_BESIDE, RECOVER, FIRST_BACKUP, NEXT_BACKUP)
WORKLOADS = {workload.name: workload for workload in _ALL}
"""By name."""
