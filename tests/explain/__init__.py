"""The page that shows a return with its answers marked."""
