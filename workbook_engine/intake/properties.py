"""The properties of an OOXML document: who saved it, and what a person wrote into title, keywords and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.grid import Beside
from workbook_engine.intake.markup import walk
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_CORE = ("title", "subject", "keywords", "description", "category", "contentStatus")
_APP = ("Manager", "HyperlinkBase")
_TYPED = ("lpwstr", "lpstr", "bstr", "i2", "i4", "int", "r4", "r8", "decimal", "filetime", "date")
_MOST = 1_000  # own properties that are kept; a person writes a handful

# Properties that programs add by themselves: WPS, LibreOffice, SharePoint, labels of sensitivity, mail programs.
_OF_PROGRAMS = pattern(
    r"KSO.*|ICV|wo[A-Z].*|ink.*|commondata|fileWhereFroms|AppVersion|DocSecurity|HyperlinksChanged|LinksUpToDate"
    r"|ScaleCrop|ShareDoc|ContentTypeId|MSIP_Label_.*|_.*|MediaService.*|TemplateUrl|xd_.*|Order|ComplianceAssetId"
    r"|TriggerFlowInfo|WorkbookGuid|Generator|docIndexRef|bj.*|Titus.*|NXPowerLite.*|Jive.*|SharedWithUsers|display_urn.*"
)


def read_properties(package: Package) -> tuple[str, tuple[Beside, ...]]:
    """Return who saved the file last, and what stands in its properties that no program wrote.

    The former with the version where it is told: `Microsoft Excel 16.0300`. WPS calls itself Microsoft Excel in many
    versions, but leaves a property of its own; " (WPS)" is added then. The company's and the authors' names are none
    of the latter: programs fill them in.
    """
    app = _texts(package, "docProps/app.xml", ("Application", "AppVersion", *_APP))
    core = _texts(package, "docProps/core.xml", _CORE)
    own = _own_properties(package)
    program = " ".join(word for key in ("Application", "AppVersion") if (word := app.get(key, "").strip()))
    if "WPS" not in program and "KSOProductBuildVer" in own:
        program = f"{program} (WPS)".strip()
    written = [*core.values(), *(app.get(word, "") for word in _APP)]
    written += [f"{name}: {text}" for name, text in own.items() if text and not is_of_program(name)]
    return program, tuple(Beside("property", text.strip()) for text in written if text.strip())


def is_of_program(name: str) -> bool:
    """Tell whether a property of one's own is one that a program adds by itself."""
    return bool(_OF_PROGRAMS.fullmatch(name))


def _texts(package: Package, part: str, words: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}

    def keep(word: str) -> Callable[[str], None]:
        return lambda text: found.__setitem__(word, text)

    _walk(package, part, {}, {word: keep(word) for word in words})
    return found


def _own_properties(package: Package) -> dict[str, str]:
    """Return name -> what was typed, "" for what is only chosen."""
    found: dict[str, str] = {}
    name = ""

    def on_property(attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get("name", "")
        if len(found) < _MOST:
            found.setdefault(name, "")

    def on_value(text: str) -> None:
        if name in found:
            found[name] = text.strip()

    _walk(package, "docProps/custom.xml", {"property": on_property}, dict.fromkeys(_TYPED, on_value))
    return found


def _walk(
    package: Package,
    part: str,
    starts: dict[str, Callable[[Attributes], None]],
    ends: dict[str, Callable[[str], None]],
) -> None:
    if part in package:
        walk(part, package.stream(part), package.limits, starts, ends)
