"""Leave out what only follows from another finding: a missing output is told once, at the cell where it is missing.

Never the last word on a problem: a finding is left out only where the error that it follows from stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding, Severity
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.model import Submission

OF_PRODUCT = (catalogue.OUTPUT_MISSING, catalogue.OUTPUT_DISAGREES, catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT)
OF_ANY = (*OF_PRODUCT, catalogue.PRODUCT_UNKNOWN)  # where no product is given at all
OF_PLANT = (catalogue.PLANT_WITHOUT_PRODUCTS, catalogue.PLANT_MAKES_OTHERS, catalogue.PLANT_DOES_NOT_MAKE)
UNCLEAR_COLUMNS = (catalogue.HEADING_DISAGREES, catalogue.HEADING_UNKNOWN)
TOLD_BY_READING = (
    *UNCLEAR_COLUMNS,
    catalogue.COLUMN_MISSING,
    catalogue.MERGED_NUMBER,
    catalogue.OWN_SHEET_NOT_READ,
)
OF_COLUMN = {  # what every row lacks where its column is gone
    catalogue.AMOUNT_MISSING: "amount",
    catalogue.UNIT_MISSING: "unit",
    catalogue.BASIS_MISSING: "basis",
    catalogue.FLOW_MISSING: "flow",
}
MADE = ("product", "plant")  # columns: without them a plant has no product
CAUSES = ("output", *MADE)  # and without these a product no output


# What a consultant may have written into a template before it was sent out; of the settings, all.
SENT_WITH_FIELDS = frozenset({"study.company", "study.standards"})
SENT_WITH_CELLS = {"products": frozenset({"name", "model"}), "boundary": frozenset({"stage", "included"})}


class _Products:
    """The two tables that name products, by place: their findings may be as many as their rows."""

    def __init__(self, submission: Submission) -> None:
        self._tables = {
            (key, name): (table, {record.row: record for record in table.records})
            for key, name in (("products", "name"), ("plant_products", "product"))
            if (table := submission.tables.get(key)) is not None
        }

    @property
    def are_nameless(self) -> bool:
        """Tell whether products are given and none of them has its name, which is told: rows name them in vain."""
        _, rows = self._tables.get(("products", "name"), (None, {}))
        return bool(rows) and not any("name" in record.cells for record in rows.values())

    def column(self, key: str, where: CellRef | None) -> str:
        """Return the field in whose column of the table a place is, "" where it is in none of its rows."""
        for (of, _), (table, rows) in self._tables.items():
            if of == key and where is not None and where.sheet == table.sheet and where.row in rows:
                return next((field for field, column in table.columns.items() if column == where.column), "")
        return ""

    def name(self, where: CellRef | None) -> str | None:
        """Return the product's name in the row of a place."""
        for (key, name), (_, rows) in self._tables.items():
            if self.column(key, where) and where is not None and where.row is not None:
                cell = rows[where.row].cells.get(name)
                return str(cell.value).strip() if cell else None
        return None

    def is_one_of_several(self, where: CellRef | None) -> bool:
        """Tell whether the product in a row of the plants' table has its output in another row of it."""
        name = self.name(where)
        _, rows = self._tables.get(("plant_products", "product"), (None, {}))
        named = (record for record in rows.values() if "output" in record.cells and record.row != (where and where.row))
        return any(str(record.cells["product"].value).strip() == name for record in named if "product" in record.cells)


# A results workbook carries along that these formulas gave nothing: their cells are empty there.
WITHOUT_VALUE = (catalogue.CELL_ERROR, catalogue.FORMULA_NOT_CALCULATED)


# What was read of a cell is not said to need nothing where an error asks what it is per.
ASKED_PER = (catalogue.AMOUNT_PER_PIECE, catalogue.PER_UNCLEAR)


def without_consequences(
    findings: list[Finding], submission: Submission, earlier: Iterable[Finding] = ()
) -> list[Finding]:
    """Return the findings without those that follow from others.

    From a product, or an output, that could not be used; or, by the findings of reading, `earlier`: from a column that
    is gone or whose meaning is not certain, one number for several rows, a sheet that could not be read.
    """
    asked = {finding.where for finding in findings if finding.type in ASKED_PER}
    if asked:
        findings = [f for f in findings if not (f.type is catalogue.NUMBER_WITH_UNIT and f.where in asked)]
    earlier = list(earlier)
    errors = {finding.where for finding in findings if finding.type is catalogue.CELL_ERROR}
    errors |= {finding.where for finding in earlier if finding.type in WITHOUT_VALUE}
    earlier = [finding for finding in earlier if finding.type in TOLD_BY_READING]
    if errors:
        findings = [f for f in findings if not (f.type in OF_COLUMN and f.where in errors)]
    if earlier:
        findings = [finding for finding in findings if not _is_told(finding, earlier)]
        unclear, gone = _unclear_cells(submission, earlier), _gone_columns(submission, earlier)
        findings = [f for f in findings if f.where not in unclear and not _is_of_gone(f, gone)]
    findings = _of_plants_told(findings)
    products = _Products(submission)
    causes = [finding for finding in findings if _is_cause(finding, products)]
    causes += _missing(findings, _subjects(causes, products), products)
    if not causes and not products.are_nameless:
        return findings
    is_cause = {id(finding) for finding in causes}
    without_any = products.are_nameless or any(finding.type is catalogue.NO_PRODUCT for finding in causes)
    subjects = _subjects(causes, products)
    # What a product lacks in a stage follows from what plants make, and not from an output that it lacks, too.
    of_plants = _subjects([c for c in causes if products.column("plant_products", c.where) in MADE], products)
    kept: list[Finding] = []
    dropped: list[Finding] = []
    for finding in findings:
        of = of_plants if finding.type is catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT else subjects
        named = finding.where in of or finding.params.get("product") in of
        follows = finding.type in OF_ANY if without_any else finding.type in OF_PRODUCT and named
        (dropped if follows and id(finding) not in is_cause else kept).append(finding)
    spoilt = without_any or any(products.column("plant_products", finding.where) for finding in (*causes, *dropped))
    return [finding for finding in kept if not (spoilt and finding.type in OF_PLANT)]


def _of_plants_told(findings: list[Finding]) -> list[Finding]:
    """Leave out, of a plant that makes no product of the study, that it does not make those that its rows name."""
    told = {finding.params["plant"] for finding in findings if finding.type is catalogue.PLANT_MAKES_OTHERS}
    return [f for f in findings if not (f.type is catalogue.PLANT_DOES_NOT_MAKE and f.params["plant"] in told)]


def without_basics(findings: list[Finding], submission: Submission, earlier: Iterable[Finding] = ()) -> list[Finding]:
    """Where the sheet of company, products and boundary is gone say that once, and not what each of its cells lacks."""
    if "products" in submission.tables or "boundary" in submission.tables or _has_form(submission, "study"):
        return findings
    kept = [f for f in findings if f.where is not None and (f.where.row or f.where.sheet in submission.input_sheets)]
    is_told = any(finding.type is catalogue.OWN_SHEET_NOT_READ for finding in earlier)
    return kept if is_told else [Finding(catalogue.BASICS_GONE), *kept]


def if_untouched(findings: list[Finding], submission: Submission, earlier: Iterable[Finding] = ()) -> list[Finding]:
    """Say of a template that is still as it was sent out that alone, and not what each of its cells lacks.

    Not where an error of reading leaves it open whether something was filled in.
    """
    if not _is_untouched(submission) or any(finding.severity is Severity.ERROR for finding in earlier):
        return findings
    return [Finding(catalogue.NOTHING_FILLED_IN)]


def _is_untouched(submission: Submission) -> bool:
    """Tell whether nothing stands in the template but what it is sent out with."""
    if "products" not in submission.tables:
        return False
    given = {key for key, entry in submission.fields.items() if entry.cell is not None and not entry.cell.is_blank}
    own = {key for key in given - SENT_WITH_FIELDS if not key.startswith(("template.", "settings."))}
    return not own and all(
        record.cells.keys() <= SENT_WITH_CELLS.get(key, frozenset())
        for key, table in submission.tables.items()
        for record in table.records
    )


def _has_form(submission: Submission, form: str) -> bool:
    return any(key.partition(".")[0] == form for key in submission.fields)


def _unclear_cells(submission: Submission, earlier: Iterable[Finding]) -> set[CellRef]:
    """Return the cells below headings that contradict their columns: nothing more can be said of their content."""
    headings = {finding.where for finding in earlier if finding.type in UNCLEAR_COLUMNS and finding.where}
    return {
        CellRef(table.sheet, record.row, where.column)
        for where in headings
        for table in submission.tables.values()
        if (table.sheet, table.header_row) == (where.sheet, where.row)
        for record in table.records
    }


def _is_told(finding: Finding, earlier: Iterable[Finding]) -> bool:
    """Tell whether reading has said why: one number for several rows, or the stage's own sheet without headings."""
    if finding.type is catalogue.AMOUNT_MISSING and finding.where and finding.where.row:
        return any(
            merged.type is catalogue.MERGED_NUMBER
            and (merged.where.sheet, merged.where.column) == (finding.where.sheet, finding.where.column)
            and int(str(merged.params["first"])) <= finding.where.row <= int(str(merged.params["last"]))
            for merged in earlier
            if merged.where
        )
    stage = finding.params.get("stage") if finding.type is catalogue.STAGE_SHEET_GONE else None
    titles = {unread.params["title"] for unread in earlier if unread.type is catalogue.OWN_SHEET_NOT_READ}
    return isinstance(stage, Text) and not titles.isdisjoint(stage)


def _gone_columns(submission: Submission, earlier: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return sheet and field of the columns that reading has told to be missing."""
    told = {
        (finding.where.sheet, finding.where.row)
        for finding in earlier
        if finding.type is catalogue.COLUMN_MISSING and finding.where
    }
    tables = [table for table in submission.tables.values() if (table.sheet, table.header_row) in told]
    return {(table.sheet, key) for table in tables for key in OF_COLUMN.values() if key not in table.columns}


def _is_of_gone(finding: Finding, gone: set[tuple[str, str]]) -> bool:
    return finding.where is not None and (finding.where.sheet, OF_COLUMN.get(finding.type, "")) in gone


def _is_cause(finding: Finding, products: _Products) -> bool:
    """Tell whether an error says that a product, or a product's output as given, cannot be used."""
    if finding.severity is not Severity.ERROR or finding.type in (*OF_PRODUCT, *OF_PLANT):
        return False
    is_of_product = products.column("products", finding.where) == "output"
    return (
        is_of_product
        or products.column("plant_products", finding.where) in CAUSES
        or finding.type is catalogue.NO_PRODUCT
    )


def _missing(findings: list[Finding], told: set[object], products: _Products) -> list[Finding]:
    """Return the outputs that nobody gave: of one plant of several there, else at the product's own cell."""
    missing = [finding for finding in findings if finding.type is catalogue.OUTPUT_MISSING]
    of_plants = [
        finding
        for finding in missing
        if products.column("plant_products", finding.where) == "output" and products.is_one_of_several(finding.where)
    ]
    told = told | {finding.params.get("product") for finding in of_plants}
    return of_plants + [
        finding
        for finding in missing
        if products.column("products", finding.where) == "output"
        and not {finding.where, finding.params.get("product")} & told
    ]


def _subjects(causes: list[Finding], products: _Products) -> set[object]:
    """Return what the findings are about: their cells, and the products in their rows."""
    names = {name for finding in causes for name in (finding.params.get("product"), products.name(finding.where))}
    return {finding.where for finding in causes} | names - {None, ""}
