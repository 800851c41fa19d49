"""A real mail server on loopback, which remembers what it was given and can refuse."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Postbox:
    """`letters` are (address, message) in the order of their arrival; `answers` says what else is answered to whom."""

    def __init__(self):
        self.letters, self.answers = [], {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"


@contextmanager
def mail_server(postbox: Postbox | None = None):
    """Yield a (Postbox, port) while a server listens on a free port of 127.0.0.1."""
    postbox = postbox or Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield postbox, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
