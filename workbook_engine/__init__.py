"""Workbook Engine: product carbon footprints from returned Excel workbooks (GB/T 24067-2024, ISO 14067:2018).

import workbook_engine as we

study = we.process("returned.xlsx", out="results/")
print(study.footprint.products[0].cfp_kg_co2e)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from workbook_engine.compute import assess, compute_footprint, monte_carlo
    from workbook_engine.findings import CellRef, Finding, Severity
    from workbook_engine.intake import bind_inputs, open_workbook
    from workbook_engine.model import Assessment, Footprint, Inventory, Processed, Sampling, Stage, Submission
    from workbook_engine.normalize import build_inventory
    from workbook_engine.pipeline import factor_library, process, read_workbook, write_results_workbook

# A step's function has another name than its package, so that importing the package does not hide it.
# Loaded when first asked for: `import workbook_engine` itself costs nothing, and workers import only what they use.
_HOMES = {
    "Assessment": "model",
    "CellRef": "findings",
    "Finding": "findings",
    "Footprint": "model",
    "Inventory": "model",
    "Processed": "model",
    "Sampling": "model",
    "Severity": "findings",
    "Stage": "model",
    "Submission": "model",
    "assess": "compute",
    "bind_inputs": "intake",
    "build_inventory": "normalize",
    "compute_footprint": "compute",
    "factor_library": "pipeline",
    "monte_carlo": "compute",
    "open_workbook": "intake",
    "process": "pipeline",
    "read_workbook": "pipeline",
    "write_results_workbook": "pipeline",
}

__all__ = [
    "Assessment",
    "CellRef",
    "Finding",
    "Footprint",
    "Inventory",
    "Processed",
    "Sampling",
    "Severity",
    "Stage",
    "Submission",
    "__version__",
    "assess",
    "bind_inputs",
    "build_inventory",
    "compute_footprint",
    "factor_library",
    "monte_carlo",
    "open_workbook",
    "process",
    "read_workbook",
    "write_results_workbook",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used (PEP 562)."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Show the public names, also those that nobody has used yet."""
    return [*globals(), *__all__]
