"""A cost at which a passphrase is derived in no time; never for a real archive."""

from vault import Argon2Cost

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)
