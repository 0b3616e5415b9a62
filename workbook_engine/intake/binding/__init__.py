"""The rungs of the ladder in intake/bind.py: marks and names, headings, merged areas, tables, forms, one sheet."""
