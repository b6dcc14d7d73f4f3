"""Proofs that the program does what its pages say."""
