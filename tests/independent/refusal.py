"""What this reader refuses, by the codes of §8 of the page."""


class Refused(Exception):
    """The bytes at hand are not what the page allows; `code` is that of §8."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def demand(condition: object, code: str, detail: str = "") -> None:
    """Goes on if the condition holds, refuses with this code otherwise."""
    if not condition:
        raise Refused(code, detail)
