"""From the Word master and the register to one blank per partnership.

`masters` proves that the master and the form agree, `compiling` turns the master into a `Master` once a round, `stamping` makes a
blank of it, `generating` writes them to the outbox. Knows Word and the model; knows nothing of what becomes of a blank.
"""
