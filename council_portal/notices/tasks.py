from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .mail import NotSentYet, send

# 3 s, 9 s, 27 s … about an hour and a half in all; `mail.MOST_ATTEMPTS` gives up before the strategy does.
LATER = RetryStrategy(max_attempts=10, exponential_wait=3, retry_exceptions=[NotSentYet])


@app.task(retry=LATER)
def deliver(mail_id: int) -> None:
    """Send one letter of the outbox, unless what it tells of was closed while it waited."""
    from .letters import write_anew_if_closed

    if not write_anew_if_closed(mail_id):
        send(mail_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="see_to_forgotten_letters")
def see_to_forgotten_letters(timestamp: int) -> None:
    """Take up the letters whose jobs ended without them."""
    from .outbox import see_to_forgotten

    see_to_forgotten()


@app.task
def write_letters() -> None:
    """Write the letters of those who want to be told at once."""
    from .letters import write_due_letters

    write_due_letters()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="write_digests")
def write_digests(timestamp: int) -> None:
    """Write the digests that are due, those of a morning on which no worker ran included."""
    from .letters import write_due_letters

    write_due_letters()
