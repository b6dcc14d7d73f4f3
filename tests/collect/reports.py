"""What mail servers and mail programs write by themselves, as small texts: bounces, and answers while somebody is away."""

from tests.envelopes.mails import raw

OURS = "<proforma.RDS.1a2b3c4d@example.org>"
"""The Message-ID of the message of ours that they are about."""
CHAIR = "chair@example.org"

_BACK = (f"Message-ID: {OURS}", "From: returns@example.org", f"To: {CHAIR}", "Subject: Your proforma", "", "Please fill it in.")


def standard(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    why: str = "smtp; 550 5.1.1 <chair@example.org>: Recipient address rejected: User unknown",
    back: tuple[str | bytes, ...] = _BACK,
    headers_only: bool = False,
    sender: str = "MAILER-DAEMON@mx.example.org (Mail Delivery System)",
) -> bytes:
    """Return a report as Postfix, Sendmail, Exchange Online and Gmail write it (RFC 3464)."""
    return raw(
        "Return-Path: <>",
        f"From: {sender}",
        "To: returns@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "Message-ID: <20110501.AB12@mx.example.org>",
        "Date: Sun, 01 May 2011 10:00:00 +0100",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        "",
        "--b1",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "This is the mail system at host mx.example.org. Your message could not be delivered.",
        "",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "Arrival-Date: Sun, 01 May 2011 09:59:00 +0100",
        "",
        f"Final-Recipient: rfc822; {CHAIR}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: {why}",
        "",
        "--b1",
        f"Content-Type: {'text/rfc822-headers' if headers_only else 'message/rfc822'}",
        "",
        *(back[:4] if headers_only else back),
        "",
        "--b1--",
    )


def qmail() -> bytes:
    """Return what qmail writes: a letter, with the mail behind a line."""
    return raw(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example.org",
        "To: returns@example.org",
        "Subject: failure notice",
        "Message-ID: <q1@mx.example.org>",
        "",
        "Hi. This is the qmail-send program at mx.example.org.",
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "",
        f"<{CHAIR}>:",
        "Sorry, no mailbox here by that name. (#5.1.1)",
        "",
        "--- Below this line is a copy of the message.",
        "",
        *_BACK,
    )


def exim() -> bytes:
    """Return what older versions of Exim write: the addresses in a field of the head."""
    return raw(
        "Return-path: <>",
        f"X-Failed-Recipients: {CHAIR}",
        "Auto-Submitted: auto-replied",
        "From: Mail Delivery System <Mailer-Daemon@mx.example.org>",
        "To: returns@example.org",
        "Subject: Mail delivery failed: returning message to sender",
        "Message-ID: <E1@mx.example.org>",
        "",
        "This message was created automatically by mail delivery software.",
        "",
        f"  {CHAIR}",
        "    SMTP error from remote mail server after RCPT TO: 550 5.2.2 mailbox full",
        "",
        "------ This is a copy of the message, including all the headers. ------",
        "",
        *_BACK,
    )


def exchange() -> bytes:
    """Return what Exchange writes where only its page came through, as when the bounce was forwarded or saved."""
    return raw(
        "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>",
        "To: returns@example.org",
        "Subject: Undeliverable: Your proforma [OX2030-11-RDS-X]",
        "Message-ID: <e1@example.org>",
        "MIME-Version: 1.0",
        "Content-Type: text/html; charset=utf-8",
        "",
        f"<p>Your message to <b>{CHAIR}</b> couldn’t be delivered.</p><p>{CHAIR} wasn’t found at example.org.</p>",
        "<p>Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'</p>",
    )


def away(**fields: str) -> bytes:
    """Return the answer of a vacation program (RFC 3834), or with other fields that of another program."""
    usual = {
        "From": CHAIR,
        "To": "returns@example.org",
        "Subject": "Out of office: Your proforma",
        "Auto-Submitted": "auto-replied (vacation)",
        "In-Reply-To": OURS,
        "Message-ID": "<v1@example.org>",
        "Date": "Sun, 01 May 2011 10:00:00 +0100",
    }
    head = [f"{name}: {value}" for name, value in (usual | fields).items() if value]
    return raw(*head, "", "I am away until 9 May and shall answer then.")
