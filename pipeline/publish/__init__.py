"""A plan becomes papers: Word reports from the kit's masters, and a workbook. Knows no form and no wording; the masters do.

Start at `pipeline.publish.papers`. `masters` holds the Word masters, `proof` reads the papers before they go out, `setting` sets them as
PDF where there is no LibreOffice.
"""
