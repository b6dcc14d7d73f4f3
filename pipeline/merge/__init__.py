"""Accepted records become a plan. Follows the form's `plan` and `annex`; knows no field by name, no file and no layout."""

from pipeline.merge.plan import merge

__all__ = ["merge"]
