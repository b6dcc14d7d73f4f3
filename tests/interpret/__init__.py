"""From words to records."""
