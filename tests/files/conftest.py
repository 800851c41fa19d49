"""The two kinds of store: a folder, and an S3 store over HTTP, against a server that speaks like one."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from council_portal.stores import ON_DISK, files_in

from .places import Place, in_bucket, in_folder

KEY, SECRET, BUCKET = "key", "se/cret", "council"


@pytest.fixture(scope="session")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server, settings, db):
    """The store's own view of it; the portal keeps its files there meanwhile."""
    client = {"endpoint_url": f"http://{server}", "aws_access_key_id": KEY, "aws_secret_access_key": SECRET}
    bucket = boto3.resource("s3", region_name="us-east-1", **client).Bucket(BUCKET)
    bucket.create()
    settings.STORAGES = settings.STORAGES | {"default": files_in(f"http://{KEY}:se%2Fcret@{server}/{BUCKET}")}
    yield bucket
    bucket.objects.delete()
    bucket.delete()


@pytest.fixture
def folder(settings, tmp_path, db):
    """A folder in which the portal keeps its files meanwhile."""
    settings.STORAGES = settings.STORAGES | {"default": ON_DISK | {"OPTIONS": {"location": tmp_path}}}
    return tmp_path


@pytest.fixture(params=["folder", "bucket"])
def place(request) -> Place:
    """Each of the two in turn, as somebody sees it who has it before them."""
    where = request.getfixturevalue(request.param)
    return in_folder(where) if request.param == "folder" else in_bucket(where)
