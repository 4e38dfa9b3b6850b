"""The options that say what a backup place is and how it is reached; shared by several commands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

import click

from dms.domain.backup import Medium, PlaceKind
from dms.preservation import CredentialsUnusable, NewPlace, Place, place_at, s3_options

S3_SCHEME = "s3://"
MEDIA = click.Choice([medium.value for medium in Medium])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """How an S3 place is reached; of no meaning for a folder."""

    credentials_file: Path | None
    endpoint: str
    region: str

    def options(self, address: str) -> dict[str, str]:
        """What to record for a place; `CredentialsUnusable`."""
        if not address.startswith(S3_SCHEME):
            return {}
        return s3_options(endpoint=self.endpoint, region=self.region, credentials_text=self._credentials_text())

    def changes(self) -> dict[str, str]:
        """The options that were given anew; `CredentialsUnusable`."""
        given = {name: value for name, value in (("endpoint", self.endpoint), ("region", self.region)) if value}
        if self.credentials_file:
            given |= s3_options(endpoint="", region="", credentials_text=self._credentials_text())
        return given

    def place(self, address: str) -> Place:
        """The place at an address that no archive has on record."""
        kind = PlaceKind.S3 if address.startswith(S3_SCHEME) else PlaceKind.FOLDER
        return place_at(kind, full_address(address), self.options(address))

    def _credentials_text(self) -> str:
        try:
            return self.credentials_file.read_text(encoding="utf-8-sig") if self.credentials_file else ""
        except (OSError, UnicodeDecodeError) as error:
            raise CredentialsUnusable from error


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """What a person stated about a place."""

    name: str
    medium: Medium | None
    offsite: bool
    reaching: Reaching

    def new_place(self, address: str) -> NewPlace:
        """The place to register; `CredentialsUnusable`."""
        return NewPlace(
            address=full_address(address),
            name=self.name,
            medium=self.medium,
            offsite=self.offsite,
            options=self.reaching.options(address) if self.reaching.credentials_file else {},
        )


def full_address(address: str) -> str:
    """The address as places are recorded: a folder as a full path without links, S3 without a slash at its end."""
    return address.rstrip("/") if address.startswith(S3_SCHEME) else str(Path(address).resolve())


def with_reaching(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how an S3 place is reached, as `reaching`."""

    @click.option("--credentials-file", type=click.Path(path_type=Path), help="For S3; never typed 访问凭据文件.")
    @click.option("--endpoint", default="", help="Address of the S3 store 存储服务地址.")
    @click.option("--region", default="", help="Region of the S3 store 区域.")
    @wraps(command)
    def run(*given: object, credentials_file: Path | None, endpoint: str, region: str, **rest: object) -> None:
        reaching = Reaching(credentials_file=credentials_file, endpoint=endpoint, region=region)
        command(*given, reaching=reaching, **rest)

    return run


def with_place_facts(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what a place is, as `facts`."""

    @click.option("--name", default="", help="Name of the place 名称.")
    @click.option("--medium", type=MEDIA, help="On what it lies 介质.")
    @click.option("--offsite", is_flag=True, help="It lies at another site 异地.")
    @with_reaching
    @wraps(command)
    def run(*given: object, name: str, medium: str | None, offsite: bool, reaching: Reaching, **rest: object) -> None:
        facts = PlaceFacts(name=name, medium=Medium(medium) if medium else None, offsite=offsite, reaching=reaching)
        command(*given, facts=facts, **rest)

    return run
