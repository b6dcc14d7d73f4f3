"""Office packages: zip, parts and XML, read with bounds and written the same way every time.

Knows the containers of OOXML and ODF and the names inside them; knows nothing of documents or forms.
"""
