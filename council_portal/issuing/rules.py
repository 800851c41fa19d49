import rules

from council_portal.access.rules import is_secretariat

# `change` is the right to withdraw a document, and to have what waits tried again; no row is ever changed by hand.
for action in ("view", "change"):
    for model in ("entry", "order", "inspection"):
        rules.add_perm(f"issuing.{action}_{model}", is_secretariat)
rules.add_perm("issuing", is_secretariat)
