"""Quality and scenarios: not needed for the result."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import warning
from workbook_engine.texts import Text

QUALITY_NOT_READ = warning(
    "quality-not-read",
    Text("质量评定未采用", "Quality not read"),
    Text("{field}：“{typed}”读不懂，没有采用。", "{field}: “{typed}” cannot be read and is not used."),
    Text("评分请填 1 到 5 的整数，不确定度请填百分数（5% 填 5）；留空则按规则评定。", "A rating is a whole number from 1 to 5, a spread a percentage (5 for 5 %); blank is rated by the rules."),
)
SPREAD_NOT_USED = warning(
    "spread-not-used",
    Text("不确定度未采用", "Spread not used"),
    Text("数量的不确定度没有采用：{reason}。", "The amount's spread is not used: {reason}."),
    Text("请改正分布、±% 或上下限；留空则按规则评定。", "Correct the distribution, ± % or limits; blank is rated by the rules."),
)
SCENARIO_ROW_LEFT_OUT = warning(
    "scenario-row-left-out",
    Text("情景的一行没有采用", "A row of a scenario left out"),
    Text("情景的这一行没有采用：{reason}。", "This row of a scenario is left out: {reason}."),
    Text("请更正这一行；基准结果不受影响。", "Correct the row; the result itself is not affected."),
)
