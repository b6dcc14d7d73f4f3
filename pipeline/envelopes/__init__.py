"""Mails, zips and what else returns come wrapped in: bytes to the documents inside. Knows envelopes, nothing of forms.

`contents` goes down through envelopes within envelopes; `opened` opens one.
"""

from pipeline.envelopes.contents import contents
from pipeline.envelopes.opening import opened

__all__ = ["contents", "opened"]
