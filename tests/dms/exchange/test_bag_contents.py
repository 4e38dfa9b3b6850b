"""A bag that is whole but says what cannot be is refused, and told by the record that says so."""

import hashlib
import json
import shutil

import pytest
from simulators.bag_spoiling import made_to_fit, rewritten

from dms.exchange import BagIncomplete, BagNamesTwice, BagOfAnotherKind, BagRecordUnusable, BagVersionUnknown
from dms.exchange.checking import checked_bag
from dms.exchange.contents import checked_contents

CATALOGUE = "data/catalogue"


def folder_of(bag, house, paper):
    return bag / "data/items" / house.papers[paper]


def in_record(paper, change):
    return lambda bag, house: rewritten(folder_of(bag, house, paper) / "metadata.json", change)


def in_lines(name, change):
    def spoil(bag, house):
        path = bag / CATALOGUE / name
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        changed = change(lines)
        path.write_text("".join(json.dumps(line) + "\n" for line in (lines if changed is None else changed)), "utf-8")

    return spoil


def copy_paper(bag, house):
    shutil.copytree(folder_of(bag, house, "filed"), bag / "data/items/00000000000000000000")


def add_stranger(bag, house):
    (folder_of(bag, house, "filed") / "notes.docx").write_bytes(b"x")


def lose_record(bag, house):
    (folder_of(bag, house, "filed") / "metadata.json").unlink()


def lose_original(bag, house):
    (folder_of(bag, house, "filed") / "original.png").unlink()

    def without(record):
        record["objects"] = [each for each in record["objects"] if each["role"] != "original"]

    in_record("filed", without)(bag, house)


def correct_destroyed(bag, house):
    corrections = folder_of(bag, house, "filed") / "corrections.json"
    shutil.copy(corrections, folder_of(bag, house, "destroyed") / "corrections.json")


def in_corrections(change):
    return lambda bag, house: rewritten(
        folder_of(bag, house, "filed") / "corrections.json",
        lambda c: {"corrections": [each | change for each in c["corrections"]]},
    )


def bring_back_destroyed(bag, house):
    pages = folder_of(bag, house, "filed") / "pages.json"
    shutil.copy(pages, folder_of(bag, house, "destroyed") / "pages.json")


def spoil_layout(bag, house):
    path = folder_of(bag, house, "filed") / "pages/0001.layout.json.zlib"
    path.write_bytes(b"not a layout")

    def fit(record):
        for each in record["objects"]:
            if each["role"] == "layout" and each["page"] == 1:
                each |= {"size_bytes": 12, "sha256": hashlib.sha256(b"not a layout").hexdigest()}

    in_record("filed", fit)(bag, house)


def twice(lines):
    return [*lines, lines[0]]


NONSENSE = {
    "no catalogue": (BagOfAnotherKind, lambda bag, house: shutil.rmtree(bag / CATALOGUE)),
    "another kind of catalogue": (
        BagOfAnotherKind,
        lambda bag, house: rewritten(bag / CATALOGUE / "archive.json", lambda a: a | {"format": "photo-album"}),
    ),
    "a catalogue of the future": (
        BagVersionUnknown,
        lambda bag, house: rewritten(bag / CATALOGUE / "archive.json", lambda a: a | {"version": 99}),
    ),
    "a fonds without a code": (
        BagRecordUnusable,
        lambda bag, house: rewritten(bag / CATALOGUE / "archive.json", lambda a: a | {"fonds": {}}),
    ),
    "a synonym in two groups": (
        BagRecordUnusable,
        lambda bag, house: rewritten(
            bag / CATALOGUE / "archive.json",
            lambda a: a | {"synonyms": [{"words": ["甲", "乙"]}, {"words": ["乙", "丙"]}]},
        ),
    ),
    "synonyms that are no groups": (
        BagRecordUnusable,
        lambda bag, house: rewritten(bag / CATALOGUE / "archive.json", lambda a: a | {"synonyms": ["甲", "乙"]}),
    ),
    "no journal": (BagIncomplete, lambda bag, house: (bag / CATALOGUE / "journal.jsonl").unlink()),
    "a journal that is no journal": (BagRecordUnusable, in_lines("journal.jsonl", lambda lines: [{"seq": 1}])),
    "a customer twice": (BagNamesTwice, in_lines("customers.jsonl", twice)),
    "a customer twice in other letters": (
        BagNamesTwice,
        in_lines("customers.jsonl", lambda lines: [*lines, lines[0] | {"code": "c0001"}]),
    ),
    "a credit code twice": (
        BagNamesTwice,
        in_lines("customers.jsonl", lambda lines: [*lines, lines[0] | {"code": "C0077"}]),
    ),
    "a line without end": (
        BagRecordUnusable,
        lambda bag, house: (bag / CATALOGUE / "customers.jsonl").write_bytes(b" " * 18_000_000),
    ),
    "an original that claims to be a page": (
        BagRecordUnusable,
        in_record("filed", lambda r: r | {"objects": [o | {"page": 1} for o in r["objects"]]}),
    ),
    "a paper taken out": (
        BagIncomplete,
        lambda bag, house: shutil.rmtree(folder_of(bag, house, "filed")),
    ),
    "a contract twice": (BagNamesTwice, in_lines("contracts.jsonl", twice)),
    "a type twice": (BagNamesTwice, in_lines("types.jsonl", twice)),
    "a contract of nobody": (
        BagRecordUnusable,
        in_lines("contracts.jsonl", lambda lines: [lines[0] | {"customer": "C9999"}]),
    ),
    "a type in no series": (BagRecordUnusable, in_lines("types.jsonl", lambda lines: [lines[0] | {"series": "99"}])),
    "a lost customer": (BagRecordUnusable, in_lines("customers.jsonl", lambda lines: lines[1:])),
    "a lost type": (BagRecordUnusable, in_lines("types.jsonl", lambda lines: lines[1:])),
    "a paper twice": (BagNamesTwice, copy_paper),
    "a paper under another number": (BagRecordUnusable, in_record("filed", lambda r: r | {"id": "1" * 20})),
    "a number with a way upwards": (BagRecordUnusable, in_record("filed", lambda r: r | {"id": "../../etc"})),
    "a state that is none": (BagRecordUnusable, in_record("filed", lambda r: r | {"state": "stolen"})),
    "a filed paper without a volume": (BagRecordUnusable, in_record("filed", lambda r: r | {"volume": None})),
    "a grade that is none": (
        BagRecordUnusable,
        in_record("filed", lambda r: r | {"classification": r["classification"] | {"grade": 0}}),
    ),
    "a file name with folders": (BagRecordUnusable, in_record("filed", lambda r: r | {"original_filename": "../x"})),
    "a media type for a browser": (BagRecordUnusable, in_record("filed", lambda r: r | {"media_type": "text/html"})),
    "a naive moment": (BagRecordUnusable, in_record("filed", lambda r: r | {"received_at": "2026-03-02T09:00:00"})),
    "half a character": (BagRecordUnusable, in_record("filed", lambda r: r | {"received_by": "\ud800"})),
    "a destroyed paper with text": (BagRecordUnusable, bring_back_destroyed),
    "a destroyed paper without proof": (BagRecordUnusable, in_record("destroyed", lambda r: r | {"destroyed": None})),
    "something no record speaks of": (BagRecordUnusable, add_stranger),
    "something beside the papers": (BagRecordUnusable, lambda bag, house: (bag / "data/x.txt").write_text("x")),
    "a paper without its record": (BagIncomplete, lose_record),
    "a paper without its original": (BagIncomplete, lose_original),
    "a layout that is none": (BagRecordUnusable, spoil_layout),
    "a record that is no JSON": (
        BagRecordUnusable,
        lambda bag, house: (folder_of(bag, house, "filed") / "metadata.json").write_text("{"),
    ),
    "a correction of a page that is not there": (BagRecordUnusable, in_corrections({"page": 9})),
    "a correction by nobody": (BagRecordUnusable, in_corrections({"corrected_by": None})),
    "a correction of a destroyed paper": (BagRecordUnusable, correct_destroyed),
    "a page twice": (
        BagRecordUnusable,
        lambda bag, house: rewritten(
            folder_of(bag, house, "filed") / "pages.json", lambda p: {"pages": [p["pages"][0]] * 2}
        ),
    ),
}


@pytest.mark.parametrize(("refusal", "spoil"), NONSENSE.values(), ids=NONSENSE)
def test_a_bag_that_says_what_cannot_be_is_refused(bag, house, refusal, spoil):
    spoil(bag, house)
    made_to_fit(bag)
    with pytest.raises(refusal):
        checked_contents(checked_bag(bag))


def test_a_record_is_named_by_the_place_where_it_stands(bag, house):
    NONSENSE["a state that is none"][1](bag, house)
    made_to_fit(bag)
    with pytest.raises(BagRecordUnusable, match=rf"data/items/{house.papers['filed']}/metadata.json .*\(state\)"):
        checked_contents(checked_bag(bag))


def test_a_journal_that_somebody_altered_comes_along_and_is_told(bag):
    def alter(lines):
        lines[3]["actor"] = "somebody else"

    in_lines("journal.jsonl", alter)(bag, None)
    made_to_fit(bag)
    journal = checked_contents(checked_bag(bag)).journal
    assert not journal.is_intact
    assert journal.entries_count == len((bag / CATALOGUE / "journal.jsonl").read_text("utf-8").splitlines())


def test_papers_come_in_the_order_of_their_arrival(house):
    contents = checked_contents(checked_bag(house.exported.path))
    assert [paper.position for paper in contents.papers] == list(range(1, len(house.papers) + 1))
