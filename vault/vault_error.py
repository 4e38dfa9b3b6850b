"""What every refusal of the vault is made of."""

from typing import ClassVar


class VaultError(Exception):
    """A refusal of the vault; `code` is stable, the message is for the operator and names no secret."""

    code: ClassVar[str] = "vault_error"
