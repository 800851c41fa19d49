import rules

from council_portal.access.rules import is_secretariat

# `change` is the right to withdraw a document; no entry is ever changed.
for action in ("view", "change"):
    rules.add_perm(f"issuing.{action}_entry", is_secretariat)
rules.add_perm("issuing", is_secretariat)
