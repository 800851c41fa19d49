"""Signing issued files with the council's certificate: PAdES baseline B-B, and checking such a signature.

The certificate and its key are a PKCS#12 file, named in the settings. Only the process that issues reads it, which is
the queue's worker: the web process need not be able to.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from council_portal.refusing import Refused

FIELD = "Council"
TRIAL_YEARS = 5
TRIAL_BEGINS_AT = datetime(2020, 1, 1, tzinfo=UTC)  # so that a trial's clock may stand in an earlier year
KEY_BITS = 3072
# The signature as it stands in a PDF; a longer one than this is none of ours.
_CONTENTS = re.compile(rb"/Contents\s*<([0-9a-fA-F]{64,65536})>")


class NoCertificate(Refused):
    """There is nothing to sign with: none is set, or it cannot be read, or it is over."""


@dataclass(frozen=True)
class Certificate:
    """The council's certificate with its key: `fingerprint` is its SHA-256, as the register notes it."""

    signer: signers.SimpleSigner
    fingerprint: str
    name: str
    begins_at: datetime
    ends_at: datetime


def require_certificate() -> None:
    """Raise NoCertificate where none is set, so that nothing is published that could not be issued."""
    if not settings.SIGNING_CERTIFICATE:
        raise NoCertificate(
            _("The council's certificate for signing is not set up, so nothing can be issued. Ask the administrator.")
        )


def certificate() -> Certificate:
    """The certificate of the settings. Raises NoCertificate where there is none that can be read and holds today."""
    require_certificate()
    path = Path(settings.SIGNING_CERTIFICATE)
    try:
        loaded = _load(path, settings.SIGNING_PASSWORD, path.stat().st_mtime_ns)
    except OSError as error:
        raise NoCertificate(_("The file of the certificate for signing cannot be read.")) from error
    if loaded is None:
        raise NoCertificate(_("The file of the certificate for signing is broken, or its password is another."))
    if not is_of_the_council(loaded.fingerprint):
        raise NoCertificate(_("The certificate for signing is none of those that are known as the council's."))
    if not loaded.begins_at <= timezone.now() <= loaded.ends_at:
        raise NoCertificate(_("The certificate for signing is over, or not valid yet."))
    return loaded


def is_of_the_council(fingerprint: str) -> bool:
    """Whether a certificate is one that the settings name as the council's. The register says of each document with
    which it was signed; but whoever adds an entry can name one of their own."""
    return not settings.SIGNING_FINGERPRINTS or fingerprint in settings.SIGNING_FINGERPRINTS


@lru_cache(maxsize=1)
def _load(path: Path, password: str, _changed_at: int) -> Certificate | None:
    """Read a PKCS#12 file; None when it is broken or the password is wrong. Raises OSError."""
    content = path.read_bytes()
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password.encode() or None)
    except ValueError:
        return None
    own = signer.signing_cert
    validity = own["tbs_certificate"]["validity"]
    return Certificate(
        signer,
        hashlib.sha256(own.dump()).hexdigest(),
        own.subject.human_friendly,
        validity["not_before"].native,
        validity["not_after"].native,
    )


def sign(pdf: bytes, *, by: Certificate, address: str, reason: str) -> bytes:
    """The PDF with a signature that covers every byte of it and allows no later change.

    `address` is where it can be checked; it stands in the signature as plain text, so that a file that was changed
    still tells which document it was. The field is invisible and outside the page, as PDF/UA and PDF/A ask.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        contact_info=address,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    field = fields.SigFieldSpec(
        FIELD, invis_sig_settings=fields.InvisSigSettings(set_hidden_flag=False, box_out_of_bounds=True)
    )
    signed = signers.PdfSigner(metadata, by.signer, new_field_spec=field).sign_pdf(writer)
    return signed.getvalue()


@dataclass(frozen=True)
class Signature:
    """A signature found in a file: the certificate's `fingerprint`, and whether it holds for all of the file."""

    fingerprint: str
    is_whole: bool


def signature_of(pdf: bytes, *, at: datetime) -> Signature | None:
    """The council's signature in a PDF as it was at a moment; None where there is none that can be read."""
    try:
        found = [one for one in PdfFileReader(io.BytesIO(pdf)).embedded_signatures if one.field_name == FIELD]
        if len(found) != 1:
            return None
        own = found[0].signer_cert
        context = ValidationContext(trust_roots=[own], allow_fetching=False, moment=at, best_signature_time=at)
        status = validate_pdf_signature(found[0], signer_validation_context=context, skip_diff=True)
    except Exception:  # whatever a broken file makes the reader stumble over, it bears no signature that holds
        return None
    is_whole = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Signature(hashlib.sha256(own.dump()).hexdigest(), is_whole)


def fingerprints_in(content: bytes) -> set[str]:
    """The certificates that signatures anywhere in a file's bytes bear, whether or not they hold; the file is not
    parsed, so that it cannot do any harm."""
    found = set()
    for match in _CONTENTS.finditer(content):
        try:
            signed = cms.ContentInfo.load(bytes.fromhex(match[1].decode()), strict=False)["content"]
            found |= {hashlib.sha256(one.chosen.dump()).hexdigest() for one in signed["certificates"]}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def make_certificate(name: str, *, password: str) -> bytes:
    """A PKCS#12 file with a new key and a certificate that it signs itself: for trials, since nobody vouches for it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = timezone.now()
    usage = {name: name in ("digital_signature", "content_commitment") for name in _USAGES}
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TRIAL_BEGINS_AT)
        .not_valid_after(now + timedelta(days=365 * TRIAL_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(name.encode(), key, built, None, locked)


_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
