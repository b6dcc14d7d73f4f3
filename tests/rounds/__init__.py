"""Tests of `pipeline.rounds`."""
