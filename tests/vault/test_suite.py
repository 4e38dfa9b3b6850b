"""Both suites compute what their standards say, and nothing of one is taken for the other."""

import pytest

from vault.suite import AES_256_GCM, SM4_GCM, SUITES, CipherSuite, NotAuthentic, _Sm4Gcm, suite_named

RFC_8998 = {
    "key": "0123456789ABCDEFFEDCBA9876543210",
    "nonce": "00001234567800000000ABCD",
    "associated_data": "FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2",
    "plaintext": "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
    "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
    "ciphertext": "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D",
    "tag": "83DE3541E4C2B58177E065A9BF7B62EC",
}


@pytest.fixture(params=list(SUITES.values()), ids=lambda suite: suite.name.value)
def each_suite(request):
    return request.param


def test_sm4_in_gcm_gives_the_example_of_rfc_8998():
    known = {name: bytes.fromhex(value) for name, value in RFC_8998.items()}
    cipher = _Sm4Gcm(known["key"])
    sealed = cipher.encrypt(known["nonce"], known["plaintext"], known["associated_data"])
    assert sealed == known["ciphertext"] + known["tag"]
    assert cipher.decrypt(known["nonce"], sealed, known["associated_data"]) == known["plaintext"]


def test_sm3_gives_the_examples_of_its_standard():
    assert SM4_GCM.digest(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert SM4_GCM.digest(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_hkdf_sha_256_gives_the_first_example_of_rfc_5869():
    okm = AES_256_GCM.expand(b"\x0b" * 22, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)))
    assert okm.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_nothing_unverified_leaves_the_cipher_of_any_suite(each_suite):
    aead = each_suite.commit(bytes(32), salt=bytes(32), info=b"x").aead
    sealed = aead.encrypt(bytes(12), b"paper", b"owner")
    assert aead.decrypt(bytes(12), sealed, b"owner") == b"paper"
    for nonce, data, associated in (
        (b"\1" * 12, sealed, b"owner"),
        (bytes(12), sealed, b"another"),
        *((bytes(12), sealed[:end], b"owner") for end in range(len(sealed))),
        *((bytes(12), sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"owner") for at in range(len(sealed))),
    ):
        with pytest.raises(NotAuthentic):
            aead.decrypt(nonce, data, associated)


def test_the_suites_share_no_derivation():
    inputs = {"salt": bytes(32), "info": b"x"}
    assert AES_256_GCM.expand(bytes(32), **inputs) != SM4_GCM.expand(bytes(32), **inputs)
    assert AES_256_GCM.commit(bytes(32), **inputs).commitment != SM4_GCM.commit(bytes(32), **inputs).commitment
    assert AES_256_GCM.authenticate(bytes(32), b"x") != SM4_GCM.authenticate(bytes(32), b"x")


def test_every_suite_is_found_by_its_name_and_by_its_number():
    assert [suite_named(name).suite_id for name in CipherSuite] == [1, 2]
    assert [CipherSuite("aes-256-gcm"), CipherSuite("sm4-gcm")] == [SUITES[1].name, SUITES[2].name]
