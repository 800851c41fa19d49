"""Where the files lie: in a folder, or in an S3 store that one address names."""

from importlib.util import find_spec
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON_DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
SHAPE = "Write FILES_S3 as https://KEY:SECRET@host/bucket, with ?region=… if the store asks for one."


def files_in(address: str) -> dict:
    """The entry of STORAGES for the files: on disk, or where `address` says, `https://KEY:SECRET@host/bucket`.

    Signs inside the key and the secret are percent-encoded. Without them those of the machine are taken, which boto3
    finds by itself. Raises ImproperlyConfigured for an address of another shape, and where the extra is not installed.
    """
    if not address:
        return ON_DISK
    place = urlsplit(address)
    bucket = place.path.strip("/")
    if place.scheme not in ("http", "https") or not place.hostname or not bucket or "/" in bucket:
        raise ImproperlyConfigured(SHAPE)
    if find_spec("storages") is None:
        raise ImproperlyConfigured("FILES_S3 needs the extra: uv sync --extra s3")
    options = {
        "bucket_name": bucket,
        "endpoint_url": f"{place.scheme}://{place.netloc.rpartition('@')[2]}",
        "region_name": parse_qs(place.query).get("region", ["us-east-1"])[0],
    }
    if place.username:
        options |= {"access_key": unquote(place.username), "secret_key": unquote(place.password or "")}
    return {"BACKEND": "council_portal.files.s3.Store", "OPTIONS": options}
