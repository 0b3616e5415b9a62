"""The standard template, declared once as data."""
