"""Sending plain-text mail: to a mail server, or to the console where none is set up.

Nothing is tracked and nothing is loaded from elsewhere: text with links, and that is all.
"""

from __future__ import annotations

import smtplib
import ssl
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Protocol, TextIO
from urllib.parse import unquote, urlsplit

PATIENCE = 20.0  # seconds for each step with the mail server
PORT, PORT_TLS = 587, 465


class MailFailed(Exception):
    """A mail could not be handed over. Its words name no address."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. Shape: `key` is the same whenever the same mail is sent again."""

    to: str
    subject: str
    text: str
    key: str


class Mailer(Protocol):
    """Hands mails over."""

    def send(self, mail: Mail) -> None:
        """Hands one mail over. Raises: MailFailed if it may be tried again later."""


class ConsoleMailer:
    """Prints mails, for the demo and wherever no mail server is set up."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    def send(self, mail: Mail) -> None:
        """Prints a mail with its subject and text."""
        out = self._out or sys.stdout
        out.write(f"---- mail to {mail.to}\nSubject: {mail.subject}\n\n{mail.text}\n----\n")
        out.flush()


class SmtpMailer:
    """Sends through a mail server, over TLS from the start (smtps) or by STARTTLS (smtp)."""

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (PORT_TLS if self._is_tls else PORT)
        self._name = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Hands one mail over. Raises: MailFailed whenever the server does not take it."""
        try:
            with self._connect() as server:
                if self._name:
                    server.login(self._name, self._password)
                server.send_message(self._message(mail))
        except (OSError, smtplib.SMTPException) as error:
            # Answers of servers name addresses, so only their kind and code are told.
            code = getattr(error, "smtp_code", "")
            raise MailFailed(f"{type(error).__name__} {code}".strip()) from None

    def _connect(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self._is_tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=tls)
        server = smtplib.SMTP(self._host, self._port, timeout=PATIENCE)
        try:
            server.starttls(context=tls)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._sender, mail.to
        message["Subject"], message["Date"] = mail.subject, formatdate()
        domain = self._sender.rpartition("@")[2].strip("> ") or "localhost"
        message["Message-ID"] = f"<{mail.key}@{domain}>"  # lets programs drop a second copy
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message


def mailer_for(url: str, *, sender: str) -> Mailer:
    """The mailer a setting asks for; an empty one prints."""
    return SmtpMailer(url, sender=sender) if url else ConsoleMailer()
