"""What to say where nothing is installed that reads pictures."""

from pipeline.errors import UnreadableError


def nothing_installed() -> UnreadableError:
    """Return the error that says what to install."""
    return UnreadableError(
        "unsupported",
        "It is a picture, and nothing is installed that reads the words in pictures.",
        'Install it: pip install "proforma[ocr]" and, for speed, apt install tesseract-ocr. Or ask for the Word document.',
    )
