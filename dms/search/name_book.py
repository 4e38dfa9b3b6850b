"""Every name of an archive, folded, in the memory of this process: what a person begins to type is looked up here.

What always holds:
- The book follows the catalogue, change by change. It holds everything, and whoever asks brings along what he may see
  (`dms.store.Sight`); what is invisible neither counts nor decides any order (I5).
- It is never written down anywhere (I3).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import accumulate, chain, islice
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from dms.search.analysis import folded
from dms.store import ContractNames, CustomerNames, NamesStated, Sight, Store, UnitOfWork

FEW = 1000
"""So few new names are kept beside the others until they are put into their places together."""
_BETWEEN = "\n"
"""No folded text holds it, so nothing is found from one run into the next."""

Named = TypeVar("Named")


class _Runs:
    """Folded texts in their order, found by how they begin or by what they hold."""

    def __init__(self, runs: Iterable[str]) -> None:
        self._runs = sorted(runs)
        self._text = _BETWEEN.join(self._runs)
        self._starts = list(accumulate((len(run) + len(_BETWEEN) for run in self._runs), initial=0))

    def beginning(self, sought: str) -> Iterator[str]:
        """Those that begin with the text."""
        for place in range(bisect_left(self._runs, sought), len(self._runs)):
            if not self._runs[place].startswith(sought):
                return
            yield self._runs[place]

    def holding(self, sought: str) -> Iterator[str]:
        """Those that hold it elsewhere alone; of nothing, which all begin with, none."""
        if not sought:
            return
        # In one text, for to look into hundreds of thousands one by one takes twenty times as long.
        found = self._text.find(sought)
        while found >= 0:
            place = bisect_right(self._starts, found) - 1
            if found > self._starts[place]:
                yield self._runs[place]
            found = self._text.find(sought, self._starts[place + 1])


class Register(Generic[Named]):
    """Names by their folded forms, in the order of these; a thing may have several, and several things the same."""

    def __init__(self) -> None:
        self._runs = _Runs(())
        self._fresh: list[str] = []
        """In no place of `_runs` yet."""
        self._bearers: dict[str, dict[int, None]] = {}
        self._runs_of: dict[int, tuple[str, ...]] = {}
        self._named: dict[int, Named] = {}

    def state(self, stated: Iterable[tuple[int, Named, Iterable[str]]]) -> None:
        """Take in numbers with what they stand for and all of its names, in the place of those it had."""
        self._fresh += [run for number, named, names in stated for run in self._renamed(number, named, names)]
        self._fresh.sort()
        if len(self._fresh) > FEW:
            self._runs, self._fresh = _Runs(self._bearers), []

    def foremost(self, sought: str, visible: bytes, *, most: int, each: int) -> list[Named]:
        """Visible things with a name that begins with the folded text, then those with one that holds it.

        At most so many, and at most `each` of one name.
        """
        found: dict[int, Named] = {}
        for run in chain(self._beginning(sought), self._holding(sought)):
            for number in islice(self._visible_bearers(run, visible), each):
                found.setdefault(number, self._named[number])
            if len(found) >= most:
                break
        return list(found.values())[:most]

    def _renamed(self, number: int, named: Named, names: Iterable[str]) -> Iterator[str]:
        """The runs that nobody has borne before."""
        for run in self._runs_of.get(number, ()):
            self._bearers[run].pop(number, None)
        runs = tuple(dict.fromkeys(run for run in map(folded, names) if run))
        self._runs_of[number], self._named[number] = runs, named
        for run in runs:
            if run not in self._bearers:
                self._bearers[run] = {}
                yield run
            self._bearers[run][number] = None

    def _beginning(self, sought: str) -> Iterator[str]:
        return merge(self._runs.beginning(sought), (run for run in self._fresh if run.startswith(sought)))

    def _holding(self, sought: str) -> Iterator[str]:
        fresh = (run for run in self._fresh if sought in run and not run.startswith(sought))
        return merge(self._runs.holding(sought), fresh)

    def _visible_bearers(self, run: str, visible: bytes) -> Iterator[int]:
        """The last stated first."""
        return (number for number in reversed(self._bearers[run]) if number < len(visible) and visible[number])


class NameBook:
    """The names of one archive; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._moment: int | None = None
        self._customers: Register[CustomerNames] = Register()
        self._contracts: Register[ContractNames] = Register()
        self._titles: Register[str] = Register()

    def follow(self, view: UnitOfWork) -> None:
        """Take in what has changed up to the moment of a transaction."""
        with self._lock:
            if self._moment is None:
                self._take(view.names.all())
            elif self._moment < view.names.moment():
                self._take(view.names.changed(self._moment))

    def customers(self, sought: str, sight: Sight, *, most: int) -> list[CustomerNames]:
        """Customers of visible papers that are or were called so, or bear such a code."""
        with self._lock:
            return self._customers.foremost(sought, sight.customers, most=most, each=most)

    def contracts(self, sought: str, sight: Sight, *, most: int) -> list[ContractNames]:
        """Contracts of visible papers with such a number or title."""
        with self._lock:
            return self._contracts.foremost(sought, sight.contracts, most=most, each=most)

    def titles(self, sought: str, sight: Sight, *, most: int) -> list[str]:
        """Titles of visible papers, each once."""
        with self._lock:
            return self._titles.foremost(sought, sight.items, most=most, each=1)

    def _take(self, stated: NamesStated) -> None:
        self._customers.state((one.id, one, (one.name, one.code, *one.others)) for one in stated.customers)
        self._contracts.state((one.id, one, (one.number, one.title)) for one in stated.contracts)
        self._titles.state((key, title, (title,)) for key, title in stated.titles)
        self._moment = stated.moment


_books: WeakKeyDictionary[Store, NameBook] = WeakKeyDictionary()
_opening = Lock()


def name_book(store: Store) -> NameBook:
    """The book of the archive whose catalogue this is; it is gone when the catalogue is closed and forgotten."""
    with _opening:
        return _books.setdefault(store, NameBook())
