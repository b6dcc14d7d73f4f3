"""Asking back."""
