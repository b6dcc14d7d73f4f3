"""From the words and ruled lines of pages to blocks in reading order. Shared by readers of PDF and of scans; opens no file."""

from pipeline.read.page.laying import Laid, lay
from pipeline.read.page.nouns import Page, Rule, Word

__all__ = ["Laid", "Page", "Rule", "Word", "lay"]
