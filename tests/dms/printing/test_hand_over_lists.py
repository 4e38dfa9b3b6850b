"""The lists of handing over say what was there, what was not, and who signed."""

from dataclasses import replace

from sample_forms import ACCESSIONS, TRANSFER

from dms.printing.hand_over_lists import accession_listing, transfer_listing
from dms.printing.listing import Listing


def column(listing: Listing, name: str) -> list[object]:
    place = next(place for place, column in enumerate(listing.columns) if column.name.zh == name)
    return [row.cells[place] for row in listing.rows]


def test_every_line_shows_what_the_check_found():
    assert column(transfer_listing(TRANSFER), "核对")[:3] == ["√", "缺", ""]
    assert column(transfer_listing(TRANSFER), "差异")[1] == "缺第3页"


def test_the_sums_count_papers_pages_and_sheets():
    listing = transfer_listing(TRANSFER)
    assert [column(listing, name)[-1] for name in ("件数", "页数", "张数")] == [3, 8, 6]


def test_places_to_sign_hold_the_names_that_were_given_and_stay_free_for_the_others():
    assert [(place.role, place.name) for place in transfer_listing(TRANSFER).signatures] == [
        ("移交人（A角）", "张三"),
        ("接收人（档案员）", ""),
    ]


def test_the_list_says_in_how_many_copies_it_is_made_and_its_digest():
    notes = transfer_listing(TRANSFER).notes
    assert notes == ("本清单一式三份，签字后交接各方各执一份。", "清单摘要 SHA-256：" + "9f" * 32)
    assert transfer_listing(replace(TRANSFER, copies=2, digest="")).notes == (
        "本清单一式两份，签字后交接各方各执一份。",
    )
    assert "一式5份" in transfer_listing(replace(TRANSFER, copies=5)).notes[0]


def test_a_draft_says_that_it_is_one():
    facts = {name.zh: value for name, value in transfer_listing(replace(TRANSFER, number="")).facts}
    assert facts["批次号"] == "（草稿）"


def test_the_accession_register_adds_up():
    listing = accession_listing(ACCESSIONS)
    assert [column(listing, name)[-1] for name in ("件数", "页数", "张数", "差异")] == [3, 8, 6, 1]
