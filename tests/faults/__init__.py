"""Named faults: the power goes, the disk fills, two programs run at once."""
