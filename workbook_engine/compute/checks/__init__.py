"""What a verifier looks for in a finished footprint (ISO 14067:2018, 6.4.3, 6.6), as findings; nothing is changed."""

from workbook_engine.compute.checks.verify import verify

__all__ = ["verify"]
