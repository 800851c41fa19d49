"""The triggers by which the database keeps what is only added to."""

import pgtrigger
from django.db import connection


class Guard(pgtrigger.Trigger):
    """A trigger whose function (migrations 0003, 0005) heeds no setting: what pgtrigger writes itself can be switched
    off by whoever may set `pgtrigger.ignore`, which every role may."""

    func = "RETURN NULL;"  # is installed and never called

    def __init__(self, *, calls: str, **kwargs):
        super().__init__(**kwargs)
        self.calls = calls

    def render_execute(self, model) -> str:
        return f"{self.calls}()"

    def as_installed(self) -> tuple[str, int, str]:
        """What the database has of it: the function's name, the type of the trigger, and the digest of the function."""
        kind = _BEFORE | (_ROW if self.level != pgtrigger.Statement else 0)
        for operation in str(self.operation).split(" OR "):
            kind |= _OPERATIONS[operation]
        return self.calls, kind, DIGESTS[self.calls]


# Bits of pg_trigger.tgtype.
_ROW, _BEFORE = 1, 2
_OPERATIONS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
# SHA-256 of the body of each function, as the migrations have made it: one that does nothing guards nothing.
DIGESTS = {
    "issuing_refuse_change": "d486ef6c7aec98c86fbd315c64d5253546d77e596b6db7929ff15305903bd4a3",
    "issuing_refuse_truncate": "cef7eefe79a24c9d752a3a40667feb99df67c20d1994590529f8b28978516af4",
    "issuing_require_chain": "99e201344a3ac11af4e1185d7d3306fc81e91989c365d45a67b3965250a29e72",
}


def installed_on(table: str) -> set[tuple[str, int, str]]:
    """The triggers of a table that are on, for every row and under no condition; each as in `Guard.as_installed`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.proname, t.tgtype, encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex')
            FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
            WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''
            """,
            [table],
        )
        return set(cursor.fetchall())


def names_on(table: str) -> set[str]:
    """All that has a say in what is written to a table or read from it: triggers, rules, policies for rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tgname FROM pg_trigger WHERE tgrelid = %(table)s::regclass AND NOT tgisinternal
            UNION SELECT rulename FROM pg_rewrite WHERE ev_class = %(table)s::regclass
            UNION SELECT polname FROM pg_policy WHERE polrelid = %(table)s::regclass
            """,
            {"table": table},
        )
        return {name for (name,) in cursor}


NEVER_CHANGED = Guard(
    name="append_only",
    calls="issuing_refuse_change",
    operation=pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
)
NEVER_EMPTIED = Guard(
    name="never_emptied",
    calls="issuing_refuse_truncate",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
)
