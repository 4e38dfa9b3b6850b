"""A second implementation of docs/vault-format.md, written from that page alone and as plainly as possible.

It shares no code with the vault: HKDF is spelled out, chunks are cut by hand. Randomness is passed in, so that it can
reproduce the frozen vectors.
"""

import hashlib
import hmac
import json
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def hkdf(key, salt, info, length):
    prk = hmac.new(salt, key, hashlib.sha256).digest()
    okm, block, counter = b"", b"", 1
    while len(okm) < length:
        block = hmac.new(prk, block + info + bytes([counter]), hashlib.sha256).digest()
        okm, counter = okm + block, counter + 1
    return okm[:length]


def seal_object(plaintext, *, key, owner, object_id, salt, log2=16):
    prefix = b"ANJSEAL\n" + bytes([1, 1, log2, 0]) + object_id
    context = struct.pack(">I", len(owner)) + owner
    okm = hkdf(key, salt, b"anjuan/sealed-object/1" + prefix + context, 64)
    header = prefix + salt + okm[32:]
    chunks = [plaintext[start : start + 2**log2] for start in range(0, len(plaintext), 2**log2)] or [b""]
    sealed = header
    for index, chunk in enumerate(chunks):
        nonce = bytes(7) + struct.pack(">I", index) + bytes([index == len(chunks) - 1])
        sealed += AESGCM(okm[:32]).encrypt(nonce, chunk, header + context)
    return sealed


def wrap(wrapping_key, key, *, context, salt):
    bound = struct.pack(">I", len(context)) + context
    okm = hkdf(wrapping_key, salt, b"anjuan/wrapped-key/1" + bound, 64)
    return salt + okm[32:] + AESGCM(okm[:32]).encrypt(bytes(12), key, salt + okm[32:] + bound)


def wrap_item_key(wrapping_key, key, *, grade, epoch, item_id, salt):
    head = b"AJWK" + bytes([1, 1, 1, grade]) + struct.pack(">I", epoch)
    return head + wrap(wrapping_key, key, context=b"item" + head + item_id.encode(), salt=salt)


def subkey(root, keyring_id, label):
    return hkdf(root, keyring_id, b"anjuan/keyring/1/" + label, 32)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def finish(content, root):
    """The document for a content: checksum and mac added."""
    body = canonical(content)
    key = subkey(root, bytes.fromhex(content["keyring_id"]), b"mac")
    return content | {
        "checksum": hashlib.sha256(body).hexdigest(),
        "mac": hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


def passphrase_slot(root, keyring_id, *, passphrase, slot_id, argon2_salt, salt, cost=(8, 1, 1)):
    memory_kib, time, parallelism = cost
    stretched = hash_secret_raw(
        passphrase.encode(), argon2_salt, time, memory_kib, parallelism, 32, Type.ID, version=0x13
    )
    argon2id = {"memory_kib": memory_kib, "parallelism": parallelism, "salt": argon2_salt.hex(), "time": time}
    slot = {"id": slot_id.hex(), "kind": "passphrase", "argon2id": argon2id}
    wrapped = wrap(stretched, root, context=b"slot" + keyring_id + canonical(slot), salt=salt)
    return slot | {"wrapped_root": wrapped.hex()}


def recovery_slot(root, keyring_id, *, recovery_key, slot_id, salt):
    slot = {"id": slot_id.hex(), "kind": "recovery"}
    wrapped = wrap(recovery_key, root, context=b"slot" + keyring_id + canonical(slot), salt=salt)
    return slot | {"wrapped_root": wrapped.hex()}


def wrapping_key(root, keyring_id, key, *, purpose, grade, epoch, salt):
    number = {"items": 1, "catalogue": 2}[purpose]
    context = b"wrapping-key" + keyring_id + bytes([number, grade]) + struct.pack(">I", epoch)
    wrapped = wrap(subkey(root, keyring_id, b"wrap"), key, context=context, salt=salt)
    return {"purpose": purpose, "grade": grade, "epoch": epoch, "wrapped_key": wrapped.hex()}


def recovery_key_as_typed(key):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = "".join(f"{byte:08b}" for byte in key) + "0000"
    bits += "".join(f"{byte:08b}" for byte in hashlib.sha256(b"anjuan/recovery-key/1" + key).digest())[:20]
    text = "".join(alphabet[int(bits[start : start + 5], 2)] for start in range(0, len(bits), 5))
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
