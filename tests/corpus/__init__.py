"""Returns of the form of 2011 as partnerships might have sent them, made by code, each with what it truly says.

Knows many layouts, list styles, wordings, habits and programs, and nothing of how the program reads. The program was not built from
these returns: `kept_back` people, wordings and seeds measure whether it was tuned to the others. docs/reading.md tells how to run it.
"""
