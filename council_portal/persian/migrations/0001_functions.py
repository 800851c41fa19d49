"""Functions of the database that columns and indexes of other apps use; an app that does depends on this migration.

Their bodies are of the SQL-standard kind (RETURN, BEGIN ATOMIC), which binds what they call when they are created.
So they work under any search_path, as when pg_restore fills tables with checks and builds indexes under an empty one.
"""

from django.db import migrations

# The alphabet in its order, as ICU's `fa` has it; letters that stand together are one letter to the order.
ALPHABET = "آ اأإٱ ءؤئ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق کك گ ل م ن و هةۀ یىي".split()  # noqa: SIM905
DIGITS = [*map("".join, zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", strict=True))]
# Digits, then Persian letters, then Latin letters: each is one byte of ASCII, so that bytes compare as readers do.
RANKS = {letter: chr(ord("0") + rank) for rank, letters in enumerate(DIGITS + ALPHABET) for letter in letters}
RANKS["\u00a0"] = " "
# Not read when names are put in order: joiners, direction marks, kashida, vowel signs, quotation marks,
# and the ASCII signs whose bytes are taken by ranks.
IGNORED = "\u200b\u200c\u200d\u200e\u200f\u0640\u0670\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655"
IGNORED += "«»“”‘’\"'" + ":;<=>?@[\\]^_`"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


CREATE_SORT_KEY = f"""
CREATE FUNCTION persian_sort_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(lower(value COLLATE "C"), {literal("".join(RANKS) + IGNORED)}, {literal("".join(RANKS.values()))})
"""

# The 33-year rule and its first exception: 1502 is common and 1503 leap (see council_portal.persian.calendar).
# Right from 1178 to 1601, which is more than the years that a date of the portal may have.
CREATE_NEW_YEAR = """
CREATE FUNCTION jalali_new_year(year integer) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN date '0622-03-22' + (365 * (year - 1) + (8 * year + 21) / 33 - 1 - (year = 1503)::integer)
"""

CREATE_IS_PARTIAL_DATE = """
CREATE FUNCTION is_partial_date(span daterange) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(bool_or(
        upper(span) - lower(span) = 1
        OR (day_of_year = 0 AND upper(span) = next_new_year)
        OR (day_of_year < 186 AND day_of_year % 31 = 0 AND upper(span) - lower(span) = 31)
        OR (day_of_year >= 186 AND (day_of_year - 186) % 30 = 0
            AND upper(span) - lower(span) = least(30, next_new_year - lower(span)))
    ), false)
    FROM (
        SELECT lower(span) - jalali_new_year(year) AS day_of_year, jalali_new_year(year + 1) AS next_new_year
        FROM (VALUES (622), (621)) AS eras (era),
            LATERAL (SELECT extract(year FROM lower(span))::integer - era AS year) AS years
        WHERE year BETWEEN 1200 AND 1600
            AND lower(span) >= jalali_new_year(year) AND lower(span) < jalali_new_year(year + 1)
    ) AS place;
END
"""


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(CREATE_SORT_KEY, "DROP FUNCTION persian_sort_key(text)"),
        migrations.RunSQL(CREATE_NEW_YEAR, "DROP FUNCTION jalali_new_year(integer)"),
        migrations.RunSQL([(CREATE_IS_PARTIAL_DATE, None)], "DROP FUNCTION is_partial_date(daterange)"),
    ]
