"""A backup place in a store that speaks the S3 protocol; the home of boto3, which is an optional part.

Invariants:
- Whatever the library raises leaves here as one of the refusals that `Place` promises; no message carries credentials.
- A listing answers in ascending order of keys, as the protocol demands, so that nothing is gathered in memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from dms.preservation.errors import (
    CredentialsRefused,
    CredentialsUnusable,
    PlaceFailed,
    PlaceFull,
    PlaceMissing,
    PlaceOccupied,
    PlaceUnreachable,
    S3NotInstalled,
)
from dms.preservation.place import BLOCK_BYTES, DESCRIPTION, Entry, EntryMissing, Place, checked_name
from dms.preservation.s3_options import ACCESS_KEY_ID, ENDPOINT, REGION, SECRET_ACCESS_KEY, SESSION_TOKEN

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError as missing:
    raise S3NotInstalled from missing

PART_BYTES: Final = 8 << 20
"""What is larger goes in parts of this size, so that memory does not grow with an object."""
_SCHEME: Final = "s3://"
_ABSENT: Final = frozenset({"NoSuchKey", "404", "NotFound"})
_NO_BUCKET: Final = frozenset({"NoSuchBucket"})
_TAKEN: Final = frozenset({"PreconditionFailed", "412", "ConditionalRequestConflict", "409"})
_NOT_OFFERED: Final = frozenset({"NotImplemented", "501", "InvalidArgument"})
_FULL: Final = frozenset({"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "507", "ServiceQuotaExceeded"})
_REFUSED: Final = frozenset(
    {
        "403",
        "AccessDenied",
        "AllAccessDisabled",
        "ExpiredToken",
        "Forbidden",
        "InvalidAccessKeyId",
        "InvalidToken",
        "SignatureDoesNotMatch",
    }
)


def s3_place(address: str, options: Mapping[str, str]) -> Place:
    """The place at ``s3://bucket/prefix``; `CredentialsUnusable` where the options have none."""
    if not {ACCESS_KEY_ID, SECRET_ACCESS_KEY} <= options.keys():
        raise CredentialsUnusable
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"max_attempts": 3, "mode": "standard"},
        signature_version="s3v4",
        s3={"addressing_style": "path" if options.get(ENDPOINT) else "auto"},
        # Newer defaults send trailers that many stores of other makers refuse; everything is read back and compared.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    try:
        client = boto3.client(
            "s3",
            endpoint_url=options.get(ENDPOINT) or None,
            region_name=options.get(REGION) or "us-east-1",
            aws_access_key_id=options[ACCESS_KEY_ID],
            aws_secret_access_key=options[SECRET_ACCESS_KEY],
            aws_session_token=options.get(SESSION_TOKEN) or None,
            config=config,
        )
    except (BotoCoreError, ValueError) as error:
        raise PlaceUnreachable(address, type(error).__name__) from error
    return S3Place(client, address)


class S3Place:
    """A `Place` below a prefix of a bucket."""

    def __init__(self, client: Any, address: str) -> None:  # noqa: ANN401 -- boto3 makes its clients while it runs
        self._client = client
        self._address = address
        bucket, _, prefix = address.removeprefix(_SCHEME).partition("/")
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    @property
    def address(self) -> str:
        """See `Place.address`."""
        return self._address

    def is_reachable(self) -> bool:
        """See `Place.is_reachable`."""
        try:
            with self._named():
                self._client.head_bucket(Bucket=self._bucket)
        except (EntryMissing, PlaceMissing):
            return False
        return True

    def prepare(self) -> None:
        """See `Place.prepare`; the bucket is not made, for how it is kept is its owner's to decide."""
        if not self.is_reachable():
            raise PlaceMissing(self.address)
        with self._named():
            found = self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        if found.get("KeyCount") and self.size(DESCRIPTION) is None:
            raise PlaceOccupied(self.address)

    def sweep(self) -> None:
        """See `Place.sweep`; uploads in parts that were cut off cost money until they are given up."""
        with self._named():
            found = self._client.list_multipart_uploads(Bucket=self._bucket, Prefix=self._prefix)
        for upload in found.get("Uploads", ()):
            self._abort(upload["Key"], upload["UploadId"])

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """See `Place.put`."""
        key, parts = self._key(name), _parts(chunks)
        first = next(parts, b"")
        second = next(parts, None)
        if second is None:
            with self._named():
                self._client.put_object(Bucket=self._bucket, Key=key, Body=first)
            return
        self._put_in_parts(key, _joined(first, second, parts))

    def put_new(self, name: str, content: bytes) -> bool:
        """See `Place.put_new`."""
        with self._named():
            try:
                self._client.put_object(Bucket=self._bucket, Key=self._key(name), Body=content, IfNoneMatch="*")
            except ClientError as error:
                if _code(error) in _TAKEN:
                    return False
                if _code(error) not in _NOT_OFFERED:
                    raise
            else:
                return True
        if self.size(name) is not None:
            return False
        self.put(name, [content])
        return True

    def size(self, name: str) -> int | None:
        """See `Place.size`."""
        try:
            with self._named():
                return int(self._client.head_object(Bucket=self._bucket, Key=self._key(name))["ContentLength"])
        except EntryMissing:
            return None

    def read(self, name: str) -> Iterator[bytes]:
        """See `Place.read`."""
        with self._named():
            body = self._client.get_object(Bucket=self._bucket, Key=self._key(name))["Body"]
        try:
            while block := self._next_block(body):
                yield block
        finally:
            body.close()

    def entries(self, folder: str) -> Iterator[Entry]:
        """See `Place.entries`."""
        asked = {"Bucket": self._bucket, "Prefix": self._key(folder) + "/"}
        while True:
            with self._named():
                found = self._client.list_objects_v2(**asked)
            for listed in found.get("Contents", ()):
                yield Entry(name=listed["Key"].rpartition("/")[2], size_bytes=int(listed["Size"]))
            if not found.get("IsTruncated"):
                return
            asked["ContinuationToken"] = found["NextContinuationToken"]

    def remove(self, name: str) -> None:
        """See `Place.remove`."""
        with self._named():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(name))

    def settle(self) -> None:
        """See `Place.settle`; what the store has acknowledged is durable."""

    def _put_in_parts(self, key: str, parts: Iterable[bytes]) -> None:
        with self._named():
            upload_id = self._client.create_multipart_upload(Bucket=self._bucket, Key=key)["UploadId"]
        done = []
        try:
            for number, part in enumerate(parts, start=1):
                done.append({"PartNumber": number, "ETag": self._put_part(key, upload_id, number, part)})
            with self._named():
                self._client.complete_multipart_upload(
                    Bucket=self._bucket, Key=key, UploadId=upload_id, MultipartUpload={"Parts": done}
                )
        except BaseException:
            self._abort(key, upload_id)
            raise

    def _put_part(self, key: str, upload_id: str, number: int, part: bytes) -> str:
        with self._named():
            answer = self._client.upload_part(
                Bucket=self._bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=part
            )
        return str(answer["ETag"])

    def _abort(self, key: str, upload_id: str) -> None:
        with suppress(BotoCoreError, ClientError):
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)

    def _next_block(self, body: Any) -> bytes:  # noqa: ANN401 -- see the client
        with self._named():
            return bytes(body.read(BLOCK_BYTES))

    def _key(self, name: str) -> str:
        return self._prefix + checked_name(name)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            raise _refusal(self.address, _code(error)) from error
        except (BotoCoreError, OSError) as error:
            raise PlaceUnreachable(self.address, type(error).__name__) from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _refusal(address: str, code: str) -> Exception:
    if code in _ABSENT:
        return EntryMissing(address)
    if code in _NO_BUCKET:
        return PlaceMissing(address)
    if code in _FULL:
        return PlaceFull(address)
    return CredentialsRefused(address) if code in _REFUSED else PlaceFailed(address, code or "?")


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The joined chunks in parts of `PART_BYTES`, the last one shorter."""
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        while len(gathered) >= PART_BYTES:
            yield bytes(gathered[:PART_BYTES])
            del gathered[:PART_BYTES]
    if gathered:
        yield bytes(gathered)


def _joined(first: bytes, second: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield second
    yield from rest
