"""The addresses that templates ask for, each made once: a page of results asks for a hundred, most of them again."""

from functools import lru_cache

from flask import Flask, request

_KEPT = 10_000


class KnownAddresses:
    """Stands in templates for ``url_for`` of one application, and answers as it does."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._of = lru_cache(maxsize=_KEPT)(self._made)

    def __call__(self, endpoint: str, **values: object) -> str:
        """The address below the root of this request; an endpoint that begins with a dot is one of the present page."""
        if endpoint.startswith(".") or any(map(_is_particular, values.items())):
            return self._app.url_for(endpoint, **values)  # type: ignore[arg-type]  # names of arguments, not its own
        stated = tuple((name, str(value)) for name, value in values.items() if value is not None)
        return self._of(endpoint, request.root_path, stated)

    def _made(self, endpoint: str, _root: str, stated: tuple[tuple[str, str], ...]) -> str:
        return self._app.url_for(endpoint, **dict(stated))  # type: ignore[arg-type]


def _is_particular(value: tuple[str, object]) -> bool:
    """Whether it makes more than a path with arguments: a host, a fragment, an argument that is given several times."""
    name, stated = value
    return name.startswith("_") or isinstance(stated, list | tuple)
