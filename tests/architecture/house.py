"""The source of the product as the architecture tests see it: parsed, never imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("dms", "vault")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or method and where it stands."""

    place: str
    """``dms.web.items.show``, for the message of a failing test."""
    node: FunctionNode
    public: bool
    """Whether a person outside its module may call it: no underscore on the way to it, and not inside a function."""

    @property
    def line_count(self) -> int:
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1


@dataclass(frozen=True)
class Import:
    """One imported name: ``from module import name``, or ``import module`` with `name` None."""

    module: str
    name: str | None
    line: int


@dataclass(frozen=True)
class Module:
    """One source file."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def folder(self) -> str:
        """The package that this module belongs to; a package belongs to itself."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def imports(self) -> Iterator[Import]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, None, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._absolute(node)
                yield from (Import(origin, alias.name, node.lineno) for alias in node.names)

    def functions(self) -> Iterator[Function]:
        yield from _functions_in(self.tree, self.name, public=not _is_private(self.name))

    def classes(self) -> Iterator[ast.ClassDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def public_names(self) -> frozenset[str]:
        """What ``__all__`` promises; empty without one."""
        for node in self.tree.body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id == "__all__"
            ):
                return frozenset(ast.literal_eval(node.value))
        return frozenset()

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        base = self.folder.split(".")
        kept = base[: len(base) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])


@cache
def modules() -> tuple[Module, ...]:
    """Every source file of the product, by name."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return tuple(sorted((Module(_module_name(path), path) for path in paths), key=lambda module: module.name))


@cache
def module_names() -> frozenset[str]:
    """The names of all modules and packages of the product."""
    return frozenset(module.name for module in modules())


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _is_private(dotted: str) -> bool:
    parts = dotted.split(".")
    return any(part.startswith("_") and not part.endswith("__") for part in parts)


def _functions_in(node: ast.AST, place: str, *, public: bool) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FunctionNode):
            own = f"{place}.{child.name}"
            yield Function(own, child, public and not child.name.startswith("_"))
            yield from _functions_in(child, own, public=False)
        elif isinstance(child, ast.ClassDef):
            yield from _functions_in(child, f"{place}.{child.name}", public=public and not child.name.startswith("_"))
        else:
            yield from _functions_in(child, place, public=public)
