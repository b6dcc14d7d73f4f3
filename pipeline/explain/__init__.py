"""Show a return with every answer marked in place, as one page that a browser opens and prints.

Knows documents, records and findings. Knows nothing of how answers were found, and fetches, runs and follows nothing.
"""

from pipeline.explain.page import page

__all__ = ["page"]
