"""Who may do what with the records of the portal as a whole."""

from council_portal.access.rules import grant, is_secretariat

grant("council_portal", "redirect", to=is_secretariat)
