"""From a file to what its documents said."""
