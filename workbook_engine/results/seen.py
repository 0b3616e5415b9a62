"""What the clauses ask of a study's counted lines, gathered in one pass."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from workbook_engine.model import Basis, Stage
from workbook_engine.model.biogenic import CATEGORY
from workbook_engine.results.study import counted_results

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.model import ActivityLine, EmissionFactor, Plant
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.texts import Text

AIR_WORDS: Final = ("航空", "空运", "飞机", "air freight", "airfreight", "air cargo", "aircraft", "by air")
AIR_FUEL: Final = "jet_kerosene"
DIRECT: Final = frozenset(("gas", CATEGORY))  # of gases that are emitted, or taken up, as such: each is one gas


class Seen:
    """What the clauses ask of the counted lines, gathered in one pass; a line of several products counts once."""

    def __init__(self, job: ResultsJob) -> None:
        self.job = job
        self.codes = {finding.code for finding in job.findings}
        self.lines = 0
        self.factors: dict[str, EmissionFactor] = {}
        self.uses: Counter[str] = Counter()  # lines by factor id; "" where there is none
        self.gases: dict[str, Text] = {}  # emitted as such, by the flow's key
        self.direct: set[str] = set()  # ids of their factors
        self.electricity: set[str] = set()  # ids of its factors; "" where there is none
        self.plants: set[str] = set()  # whose totals are counted
        self.by_air: list[str] = []  # factor ids of what is carried by air
        self.end_of_life: set[str] = set()  # line ids
        self.quality: Counter[bool | None] = Counter()  # primary, secondary, not stated
        self.without_source = 0
        self.contracts_without_factor = 0
        known: set[str] = set()
        for _, result in counted_results(job):
            if len(job.footprint.products) == 1 or result.line.id not in known:
                known.add(result.line.id)
                self._add(result.line)

    def _add(self, line: ActivityLine) -> None:
        flow, factor = line.flow, line.factor
        used = factor.id if factor else ""
        self.lines += 1
        self.uses[used] += 1
        self.quality[line.is_primary] += 1
        self.without_source += not line.data_source
        if factor:
            self.factors[used] = factor
        if flow and flow.category == "electricity":
            self.electricity.add(used)
        if flow and flow.category in DIRECT:
            self.gases[flow.key] = flow.name
            self.direct.add(used)
        if line.basis is Basis.PLANT_TOTAL and line.plant:
            self.plants.add(line.plant)
        if is_by_air(line):
            self.by_air.append(used)
        if line.stage is Stage.END_OF_LIFE:
            self.end_of_life.add(line.id)
        if line.contract and line.contract.factor is None:
            self.contracts_without_factor += 1

    def told_by(self, test: Callable[[EmissionFactor], bool]) -> int:
        """Return how many lines have a factor that passes."""
        return sum(count for used, count in self.uses.items() if used in self.factors and test(self.factors[used]))

    @property
    def is_assessed(self) -> bool:
        """Whether quality and uncertainty were worked out for a final result."""
        return self.job.assessment is not None and self.job.is_final

    @property
    def shared_plants(self) -> list[Plant]:
        """Return the plants whose totals are divided among several products."""
        return [plant for plant in self.job.inventory.plants if plant.key in self.plants and len(plant.products) > 1]


def is_by_air(line: ActivityLine) -> bool:
    """Tell whether something is carried by air, or an aircraft's fuel is burnt, as far as the words say."""
    if line.stage not in (Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION) and not (
        line.flow and line.flow.category == "transport"
    ):
        return False
    if line.flow and (line.flow.key.startswith("air") or line.flow.key == AIR_FUEL):
        return True
    words = f"{line.item} {line.flow_typed}".casefold()
    return any(word in words for word in AIR_WORDS)
