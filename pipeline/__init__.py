"""proforma: a council's partnership round, from the blank Word form to the committee paper.

Start reading at `pipeline.flow`.
"""

__version__ = "0.1.0"
