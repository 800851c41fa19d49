"""`manage.py make_certificate`: what signs in a trial."""

import pytest
from django.core.management import CommandError, call_command


def test_a_certificate_is_made_with_its_folder_and_never_written_over(tmp_path):
    file = tmp_path / "keys" / "signing.p12"

    call_command("make_certificate", str(file), verbosity=0)

    kept = file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_certificate", str(file), verbosity=0)
    assert file.read_bytes() == kept
