"""Another implementation of ``docs/vault-format.md``, written from the page alone.

It shares nothing with the product: no import of `vault` or `dms`, and no cryptographic library either. The block
ciphers, their counter mode and GHASH stand here in full, the hashes come from the standard library, Argon2id from its
reference implementation. It is slow, and its tables do not hide a key from whoever measures time: it is for reading an
archive when nothing else can.
"""
