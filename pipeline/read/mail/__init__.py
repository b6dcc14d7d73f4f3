"""What a mail says itself, as a document. What is attached to it are documents of their own."""

from pipeline.read.mail.reader import own_words

__all__ = ["own_words"]
