import rules

from council_portal.access.rules import grant, is_secretariat

grant(
    "publications",
    *(
        "document",
        "edition",
        "article",
        "articlenote",
        "announcement",
        "recipient",
        "dispatch",
        "disc",
        "citation",
        "articlerule",
    ),
    to=is_secretariat,
)
rules.add_perm("publications", is_secretariat)
