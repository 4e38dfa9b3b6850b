"""A folder is entered through its `__init__`; what its `__all__` does not name is private to it."""

import pytest
from house import Import, Module, module_names, modules

OPEN_FOLDERS = {
    "dms": "the root of the house holds folders, `dms.config` and `dms.errors`, and nothing to hide",
    "dms.domain": "a vocabulary: each of its modules is one public word, and none of them has I/O to protect",
}
OPEN_MODULES = {
    "vault.errors": "the vault's door offers the module as a whole, since a caller tells its refusals apart",
}

DOORS = {module.name: module.public_names() for module in modules() if module.is_package}


def _is_inside(module: Module, folder: str) -> bool:
    return module.folder == folder or module.folder.startswith(f"{folder}.")


def _trespasses(module: Module, imported: Import) -> bool:
    """Whether an import reaches past the door of a folder that `module` does not stand in."""
    target = imported.module
    if target in OPEN_MODULES or target not in module_names():
        return False
    if target in DOORS:
        is_open = target in OPEN_FOLDERS or _is_inside(module, target)
        return not is_open and imported.name is not None and imported.name not in DOORS[target]
    folder = target.rpartition(".")[0]
    return folder not in OPEN_FOLDERS and not _is_inside(module, folder)


def test_nobody_climbs_in_through_a_window():
    found = [
        f"{module.name}:{imported.line} imports {imported.module}"
        for module in modules()
        for imported in module.imports()
        if _trespasses(module, imported)
    ]
    assert found == []


@pytest.mark.parametrize("door", sorted(name for name in DOORS if name not in OPEN_FOLDERS))
def test_every_door_names_what_it_offers(door):
    offered = DOORS[door]
    closed = door.startswith(("dms.store.migrations", "dms.ingest.reading.keyless")) or door == "dms.cli"
    assert offered or closed, f"{door} has no __all__"


@pytest.mark.parametrize("exception", sorted(OPEN_MODULES))
def test_every_exception_is_still_made_use_of(exception):
    users = [module.name for module in modules() if any(i.module == exception for i in module.imports())]
    outside = [name for name in users if not name.startswith(exception.rpartition(".")[0])]
    assert outside, f"nobody outside enters {exception} any more; take it off the list"
