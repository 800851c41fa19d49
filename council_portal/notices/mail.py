"""Handing a letter of the outbox to the mail server, at most once."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone

from .in_html import blocks_of
from .models import Mail

MOST_ATTEMPTS = 8


class NotSentYet(Exception):
    """The mail server could not be reached, or asked to try later; the letter waits."""


def send(mail_id: int) -> None:
    """Hand a waiting letter to the mail server.

    Raises NotSentYet while that can be tried again; a refusal for good, and the last attempt, are kept on the letter.
    Called again for a letter that is on its way, because whoever sent it was killed, it leaves the letter in doubt.
    """
    letter = Mail.objects.filter(pk=mail_id).first()
    if letter is None:  # a newer one took its place
        return
    if letter.status == Mail.Status.SENDING:
        _move(letter, Mail.Status.SENDING, Mail.Status.IN_DOUBT)
    if letter.status != Mail.Status.WAITING:
        return
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib's errors are among them
        _wait_or_fail(letter, Mail.Status.WAITING, error)
        return
    try:
        if _move(letter, Mail.Status.WAITING, Mail.Status.SENDING):
            _hand_over(letter, server)
    finally:
        server.close()


def _hand_over(letter: Mail, server) -> None:
    try:
        server.send_messages([message_of(letter)])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        _refused(letter, code, answer)
    except smtplib.SMTPResponseException as refusal:
        _refused(letter, refusal.smtp_code, refusal.smtp_error)
    except ValueError as error:
        # No message, or no address, can be made of it; nothing has left.
        _move(letter, Mail.Status.SENDING, Mail.Status.FAILED, attempts=letter.attempts + 1, error=str(error))
    except OSError as error:
        # The line broke while the letter was on its way: it may have arrived.
        _move(letter, Mail.Status.SENDING, Mail.Status.IN_DOUBT, error=str(error))
    else:
        _move(letter, Mail.Status.SENDING, Mail.Status.SENT, sent_at=timezone.now(), error="")


def _refused(letter: Mail, code: int, answer: bytes | str) -> None:
    """The server said no: for now (RFC 5321: codes 4xx) or for good."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    error = f"{code} {text}"
    if 400 <= code < 500:
        _wait_or_fail(letter, Mail.Status.SENDING, error)
    else:
        _move(letter, Mail.Status.SENDING, Mail.Status.FAILED, attempts=letter.attempts + 1, error=error)


def _wait_or_fail(letter: Mail, before: str, error) -> None:
    attempts = letter.attempts + 1
    is_last = attempts >= MOST_ATTEMPTS
    after = Mail.Status.FAILED if is_last else Mail.Status.WAITING
    if _move(letter, before, after, attempts=attempts, error=str(error)) and not is_last:
        raise NotSentYet(str(error))


def _move(letter: Mail, before: str, after: str, **values) -> bool:
    """Let the letter stand otherwise, committed at once; False if somebody else has moved it meanwhile."""
    moved = Mail.objects.filter(pk=letter.pk, status=before).update(status=after, **values)
    if moved:
        letter.status = after
    return bool(moved)


def message_of(letter: Mail) -> EmailMultiAlternatives:
    """The message as it travels: the text, the same from right to left in HTML, and the calendar entry."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[f"{_quoted(letter.name)} <{letter.address}>" if letter.name else letter.address],
        headers={"Message-ID": f"<{letter.uid}@{settings.MAIL_DOMAIN}>", "Auto-Submitted": "auto-generated"},
    )
    page = {"letter": letter, "blocks": blocks_of(letter.text)}
    message.attach_alternative(render_to_string("mail/letter.html", page), "text/html")
    if letter.calendar:
        # For calendars that read the mail (RFC 6047), and as a file for people whose mail program knows of none.
        message.attach_alternative(letter.calendar, f"text/calendar; method={letter.calendar_method}")
        message.attach("invitation.ics", letter.calendar.encode(), "application/ics")
    return message


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
