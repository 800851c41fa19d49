"""What a rule raises when it does not allow a step."""


class Refused(Exception):
    """A step that the rules do not allow; the message says why, in words for the person who tried it."""
