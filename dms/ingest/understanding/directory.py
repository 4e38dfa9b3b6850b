"""The customers and contracts of the archive, indexed once so that matching a name costs the same among ten or 50,000.

What always holds: names are compared folded (width, case, script, brackets, blanks); two names are *similar* when one
misread, missing or additional character makes them equal.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dms.domain import uscc
from dms.domain.contract_number import folded_number, look_alike_key
from dms.domain.glyph import fold_case
from dms.ingest.understanding.script import simplified

_SHORTEST_SIMILAR = 5
"""Names below five characters (persons) differ by one character as often as they are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """A customer of the archive; `uscc` is None where it is not known."""

    code: str
    name: str
    former_names: tuple[str, ...] = ()
    uscc: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownContract:
    """A contract of the ledger."""

    number: str
    title: str
    customer_code: str


class Directory:
    """Looks customers and contracts up; build it once for many papers. Holds about 1 KB a customer."""

    def __init__(self, customers: Iterable[KnownCustomer] = (), contracts: Iterable[KnownContract] = ()) -> None:
        self._by_code: dict[str, KnownCustomer] = {}
        self._by_uscc: dict[str, KnownCustomer] = {}
        self._by_name: dict[str, KnownCustomer] = {}
        self._by_former_name: dict[str, KnownCustomer] = {}
        self._by_half: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._contracts: dict[str, list[KnownContract]] = defaultdict(list)
        self._similar_contracts: dict[str, list[KnownContract]] = defaultdict(list)
        for customer in customers:
            self._add_customer(customer)
        for contract in contracts:
            self._contracts[folded_number(contract.number)].append(contract)
            self._similar_contracts[look_alike_key(contract.number)].append(contract)

    def customer(self, code: str | None) -> KnownCustomer | None:
        """The customer with the code; None for None and for a code that is not there."""
        return self._by_code.get(code) if code else None

    def by_uscc(self, code: str) -> KnownCustomer | None:
        """The customer with this unified social credit code."""
        return self._by_uscc.get(uscc.normalised(code))

    def by_name(self, name: str) -> KnownCustomer | None:
        """The customer whose present name this is."""
        return self._by_name.get(name_key(name))

    def by_former_name(self, name: str) -> KnownCustomer | None:
        """The customer that once had this name."""
        return self._by_former_name.get(name_key(name))

    def by_similar_name(self, name: str) -> KnownCustomer | None:
        """The one customer with a present or former name that differs in one character; None where there are two."""
        key = name_key(name)
        found = {self._named(other) for other in self._candidates(key) if differ_by_one(key, other)}
        customer = next(iter(found)) if len(found) == 1 else None
        return self._by_code[customer] if customer else None

    def contracts(self, number: str) -> Sequence[KnownContract]:
        """The contracts with this number; more than one where customers number alike."""
        return self._contracts.get(folded_number(number), [])

    def contracts_read_alike(self, number: str) -> Sequence[KnownContract]:
        """The contracts whose number differs from this one at most in characters that a reader confuses."""
        return self._similar_contracts.get(look_alike_key(number), [])

    def _add_customer(self, customer: KnownCustomer) -> None:
        self._by_code[customer.code] = customer
        if customer.uscc:
            self._by_uscc[uscc.normalised(customer.uscc)] = customer
        present = name_key(customer.name)
        former = [name_key(name) for name in customer.former_names]
        self._by_name[present] = customer
        for key in former:
            self._by_former_name.setdefault(key, customer)
        for key in (present, *former):
            for half in _halves_of(key):
                self._by_half[half].append(key)

    def _candidates(self, key: str) -> Iterator[str]:
        """Names that share a half with the key."""
        if len(key) >= _SHORTEST_SIMILAR:
            for half in _halves_sought(key):
                yield from self._by_half.get(half, ())

    def _named(self, key: str) -> str:
        customer = self._by_name.get(key) or self._by_former_name[key]
        return customer.code


_ONE_BRACKET = str.maketrans("〔〕[]【】{}•‧∙・", "()()()()····")


def name_key(name: str) -> str:
    """The form in which names are compared."""
    return "".join(simplified(fold_case(name)).split()).translate(_ONE_BRACKET)


def differ_by_one(first: str, second: str) -> bool:
    """Whether one replaced, missing or additional character makes the texts equal; False where they are equal."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    start = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    return shorter[start + (len(shorter) == len(longer)) :] == longer[start + 1 :]


def _halves_of(key: str) -> tuple[tuple[int, str], tuple[int, str]]:
    """The two halves of a name as index keys: which half of how long a name, and its characters."""
    return (len(key), f"^{key[: len(key) // 2]}"), (len(key), f"{key[len(key) // 2 :]}$")


def _halves_sought(key: str) -> Iterator[tuple[int, str]]:
    """The index keys of every name that one edit turns into `key`: the edit leaves one of the halves as it was."""
    for length in (len(key) - 1, len(key), len(key) + 1):
        yield length, f"^{key[: length // 2]}"
        yield length, f"{key[-(length - length // 2) :]}$"
