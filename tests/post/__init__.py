"""Letters, mails, the line to a server that misbehaves at every step, and what the ledger says of it all."""
