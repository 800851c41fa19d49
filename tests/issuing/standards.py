"""Whether a PDF keeps a standard, asked of page-validation, a validator that passes veraPDF's corpus of tests."""

from page import ValidationProfile, validate_pdf_bytes

from council_portal.issuing.papers import Variant

PROFILES = {Variant.ACCESSIBLE: ValidationProfile.PDF_UA_1, Variant.ARCHIVAL: ValidationProfile.PDF_A_3A}
# One compressed stream in 256 ends with a byte that is a carriage return; with the line feed before «endstream» the
# validator takes it for the end of the line, and the length for one too many.
MISTAKEN = {"PDFA3A-STREAM-LENGTH-001"}


def faults_of(pdf: bytes, variant: Variant) -> list[str]:
    """The rules of the standard that a PDF breaks, each with what is wrong."""
    report = validate_pdf_bytes(pdf, profile=PROFILES[variant])
    failures = [failure for failure in report.failures if failure.rule_id not in MISTAKEN]
    return sorted({f"{failure.rule_id}: {failure.message}" for failure in failures})
