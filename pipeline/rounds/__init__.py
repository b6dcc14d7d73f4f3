"""From a round folder to a `Round`: round.yaml, the register and the kit, checked together, all mistakes at once.

Starts new round folders too. Knows files, lines and cells; knows nothing of returns.
"""
