"""Files in an S3 store, or one that speaks like it (FILES_S3); needs the extra `s3` of pyproject.toml."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

# Asked for no longer than a reader waits; and without the checksums that stores other than Amazon's do not know.
CLIENT = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=30,
    retries={"max_attempts": 3, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class StoreError(OSError):
    """The store refused, or did not answer."""


class NothingThere(StoreError):
    """The object ends before the part that was asked for."""


@contextmanager
def _as_of_a_disk() -> Iterator[None]:
    """What goes wrong is an OSError, as on a disk: FileNotFoundError for what is not there."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        if code in ("404", "NoSuchKey"):
            raise FileNotFoundError(str(error)) from error
        if code == "InvalidRange":
            raise NothingThere(str(error)) from error
        raise StoreError(str(error)) from error
    except BotoCoreError as error:
        raise StoreError(str(error)) from error


class Store(S3Storage):
    """One bucket. The objects lie under their hashes, so that writing one again changes nothing."""

    def get_default_settings(self):
        return super().get_default_settings() | {
            "client_config": CLIENT,
            "file_overwrite": True,
            "default_acl": None,
            "object_parameters": {"ContentType": "application/octet-stream"},
        }

    def open_part(self, name: str, *, first: int, length: int) -> "Part":
        """Up to `length` bytes of an object from the byte `first` on, to be read; no more of it is fetched."""
        try:
            with _as_of_a_disk():
                asked = self.bucket.Object(self._normalize_name(name))
                answer = asked.get(Range=f"bytes={first}-{first + length - 1}")
                return Part(answer["Body"], state=f"{answer['ETag']}-{answer['LastModified'].timestamp()}")
        except NothingThere:
            return Part(BytesIO())

    def _save(self, name, content):
        with _as_of_a_disk():
            return super()._save(name, content)

    def delete(self, name):
        with _as_of_a_disk():
            return super().delete(name)


class Part:
    """The body of the store's answer; what goes wrong while it is read is an OSError, too.

    `state` becomes another with each writing of the object.
    """

    def __init__(self, body, *, state: str = ""):
        self.body, self.state = body, state

    def read(self, size: int) -> bytes:
        with _as_of_a_disk():
            return self.body.read(size)

    def close(self) -> None:
        self.body.close()
