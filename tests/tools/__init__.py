"""Tests of the modules that call outside programs."""
