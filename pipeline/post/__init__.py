"""Letters to partnerships: from a kit's mail texts to drafts or over the wire.

Knows mail and SMTP. Knows no store: what was sent and who may be written to, the ledger says; `pipeline.desk.sending` joins the two.
"""
