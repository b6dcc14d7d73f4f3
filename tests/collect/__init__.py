"""Collecting mails, from a real server, over lines that break, and from what people saved; and what those mails are."""
