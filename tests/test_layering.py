"""Layers import downward only, no module imports itself in a circle, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "workbook_engine"

# From the top down. A module may import from its own layer's package and from any layer below it.
LAYERS: list[set[str]] = [
    {"__main__", "__init__"},
    {"cli"},
    {"command_line", "folder_commands"},
    {"correction", "explain", "report", "report_diff", "report_verify"},
    {"verify"},
    {"command_help", "opening"},
    {"arguments", "terminal"},
    {"batch"},
    {"pipeline"},
    {"diff", "house", "output_names"},
    {"template", "intake", "normalize", "compute", "results", "correct"},  # these do not import each other
    {"factors", "writing"},
    {"spec"},
    {"model"},
    {"catalogue"},
    {"findings"},
    {"staging"},
    {"placing"},
    {"drawings", "matching", "naming", "resources", "widths"},
    {"units", "grid"},
    {"errors"},
    {"texts", "frozen", "patterns", "traditional"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def modules() -> dict[str, Path]:
    files = sorted(PACKAGE.rglob("*.py"))
    return {".".join(("workbook_engine", *file.relative_to(PACKAGE).with_suffix("").parts)): file for file in files}


def imports(file: Path, *, at_run_time: bool) -> set[str]:
    """Return the workbook_engine modules that a file imports; for typing alone they count only if asked for."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if at_run_time:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                node.body = []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook_engine"):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("workbook_engine")}
    return found


def layer_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("module", modules())
def test_layers_import_downward_only(module: str) -> None:
    here = layer_of(module)
    assert here in RANK, f"{module}: give {here} a place in LAYERS"
    for imported in imports(modules()[module], at_run_time=False):
        there = layer_of(imported)
        if there == here or there in ("__version__", "__init__") or (here == "__init__" and there in RANK):
            continue
        assert RANK[there] > RANK[here], f"{module} imports {imported}: {here} may not see {there}"


def test_the_readme_shows_the_layers_and_every_part() -> None:
    text = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"^```\n(cli → .*?)```$", text, re.MULTILINE | re.DOTALL)
    steps = [re.findall(r"\w+", step) for step in picture.split("→")[:-1]]  # the last one is …
    ranks = [RANK[step[0]] for step in steps]
    assert ranks == sorted(set(ranks))
    assert [step for step, rank in zip(steps, ranks, strict=True) if {RANK[name] for name in step} != {rank}] == []
    parts = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}
    assert set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)) == parts


def test_no_import_cycles() -> None:
    known = modules()
    graph: dict[str, set[str]] = {}
    for module, file in known.items():
        targets = {name if name in known else name.rpartition(".")[0] for name in imports(file, at_run_time=True)}
        graph[module] = {target for target in targets if target in known and target != module}
    graphlib.TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("xlsxwriter", {"writing"}),
        ("xlrd", {"intake"}),
        ("python_calamine", {"intake"}),
        ("msoffcrypto", {"intake"}),
        (
            "zipfile",
            {"intake", "house", "drawings"},
        ),  # what openpyxl writes: mended, counted
    ],
)
def test_a_file_format_is_known_in_one_place(library: str, homes: set[str]) -> None:
    for module, file in modules().items():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        }
        assert library not in names or layer_of(module) in homes, f"{module} imports {library}"


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys, workbook_engine.cli; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"pandas", "numpy", "openpyxl", "PIL", "xlsxwriter", "rich", "ironcalc"}


@pytest.mark.parametrize(("command", "writer"), [("check", set()), ("run", {"xlsxwriter"})])
def test_processing_a_workbook_imports_nothing_heavy(tmp_path: Path, command: str, writer: set[str]) -> None:
    example = next((PACKAGE.parent / "example_workbooks").glob("*/*.xlsx"))
    code = (
        "import sys; from workbook_engine import cli; status = cli.main(sys.argv[1:]);"
        "print(*sorted(m for m in sys.modules if '.' not in m), file=sys.stderr); sys.exit(status)"
    )
    out = ["-o", str(tmp_path)] if command == "run" else []
    done = subprocess.run(
        [sys.executable, "-c", code, command, str(example), *out], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "numpy", "openpyxl", "PIL", "xlsxwriter", "rich", "ironcalc", "distributed", "dask"}
    assert set(done.stderr.split()) & heavy == writer
