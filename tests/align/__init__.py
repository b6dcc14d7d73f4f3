"""From documents to the words that answer each field."""
