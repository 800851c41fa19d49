from django.db import migrations

BEFORE = """
CREATE OR REPLACE FUNCTION leave_redirect(old text, new text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- What moves back to where it was needs no way there.
    DELETE FROM council_portal_redirect WHERE old_path = new;
    -- Those that led here lead on, so that one step is enough.
    UPDATE council_portal_redirect SET new_path = new || substr(new_path, length(old) + 1)
    WHERE starts_with(new_path, old) AND old_path <> new || substr(new_path, length(old) + 1);
    INSERT INTO council_portal_redirect (version, old_path, new_path, note) VALUES (1, old, new, '')
    ON CONFLICT (old_path) DO UPDATE SET new_path = EXCLUDED.new_path;
END
$$
"""
AFTER = """
CREATE OR REPLACE FUNCTION leave_redirect(old text, new text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- `old` is null where something new comes to stand at `new`.
    IF old = new THEN
        RETURN;
    END IF;
    -- An address that leads to what moved from there is taken by nothing else.
    IF EXISTS (SELECT FROM council_portal_redirect WHERE old_path = new AND new_path IS DISTINCT FROM old) THEN
        RAISE unique_violation USING MESSAGE = format('The address %s leads elsewhere.', new);
    END IF;
    IF old IS NULL THEN
        RETURN;
    END IF;
    -- What moves back to where it was needs no way there.
    DELETE FROM council_portal_redirect WHERE old_path = new;
    -- Those that led here lead on, so that one step is enough.
    UPDATE council_portal_redirect SET new_path = new || substr(new_path, length(old) + 1)
    WHERE starts_with(new_path, old) AND old_path <> new || substr(new_path, length(old) + 1);
    INSERT INTO council_portal_redirect (version, old_path, new_path, note) VALUES (1, old, new, '')
    ON CONFLICT (old_path) DO UPDATE SET new_path = EXCLUDED.new_path;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("council_portal", "0002_moved_addresses")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
