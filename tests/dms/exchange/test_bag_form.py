"""The form of a bag: what is written is what is read, and no path leads outside."""

import pytest

from dms.exchange.bag import (
    ManifestUnusable,
    declaration,
    declared,
    information,
    manifest,
    parsed_information,
    parsed_manifest,
)

DIGEST = "a" * 64


def test_a_declaration_says_its_version_and_encoding():
    assert declared(declaration().decode()) == ("1.0", "UTF-8")


@pytest.mark.parametrize("text", ["", "BagIt-Version: one\n", "hello", "BagIt-Version: 1.0\n"])
def test_what_is_no_declaration_is_none(text):
    assert declared(text) is None


def test_information_stays_on_one_line_a_fact():
    written = information({"Source-Organization": "安徽\n皖江", "Payload-Oxum": "12.3"})
    assert parsed_information(written.decode()) == {"Source-Organization": "安徽 皖江", "Payload-Oxum": "12.3"}


def test_information_of_others_may_be_folded():
    assert parsed_information("Contact-Name: A\n  B\r\nPayload-Oxum: 1.1\r\n") == {
        "Contact-Name": "A B",
        "Payload-Oxum": "1.1",
    }


def test_a_manifest_is_read_as_it_was_written():
    paths = {"data/items/a/original.pdf": DIGEST, "data/100%.txt": DIGEST, "data/合同.pdf": DIGEST}
    assert parsed_manifest(manifest(paths.items()).decode()) == paths


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "data/../../outside",
        "../outside",
        "data//x",
        "data/./x",
        "~/x",
        "data\\..\\x",
        "C:/x",
        "data/x:stream",
        "data/a%0Ab",
        "data/x\x00",
        "data/ x",
        "data/\u202egnp.exe",
        "",
    ],
)
def test_a_path_that_leads_outside_or_deceives_is_refused(path):
    with pytest.raises(ManifestUnusable):
        parsed_manifest(f"{DIGEST}  {path}\n")


@pytest.mark.parametrize("line", ["data/x", f"{DIGEST[:-1]}  data/x", f"{'z' * 64}  data/x", f"{DIGEST}data/x"])
def test_a_line_that_is_none_is_refused(line):
    with pytest.raises(ManifestUnusable):
        parsed_manifest(line)


@pytest.mark.parametrize("other", ["data/x", "DATA/X", "data/X"])
def test_a_place_stands_in_a_manifest_once(other):
    with pytest.raises(ManifestUnusable):
        parsed_manifest(f"{DIGEST}  data/x\n{DIGEST}  {other}\n")


def test_a_composed_and_a_decomposed_name_are_one_place():
    with pytest.raises(ManifestUnusable):
        parsed_manifest(f"{DIGEST}  data/\u00e9\n{DIGEST}  data/e\u0301\n")
