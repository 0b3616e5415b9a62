"""The regions that Chinese electricity factors are published for: the nation, seven grid regions, the provinces.

Codes are as the library writes them: `CN`, `CN-East China`, `CN-Zhejiang`. The grid regions and the provinces are those
of the announcements on electricity CO2 emission factors by the Ministry of Ecology and Environment and the National
Bureau of Statistics (2021 to 2023), which publish none for Tibet.
"""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_engine.matching import canonical
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

NATION = "CN"

_GRIDS = {
    "North China": "华北", "Northeast": "东北", "East China": "华东", "Central China": "华中", "Northwest": "西北",
    "South": "南方", "Southwest": "西南",
}  # fmt: skip
_PROVINCES = {
    "Beijing": "北京", "Tianjin": "天津", "Hebei": "河北", "Shanxi": "山西", "Inner Mongolia": "内蒙古",
    "Liaoning": "辽宁", "Jilin": "吉林", "Heilongjiang": "黑龙江", "Shanghai": "上海", "Jiangsu": "江苏",
    "Zhejiang": "浙江", "Anhui": "安徽", "Fujian": "福建", "Jiangxi": "江西", "Shandong": "山东", "Henan": "河南",
    "Hubei": "湖北", "Hunan": "湖南", "Guangdong": "广东", "Guangxi": "广西", "Hainan": "海南", "Chongqing": "重庆",
    "Sichuan": "四川", "Guizhou": "贵州", "Yunnan": "云南", "Tibet": "西藏", "Shaanxi": "陕西", "Gansu": "甘肃",
    "Qinghai": "青海", "Ningxia": "宁夏", "Xinjiang": "新疆",
}  # fmt: skip
_SUFFIXES = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "区域电网", "区域", "电网", "省", "市")

REGIONS: Mapping[str, Text] = MappingProxyType(
    {
        NATION: Text("全国", "China"),
        **{f"CN-{en}": Text(zh, en) for en, zh in (_GRIDS | _PROVINCES).items()},
        "GLO": Text("全球", "Global"),
        "UK": Text("英国", "United Kingdom"),
    }
)
_NAMES = {canonical(name): code for code, text in REGIONS.items() for name in (code, text.zh, text.en)} | {
    canonical(name): NATION for name in ("中国", "全国平均", "national", "PRC")
}


@functools.lru_cache(maxsize=512)
def find_region(text: str) -> str | None:
    """Return the code of a region by its code or its Chinese or English name (浙江, 浙江省, Zhejiang), or None."""
    name = canonical(text)
    if name in _NAMES:
        return _NAMES[name]
    bare = next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)
    return _NAMES.get(bare)


def region_name(code: str) -> Text:
    """Return the name of a region; a code that is not known stands for itself."""
    return REGIONS.get(code, Text(code, code))
