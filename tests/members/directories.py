"""The directories of people and of organisations, as tests ask for them."""

PEOPLE, ORGANIZATIONS = "/members/", "/organizations/"
MEMBERS = {"member", "body_member", "officer", "follow_up_officer", "secretariat"}


def names_found(client, query) -> set[str]:
    return {person.family_name for person in client.get(PEOPLE, query).context["directory"].page}
