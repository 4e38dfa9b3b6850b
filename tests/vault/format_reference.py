"""A second implementation of docs/vault-format.md, written from that page alone and as plainly as possible.

It shares no code with the vault: HKDF is spelled out, chunks are cut by hand. Randomness is passed in, so that it can
reproduce the frozen vectors.
"""

import hashlib
import hmac
import json
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

HASHES = {1: "sha256", 2: "sm3"}


def digest(data, suite=1):
    return hashlib.new(HASHES[suite], data).digest()


def hkdf(key, salt, info, length, suite=1):
    prk = hmac.new(salt, key, HASHES[suite]).digest()
    okm, block, counter = b"", b"", 1
    while len(okm) < length:
        block = hmac.new(prk, block + info + bytes([counter]), HASHES[suite]).digest()
        okm, counter = okm + block, counter + 1
    return okm[:length]


def aead(okm, nonce, plaintext, associated_data, suite=1):
    if suite == 1:
        return AESGCM(okm[:32]).encrypt(nonce, plaintext, associated_data)
    encryptor = Cipher(SM4(okm[:16]), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated_data)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def seal_object(plaintext, *, key, owner, object_id, salt, log2=16, suite=1):
    prefix = b"ANJSEAL\n" + bytes([1, suite, log2, 0]) + object_id
    context = struct.pack(">I", len(owner)) + owner
    okm = hkdf(key, salt, b"anjuan/sealed-object/1" + prefix + context, 64, suite)
    header = prefix + salt + okm[32:]
    chunks = [plaintext[start : start + 2**log2] for start in range(0, len(plaintext), 2**log2)] or [b""]
    sealed = header
    for index, chunk in enumerate(chunks):
        nonce = bytes(7) + struct.pack(">I", index) + bytes([index == len(chunks) - 1])
        sealed += aead(okm, nonce, chunk, header + context, suite)
    return sealed


def wrap(wrapping_key, key, *, context, salt, suite=1):
    bound = struct.pack(">I", len(context)) + context
    okm = hkdf(wrapping_key, salt, b"anjuan/wrapped-key/1" + bound, 64, suite)
    return salt + okm[32:] + aead(okm, bytes(12), key, salt + okm[32:] + bound, suite)


def wrap_item_key(wrapping_key, key, *, grade, epoch, item_id, salt, suite=1):
    head = b"AJWK" + bytes([1, suite, 1, grade]) + struct.pack(">I", epoch)
    return head + wrap(wrapping_key, key, context=b"item" + head + item_id.encode(), salt=salt, suite=suite)


def subkey(root, keyring_id, label, suite=1):
    return hkdf(root, keyring_id, b"anjuan/keyring/1/" + label, 32, suite)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def finish(content, root):
    """The document for a content: checksum and mac added."""
    body, suite = canonical(content), content["suite"]
    key = subkey(root, bytes.fromhex(content["keyring_id"]), b"mac", suite)
    return content | {
        "checksum": digest(body, suite).hex(),
        "mac": hmac.new(key, body, HASHES[suite]).hexdigest(),
    }


def slot(root, keyring_id, fields, *, key, salt, suite=1):
    """A slot of these fields whose root is wrapped under this key."""
    wrapped = wrap(key, root, context=b"slot" + keyring_id + canonical(fields), salt=salt, suite=suite)
    return fields | {"wrapped_root": wrapped.hex()}


def passphrase_slot(root, keyring_id, *, passphrase, slot_id, argon2_salt, salt, cost=(8, 1, 1), note=None, suite=1):
    memory_kib, time, parallelism = cost
    stretched = hash_secret_raw(
        passphrase.encode(), argon2_salt, time, memory_kib, parallelism, 32, Type.ID, version=0x13
    )
    argon2id = {"memory_kib": memory_kib, "parallelism": parallelism, "salt": argon2_salt.hex(), "time": time}
    fields = {"id": slot_id.hex(), "kind": "passphrase", "argon2id": argon2id} | (note or {})
    return slot(root, keyring_id, fields, key=stretched, salt=salt, suite=suite)


def random_key_slot(root, keyring_id, *, kind, key, slot_id, salt, note=None, suite=1):
    """A recovery slot or a key file slot."""
    fields = {"id": slot_id.hex(), "kind": kind} | (note or {})
    return slot(root, keyring_id, fields, key=key, salt=salt, suite=suite)


def recovery_slot(root, keyring_id, *, recovery_key, slot_id, salt, suite=1):
    return random_key_slot(root, keyring_id, kind="recovery", key=recovery_key, slot_id=slot_id, salt=salt, suite=suite)


def key_service_slot(root, keyring_id, *, token_key, key, nonce, slot_id, salt, note=None, suite=1):
    context = b"anjuan/key-service/1" + keyring_id + slot_id
    sealed = b"\x01" + nonce + AESGCM(token_key).encrypt(nonce, key, context)
    service = {"provider": "pkcs11", "key_name": "token/kek", "sealed_key": sealed.hex()}
    fields = {"id": slot_id.hex(), "kind": "key_service", "key_service": service} | (note or {})
    return slot(root, keyring_id, fields, key=key, salt=salt, suite=suite)


def wrapping_key(root, keyring_id, key, *, purpose, grade, epoch, salt, suite=1):
    number = {"items": 1, "catalogue": 2, "derivation": 3}[purpose]
    context = b"wrapping-key" + keyring_id + bytes([number, grade]) + struct.pack(">I", epoch)
    wrapped = wrap(subkey(root, keyring_id, b"wrap", suite), key, context=context, salt=salt, suite=suite)
    return {"purpose": purpose, "grade": grade, "epoch": epoch, "wrapped_key": wrapped.hex()}


def recovery_key_as_typed(key):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = "".join(f"{byte:08b}" for byte in key) + "0000"
    bits += "".join(f"{byte:08b}" for byte in hashlib.sha256(b"anjuan/recovery-key/1" + key).digest())[:20]
    text = "".join(alphabet[int(bits[start : start + 5], 2)] for start in range(0, len(bits), 5))
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def key_file_text(key):
    check = hashlib.sha256(b"anjuan/key-file/1" + key).hexdigest()[:16]
    return f"anjuan-key-file 1\nkey {key.hex()}\ncheck {check}\n"
