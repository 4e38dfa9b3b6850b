"""What reaching an S3 place needs beside its address; kept in the encrypted catalogue, never typed as an option."""

from typing import Final

from dms.preservation.errors import CredentialsUnusable

ENDPOINT: Final = "endpoint"
REGION: Final = "region"
ACCESS_KEY_ID: Final = "access_key_id"
SECRET_ACCESS_KEY: Final = "secret_access_key"  # noqa: S105 -- the name of a field
SESSION_TOKEN: Final = "session_token"  # noqa: S105 -- the name of a field
_FIELDS: Final = frozenset({ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN})


def s3_options(*, endpoint: str, region: str, credentials_text: str) -> dict[str, str]:
    """The options of a place; the text has lines ``access_key_id=…`` and ``secret_access_key=…``.

    Raises `CredentialsUnusable`.
    """
    options = {name: value for name, value in ((ENDPOINT, endpoint), (REGION, region)) if value}
    return options | credentials_in(credentials_text)


def credentials_in(untrusted_text: str) -> dict[str, str]:
    """The fields of a credentials file; lines without ``=`` and headings are passed over. `CredentialsUnusable`."""
    found: dict[str, str] = {}
    for line in untrusted_text.splitlines():
        name, separator, value = line.partition("=")
        # The spelling of the tools that such files usually come from is understood as well.
        name = name.strip().lower().removeprefix("aws_")
        if separator and name in _FIELDS and value.strip():
            found[name] = value.strip()
    if not {ACCESS_KEY_ID, SECRET_ACCESS_KEY} <= found.keys():
        raise CredentialsUnusable
    return found
