"""The blank data-collection template, written from the spec."""
