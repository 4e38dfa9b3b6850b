"""People who go on sending papers, each of its own kind, to a service that may die at any moment."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from drawn import paper
from visiting import Page, Visitor

ACKNOWLEDGED = {200: "recognised", 201: "received"}
PATIENCE_S = 0.05
PAUSE_S = 0.04
"""Between two papers of one person; the time a paper takes is of the same order, so half of all kills cut some off."""
ASKED_AT_ONCE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper that no other one equals; made anew from its number whenever it is needed."""

    sender: int
    number: int

    @property
    def original_filename(self) -> str:
        return f"{self.sender}-{self.number:05d}.bin"

    @property
    def content(self) -> bytes:
        """A few bytes mostly, sometimes a picture to be read, sometimes so much that it takes a while to send."""
        draw = random.Random(f"{self.sender} {self.number}")
        if self.number % 25 == 0:
            return paper([f"第{self.sender}人 {self.number:05d} 号"], width_px=400)
        return draw.randbytes(draw.randint(400_000, 900_000) if self.number % 9 == 0 else draw.randint(1, 4000))


@dataclass(slots=True)
class Ledger:
    """What the service has acknowledged, as the senders heard it; shared between their threads."""

    item_ids: dict[Paper, str] = field(default_factory=dict)
    cut_off: int = 0
    """How often a paper was under way when the connection broke."""
    recognised: int = 0
    """How many of those turned out to have arrived all the same."""
    complaints: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, sent: Paper, item_id: str, *, again: bool) -> None:
        with self._lock:
            self.recognised += again
            earlier = self.item_ids.setdefault(sent, item_id)
        if earlier != item_id:
            self.complain(f"{sent.original_filename} is {earlier} and {item_id}")

    def lose_connection(self) -> None:
        with self._lock:
            self.cut_off += 1

    def complain(self, what: str) -> None:
        with self._lock:
            self.complaints.append(what)

    def acknowledged(self) -> list[tuple[Paper, str]]:
        with self._lock:
            return list(self.item_ids.items())


class Uploader(Visitor):
    """Signs in once; a session outlives the service that began it."""

    def __init__(self, url: str, password: str) -> None:
        super().__init__(url)
        self.password = password
        self._token = ""

    def token(self, path: str) -> str:
        if path != "/upload":
            return super().token(path)
        if not self._token:
            self.sign_in("admin", self.password)
            self._token = super().token(path)
        return self._token

    def upload_slowly(self, original_filename: str, content: bytes) -> Page:
        """Send one paper in two halves with a pause in between."""
        with self.uploading(original_filename, content) as sending:
            half = len(sending.body) // 2
            sending.send(sending.body[:half])
            time.sleep(PATIENCE_S)
            sending.send(sending.body[half:])
            return sending.answer()


@contextmanager
def sending_people(url: str, password: str, *, how_many: int) -> Iterator[Ledger]:
    """People who send one paper after the other, and one who asks after papers, until the block ends.

    Nobody goes on to the next paper before the last one is acknowledged, so all are at the end.
    """
    ledger, stop, abandoned = Ledger(), threading.Event(), threading.Event()
    sender_arguments = [(url, password, number, ledger, stop, abandoned) for number in range(how_many)]
    people = [threading.Thread(target=_send_on, args=arguments) for arguments in sender_arguments]
    people.append(threading.Thread(target=_ask_on, args=(url, password, ledger, stop)))
    for person in people:
        person.start()
    try:
        yield ledger
    except BaseException:
        abandoned.set()  # the service may be gone for good
        raise
    finally:
        stop.set()
        for person in people:
            person.join()


def _send_on(
    url: str, password: str, sender: int, ledger: Ledger, stop: threading.Event, abandoned: threading.Event
) -> None:
    person, number = Uploader(url, password), 0
    while not stop.is_set():
        number += 1
        _send(person, Paper(sender=sender, number=number), ledger, abandoned)
        if number % 10 == 0:
            _send(person, Paper(sender=sender, number=random.randint(1, number)), ledger, abandoned)
        stop.wait(PAUSE_S)


def _send(person: Uploader, sent: Paper, ledger: Ledger, abandoned: threading.Event) -> None:
    """Send it again and again until it is acknowledged."""
    content, cut_off = sent.content, False
    send = person.upload_slowly if len(content) > 100_000 else person.upload
    while not abandoned.is_set():
        try:
            page = send(sent.original_filename, content)
        except (OSError, http.client.HTTPException) as error:
            if not isinstance(error, ConnectionRefusedError):
                cut_off = True
                ledger.lose_connection()
            time.sleep(PATIENCE_S)
        else:
            _take_answer(page, sent, ledger, cut_off=cut_off)
            return


def _take_answer(page: Page, sent: Paper, ledger: Ledger, *, cut_off: bool) -> None:
    if page.status in ACKNOWLEDGED:
        again = cut_off and ACKNOWLEDGED[page.status] == "recognised"
        ledger.acknowledge(sent, json.loads(page.content)["item"]["id"], again=again)
    else:
        ledger.complain(f"{sent.original_filename}: {page.status} {page.text[:200]}")


def _ask_on(url: str, password: str, ledger: Ledger, stop: threading.Event) -> None:
    """Every item id that somebody was told of must be known to the service, whatever happened meanwhile."""
    person = Uploader(url, password)
    while not stop.wait(10 * PATIENCE_S):
        told = ledger.acknowledged()
        asked = {item_id for _, item_id in random.sample(told, min(len(told), ASKED_AT_ONCE))}
        try:
            person.token("/upload")
            page = person.get(f"/upload/progress?ids={','.join(asked)}")
        except (OSError, http.client.HTTPException):
            continue
        known = {item["id"] for item in json.loads(page.content)["items"]} if page.status == 200 else set()
        if known != asked:
            ledger.complain(f"{page.status}: unknown to the service: {sorted(asked - known)[:5]}")
