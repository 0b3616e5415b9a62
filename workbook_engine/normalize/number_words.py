"""The words that people type where a number belongs, or around one. All of them stand here and nowhere else.

They are in simplified characters: a text is held against them by its `simplified` form.
Lists are separated by spaces; a blank inside a word is written _.
"""

from __future__ import annotations

from typing import Literal

WordKind = Literal["nothing", "pending", "same"]
Sense = Literal[
    "",
    "mark",  # / - —: crossed out
    "none",  # 无, 未使用: there is none
    "not-applicable",  # N/A, 不适用
]


def _split(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


_MARK = ["/", "//", "\\", "-", "--", "---", "—", "——", "–", "―", "─", "──", "_", "__"]
_NONE = _split(
    "无 没有 none nil nothing 无此项 无此项目 无该项 无此类 没用 未用 未使用 不使用 没有使用 无使用 "
    "未发生 不发生 未产生 不产生 无消耗 不存在 未涉及"
)
_NOT_APPLICABLE = _split("n/a na n.a. n.a 不适用 不涉及 不需要 无需 无需填写 not_applicable")
_PENDING = _split(
    "待定 待补充 待补 待填 待填写 待提供 待确认 待核实 待统计 待查 待测 待更新 稍后补充 稍后提供 后补 "
    "tbd tbc tba pending unknown 未知 不详 不清楚 不知道 ? ?? ??? … …… ... ...... "
    "暂无 暂缺 暂无数据 暂时没有 无数据 没有数据 缺数据 "
    "to_be_confirmed to_be_determined to_be_provided to_follow "
    "无法提供 无法统计 未统计 暂未统计 未计量 缺 缺失 no_data not_available"
)
_SAME = _split("同上 同上行 同上一行 同前 〃 ″ \" '' ditto same_as_above as_above")

STANDS_FOR: dict[str, tuple[WordKind, Sense]] = {
    **dict.fromkeys(_MARK, ("nothing", "mark")),
    **dict.fromkeys(_NONE, ("nothing", "none")),
    **dict.fromkeys(_NOT_APPLICABLE, ("nothing", "not-applicable")),
    **dict.fromkeys(_PENDING, ("pending", "")),
    **dict.fromkeys(_SAME, ("same", "")),
}

ERROR_CODES = frozenset(
    _split("#ref! #div/0! #value! #name? #num! #null! #n/a #spill! #calc! #field! #blocked! #unknown! #busy!")
)

# Somebody measured and found less than the instrument shows: a limit, whose number is not said.
BELOW_DETECTION = frozenset(_split("未检出 未检测到 低于检出限 nd n.d. n.d not_detected below_detection_limit"))

# Alternatives of regular expressions, longest first where one begins with another.
ELSEWHERE = r"(?:[详参请另]?见|请?参[见考照]|参阅|见附).|(?:see|refer to)\b"
ROUGH = (
    "约为|约合|约等于|约|大约|大概|大致|接近|将近|近|估计|估算|预估|预计|暂估|估|≈|~|"
    "approximately|approx|about|around|estimated|est|circa|ca"
)
ROUGH_AFTER = "左右|上下|估|约"
ROUGH_REMARK = "估计值|估算值|预估值|估值|约数|概数|大约值|左右|上下"
AT_MOST = (
    "<=|<|≤|≦|⩽|小于等于|不大于|不高于|不多于|不超过|不到|不足|小于|少于|低于|至多|最多|最大|最高|"
    "less than|below|under|max"
)
AT_MOST_AFTER = "以内|以下|之内"
AT_LEAST = ">=|>|≥|≧|⩾|大于等于|不小于|不少于|不低于|大于|超过|高于|多于|至少|最少|最小|最低|more than|above|over|min"
AT_LEAST_AFTER = "以上|余|多|几|\\+"
