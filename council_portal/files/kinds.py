"""Which files are taken, and how each is known by its content; what its sender calls it counts for nothing."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.conf import settings
from PIL import Image

HEAD_BYTES = 4096
PICTURE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
OOXML_PARTS = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
}
ODF = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
ZIP_HEAD = b"PK\x03\x04"
MAX_ZIP_MEMBERS = 10_000
MAX_ZIP_GROWTH = 100  # times its own size; documents full of text reach about 20
MAX_MANIFEST_BYTES = 1_000_000


class NotTaken(Exception):
    """A file that we do not take. Its `reason` is "kind", "broken", "bomb", "macros" or "locked"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Kind:
    """What a file is: its media type, the ending of its name, and for a picture its size in pixels."""

    media_type: str
    suffix: str
    width: int | None = None
    height: int | None = None

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURE_FORMATS


PDF = Kind("application/pdf", ".pdf")
PICTURES = frozenset(PICTURE_FORMATS)
DOCUMENTS = frozenset({PDF.media_type, *(media_type for media_type, _ in OOXML_PARTS.values()), *ODF})
WORD_FILES = frozenset({OOXML_PARTS["word/document.xml"][0]})
EVERYTHING = PICTURES | DOCUMENTS
SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    PDF.media_type: (PDF.suffix,),
    **{media_type: (suffix,) for media_type, suffix in OOXML_PARTS.values()},
    **{media_type: (suffix,) for media_type, suffix in ODF.items()},
}


def kind_of(file: BinaryIO) -> Kind:
    """Return what `file` is by its content. Raises NotTaken for anything that we do not take."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return _reader_for(head)(file)


def _reader_for(head: bytes) -> Callable[[BinaryIO], Kind]:
    if head.startswith(ZIP_HEAD):
        return _document_in_zip
    guesses = _guesses(head)
    if head.startswith(b"%PDF-") and PDF.media_type in guesses:
        return _pdf
    for media_type in PICTURE_FORMATS:
        if media_type in guesses:
            return _picture
    raise NotTaken("kind")


def _guesses(head: bytes) -> set[str]:
    try:
        return {guess.mime_type for guess in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _pdf(file: BinaryIO) -> Kind:
    """A PDF has a head and a tail; what lies between is the reader's business, and shown in a sandbox of its own."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - HEAD_BYTES))
    if b"%%EOF" not in file.read():
        raise NotTaken("broken")
    return PDF


def _picture(file: BinaryIO) -> Kind:
    """A picture that Pillow can decode to its end, within the limit of pixels."""
    try:
        with Image.open(file, formats=[*PICTURE_FORMATS.values()]) as picture:
            _refuse_bomb(picture)
            media_type, (width, height) = Image.MIME[picture.format], picture.size
            picture.verify()
        file.seek(0)
        with Image.open(file, formats=[*PICTURE_FORMATS.values()]) as picture:
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotTaken("bomb") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotTaken("broken") from error
    return Kind(media_type, SUFFIXES[media_type][0], width, height)


def _refuse_bomb(picture: Image.Image) -> None:
    if picture.width * picture.height > settings.FILES_MAX_PIXELS:
        raise NotTaken("bomb")


def _document_in_zip(file: BinaryIO) -> Kind:
    """A document of an office program: its parts are looked at, none but the short manifest is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _refuse_dangerous(members)
            return _odf(archive) or _ooxml(archive)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise NotTaken("broken") from error


def _refuse_dangerous(members: list[zipfile.ZipInfo]) -> None:
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_ZIP_MEMBERS or sum(member.file_size for member in members) > max(packed, 1) * MAX_ZIP_GROWTH:
        raise NotTaken("bomb")
    if any(member.flag_bits & 0x1 for member in members):
        raise NotTaken("locked")
    names = [member.filename.lower() for member in members]
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise NotTaken("macros")


def _odf(archive: zipfile.ZipFile) -> Kind | None:
    """OpenDocument: the first part is called `mimetype` and says, unpacked, what it is."""
    first = archive.infolist()[0] if archive.infolist() else None
    if first is None or first.filename != "mimetype" or first.file_size > 100:
        return None
    media_type = archive.read(first).decode("ascii", "replace").strip()
    if media_type not in ODF or "content.xml" not in archive.namelist():
        raise NotTaken("kind")
    return Kind(media_type, ODF[media_type])


def _ooxml(archive: zipfile.ZipFile) -> Kind:
    """Office Open XML: a manifest lists the parts; the main part has its place, and a type without macros."""
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or archive.getinfo("[Content_Types].xml").file_size > MAX_MANIFEST_BYTES:
        raise NotTaken("kind")
    for part, (media_type, suffix) in OOXML_PARTS.items():
        if part in names:
            manifest = archive.read("[Content_Types].xml")
            if b"macroEnabled" in manifest:
                raise NotTaken("macros")
            return Kind(media_type, suffix)
    raise NotTaken("kind")
