"""The record of everything: originals, readings, each partnership's history, decisions.

`pipeline.store.store` is what the rest of the program uses. Knows nothing of documents, forms or mail; never reads the clock.
"""
