"""The versions in use: what an administrator is asked for when something has to be explained."""

import platform
import ssl
from importlib.metadata import PackageNotFoundError, version

SHOWN = ("anjuan", "sqlcipher3", "cryptography", "SQLAlchemy", "Flask", "waitress", "rapidocr", "pypdfium2")


def versions_in_use() -> dict[str, str]:
    """The version of the product, of Python, of OpenSSL and of the libraries that matter, by name."""
    return {
        "Python": platform.python_version(),
        "OpenSSL": ssl.OPENSSL_VERSION.removeprefix("OpenSSL ").split()[0],
        **{name: _version(name) for name in SHOWN},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "—"
