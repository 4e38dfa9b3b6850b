"""A token is named in one line, and the line shows no PIN."""

from pathlib import Path

import pytest

from vault import TokenAddress, errors, token_address

WHOLE = "pkcs11:token=anjuan;object=kek?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/etc/anjuan/pin"


def test_an_address_names_library_token_key_and_the_place_of_the_pin():
    assert token_address(WHOLE) == TokenAddress(
        module_path="/usr/lib/softhsm/libsofthsm2.so",
        token_label="anjuan",
        key_label="kek",
        pin_source=Path("/etc/anjuan/pin"),
    )


def test_a_pin_may_be_left_to_a_person():
    assert token_address("pkcs11:token=a;object=b;type=secret-key?module-path=m").pin_source is None


def test_odd_characters_are_percent_encoded():
    address = token_address("pkcs11:token=%E6%A1%88%3B%E5%8D%B7;object=a%26b?module-path=/a%20b")
    assert (address.token_label, address.key_label, address.module_path) == ("案;卷", "a&b", "/a b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pkcs11:",
        "https://example.org",
        "pkcs11:token=a;object=b",
        "pkcs11:token=a?module-path=m",
        "pkcs11:object=b?module-path=m",
        "pkcs11:token=;object=b?module-path=m",
        "pkcs11:token=a;token=c;object=b?module-path=m",
        "pkcs11:token=a;object=b;serial=1?module-path=m",
        "pkcs11:token=a;object=b;type=cert?module-path=m",
        "pkcs11:token=%FF;object=b?module-path=m",
        "pkcs11:token=a;object=b?module-path=m&pin-value=1234",
        "pkcs11:token=a;object=b?module-path=" + "m" * 5000,
    ],
)
def test_what_names_no_key_of_a_token_or_shows_a_pin_is_refused(text):
    with pytest.raises(errors.TokenAddressUnusable):
        token_address(text)
