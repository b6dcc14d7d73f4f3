"""A Word paper becomes PDF/UA without LibreOffice: read as content, described, set by Typst, marked. Knows no plan and no master.

`pipeline.publish.portable` asks for it.
"""
