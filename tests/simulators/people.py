"""Who comes to an archive: one person for every role, cleared for ordinary papers unless said otherwise."""

from dms.domain.actor import LOWEST_GRADE, Actor, Origin, Role


def person(*roles: Role, clearance: int = LOWEST_GRADE, user_id: int = 100) -> Actor:
    """Somebody in these roles, come in through the web."""
    name = "-".join(sorted(roles)) or "nobody"
    return Actor(user_id=user_id, name=name, roles=frozenset(roles), clearance=clearance, origin=Origin.WEB)


ADMINISTRATOR = person(Role.ADMINISTRATOR, user_id=101)
ARCHIVIST = person(Role.ARCHIVIST, user_id=102)
CLERK = person(Role.CLERK, user_id=103)
LAWYER = person(Role.LAWYER, user_id=104)
AUDITOR = person(Role.AUDITOR, user_id=105)
CLEARED_ARCHIVIST = person(Role.ARCHIVIST, clearance=1, user_id=106)
NOBODY = person(user_id=107)
