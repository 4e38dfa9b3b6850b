"""Invented unified social credit codes whose two check characters are right (GB 11714, GB 32100-2015)."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(region: str, organisation: str) -> str:
    """The 18 characters for an enterprise: six digits of a region, eight characters of an organisation."""
    values = [int(character, 36) for character in organisation]
    remainder = 11 - sum(v * w for v, w in zip(values, _ORGANISATION_WEIGHTS, strict=True)) % 11
    organisation_check = "X" if remainder == 10 else "0" if remainder == 11 else str(remainder)
    body = f"91{region}{organisation}{organisation_check}"
    total = sum(_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]
