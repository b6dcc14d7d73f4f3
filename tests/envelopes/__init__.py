"""Mails, zips and what else returns come wrapped in."""
