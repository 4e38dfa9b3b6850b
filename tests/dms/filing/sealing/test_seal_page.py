"""A seal is checked as docs/volume-seals.md says, by nothing that the archive itself is made of."""

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from simulators.bound_volumes import seal
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.filing.sealing import Amendment, amend, seal_statement


def written(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def tree_hash(leaves):
    """The definition of RFC 6962 §2.1, word for word."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:])).digest()


def leaves_of(stated):
    yield written(stated["volume"])
    for item in stated["items"]:
        yield written({name: value for name, value in item.items() if name != "pages"})
        for page in item["pages"]:
            yield written([item["id"], *page])


def test_every_version_of_a_seal_can_be_checked_by_its_page_alone(archive):
    add_customer(archive)
    texts = ("甲合同\f第二页", "乙函", "丙单\f二\f三")
    papers = [file_paper(archive, text, title=text[:2]) for text in texts]
    volume_id = seal(archive, papers[0])
    amend(ARCHIVIST, CLERK, papers[1].id, Amendment(title="乙函（回复）"), "题名有误", archive=archive)
    before = None
    for version in (1, 2):
        taken = seal_statement(ARCHIVIST, volume_id, version, archive=archive)
        Ed25519PublicKey.from_public_bytes(taken.public_key).verify(taken.signature, taken.facts.encode())
        stated = json.loads(taken.facts)
        assert written(stated) == taken.facts.encode()
        assert tree_hash(list(leaves_of(stated))).hex() == stated["root"] == taken.root
        assert (stated["version"], stated["previous_root"]) == (version, before)
        before = taken.root
    originals = [item["original"] for item in stated["items"]]
    assert originals == [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    assert [page[3] for page in stated["items"][1]["pages"]] == [hashlib.sha256("乙函".encode()).hexdigest()]
