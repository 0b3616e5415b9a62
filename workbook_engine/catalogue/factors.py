"""The factor library and the choice of factors.

A row of the library that is not sound is left out and said so here; a study that needs it is then blocked by
`factor-missing`.
"""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

# the factor library

LIBRARY_ROW_INCOMPLETE = warning(
    "library-row-incomplete",
    Text("因子库行不完整", "Incomplete row of the library"),
    Text("因子库此行缺少“{column}”，未采用。", "This row of the factor library lacks “{column}” and is not used."),
    Text("请补填该单元格，或删除整行。", "Fill in the cell, or delete the row."),
)
LIBRARY_VALUE_UNREADABLE = warning(
    "library-value-unreadable",
    Text("因子库数值不可读", "Unreadable value in the library"),
    Text("“{column}”中的“{typed}”不是一个数，未采用。", "“{typed}” in “{column}” is not a number and is not used."),
    Text("请只填数字，单位填在单位列。", "Type the number only; its unit goes into the unit column."),
)
LIBRARY_DUPLICATE_ID = warning(
    "library-duplicate-id",
    Text("因子库编号重复", "Duplicate id in the library"),
    Text("编号“{id}”已在 {first} 用过，两行都未采用。", "The id “{id}” already stands at {first}; neither row is used."),
    Text("请给其中一行改用新的编号。", "Give one of the rows an id of its own."),
)
LIBRARY_UNKNOWN_UNIT = warning(
    "library-unknown-unit",
    Text("因子库单位无法识别", "Unknown unit in the library"),
    Text("单位“{unit}”不能用于流“{flow}”（以 {expected} 计），此行未采用。", "The unit “{unit}” does not fit the flow “{flow}”, which counts in {expected}; the row is not used."),
    Text("请写成 kgCO2e/{expected} 这样的形式。", "Write it like kgCO2e/{expected}."),
)
LIBRARY_UNKNOWN_WORD = warning(
    "library-unknown-word",
    Text("因子库用词无法识别", "Unknown word in the library"),
    Text("“{column}”中的“{typed}”不在可选的词中。", "“{typed}” is none of the words of “{column}”."),
    Text("请填写下列之一：{choices}。", "Use one of: {choices}."),
)
LIBRARY_UNKNOWN_FLOW = warning(
    "library-unknown-flow",
    Text("因子库中没有这种流", "Unknown flow in the library"),
    Text("“流”表中没有“{flow}”，此行未采用。", "The sheet of flows has no “{flow}”; the row is not used."),
    Text("请在“流”表中添加它，或改正拼写。", "Add it to the sheet of flows, or correct the spelling."),
)
LIBRARY_UNKNOWN_SERIES = warning(
    "library-unknown-series",
    Text("因子系列未登记", "Series not declared"),
    Text("“系列”表中没有“{series}”；这一行只有被指定时才会采用。", "The sheet of series has no “{series}”; the row is used only where it is named."),
    Text("请在“系列”表中登记；自有因子可选“自有因子”。", "Declare it there; for your own factors “Own factors” will do."),
)
LIBRARY_SOURCE_MISSING = warning(
    "library-source-missing",
    Text("因子无来源", "Factor without a source"),
    Text("因子“{id}”既没有发布机构，也没有文件。", "The factor “{id}” has neither publisher nor document."),
    Text("请写明来源；没有来源的因子经不起核查。", "State its source: a factor without one does not stand up to a verifier."),
)
LIBRARY_VALUE_IMPLAUSIBLE = warning(
    "library-value-implausible",
    Text("因子数值可疑", "Implausible factor"),
    Text("“{id}”的数值 {value} {unit} 超出此类因子的常见范围。", "The value {value} {unit} of “{id}” is outside the usual range of its kind."),
    Text("请核对数值和单位（常见错误：kg 与 t、kWh 与 万kWh）。", "Check value and unit (kg for t, kWh for 10,000 kWh are common slips)."),
)
LIBRARY_FUEL_VALUE_DIFFERS = warning(
    "library-fuel-value-differs",
    Text("燃料因子与参数不符", "Fuel factor differs from its parameters"),
    Text("表中的 {shown} 与按参数算出的 {computed} 不符，已采用算出的值。", "The sheet shows {shown}, its parameters give {computed}; the latter is used."),
    Text("请恢复该单元格的公式，或改正参数。", "Restore the formula of the cell, or correct the parameters."),
)
LIBRARY_FLOW_WITHOUT_FACTOR = warning(
    "library-flow-without-factor",
    Text("流没有因子", "Flow without a factor"),
    Text("流“{flow}”没有任何因子。", "The flow “{flow}” has no factor."),
    Text("请在“排放因子”或“燃料”表中添加一个。", "Add one to the sheet of factors or fuels."),
)
LIBRARY_AMBIGUOUS_NAME = warning(
    "library-ambiguous-name",
    Text("名称指向多个流", "Name of several flows"),
    Text("“{name}”同时是“{first}”和“{second}”的名称，按它找不到流。", "“{name}” names both “{first}” and “{second}”, so neither is found by it."),
    Text("请从其中一行的名称或同义词中删去它。", "Remove it from the name or the synonyms of one of them."),
)
LIBRARY_SET_UNKNOWN_FACTOR = warning(
    "library-set-unknown-factor",
    Text("因子集所指因子不可用", "Factor set names an unusable factor"),
    Text("因子集“{set}”为流“{flow}”指定的“{factor}”不存在、未采用，或属于别的流。", "The set “{set}” names “{factor}” for the flow “{flow}”: it does not exist, is not used, or is of another flow."),
    Text("请改填“排放因子”或“燃料”表中该流的编号。", "Give an id that the sheets of factors or fuels have for that flow."),
)
LIBRARY_SET_FLOW_TWICE = warning(
    "library-set-flow-twice",
    Text("因子集重复指定", "Flow named twice in a factor set"),
    Text("因子集“{set}”已为流“{flow}”指定了“{first}”，此行未采用。", "The set “{set}” already names “{first}” for the flow “{flow}”; this row is not used."),
    Text("请只保留一行。", "Keep one of the rows."),
)

# factors

FACTOR_MISSING = error(
    "factor-missing",
    Text("没有排放因子", "No emission factor"),
    Text("“{flow}”没有可采用的排放因子（{reason}）。", "The flow “{flow}” has no emission factor that may be used ({reason})."),
    Text("请咨询机构在核算设置、因子集中指定一个因子，或在因子库中添加（库中现有：{available}）。", "For the consultant: name one in the settings or the factor set, or add one to the library, which has: {available}."),
)
FACTOR_ID_UNKNOWN = error(
    "factor-id-unknown",
    Text("因子编号不存在", "Unknown factor id"),
    Text("因子库中没有编号“{id}”。", "The factor library has no id “{id}”."),
    Text("请核对编号，或留空由系统按规则选取。", "Check the id, or leave it blank and the rules choose."),
)
FACTOR_OF_OTHER_FLOW = error(
    "factor-of-other-flow",
    Text("因子属于别的流", "Factor of another flow"),
    Text("编号“{id}”是“{other}”的因子，不是“{flow}”的。", "The id “{id}” is a factor of “{other}”, not of “{flow}”."),
    Text("请改填“{flow}”的因子编号，或改正品种。", "Give an id of “{flow}”, or correct the flow."),
)
FACTOR_SEVERAL = note(
    "factor-several",
    Text("有同等因子可选", "Equally good factors"),
    Text("“{flow}”另有同等的因子：{others}；采用了“{factor}”。", "“{flow}” has other factors as good: {others}; “{factor}” is used."),
    Text("如应采用另一个，请在因子集中指定。", "If another is meant, name it in the factor set."),
)
FACTOR_CAUTION = note(
    "factor-caution",
    Text("因子使用提示", "Caution on a factor"),
    Text("“{factor}”（{id}）取自“{series}”：{caution}。", "“{factor}” ({id}) is of the series “{series}”: {caution}."),
    Text("有更合适的因子时请改用，并在报告中说明。", "Use a better one where there is one, and say so in the report."),
)
FUEL_WITHOUT_UPSTREAM = note(
    "fuel-without-upstream",
    Text("燃料因子不含上游", "A fuel's factor without upstream"),
    Text("“{factor}”（{id}）由热值和含碳量算得，只含燃烧的二氧化碳，不含燃料的开采、加工和运输，也不含燃烧的 CH4、N2O。", "“{factor}” ({id}) is worked out of heat and carbon content: it holds the CO2 of burning alone, not the fuel's extraction, processing and transport, nor CH4 and N2O of burning."),
    Text("要计入的，请改用全生命周期的因子（注明来源）；不计入的，请在报告的假设和限制中写明。", "To count them, use a life-cycle factor with its source; otherwise say so among the report's assumptions and limitations."),
)
FACTOR_OLDER_THAN_DATA = warning(
    "factor-older-than-data",
    Text("因子早于数据年份", "Factor older than the data"),
    Text("数据是 {data_year} 年的，“{factor}”是 {factor_year} 年的。", "The data are for {data_year}, “{factor}” is for {factor_year}."),
    Text("请核对是否有更新的因子（库中：{newer}），或在报告中说明理由。", "Check for a newer one (in the library: {newer}), or justify it in the report."),
)
FACTOR_YEAR_LAG = note(
    "factor-year-lag",
    Text("因子年份略早", "Factor of an earlier year"),
    Text("数据是 {data_year} 年的，库中最新的“{factor}”是 {factor_year} 年的。", "The data are for {data_year}; the newest “{factor}” in the library is for {factor_year}."),
    Text("更新的因子公布后可更换。", "Change it when a newer one is published."),
)
FACTOR_NEWER_THAN_DATA = note(
    "factor-newer-than-data",
    Text("因子晚于数据年份", "Factor newer than the data"),
    Text("数据是 {data_year} 年的，库中没有不晚于该年的因子，采用了 {factor_year} 年的“{factor}”。", "The data are for {data_year}; the library has no factor so old, “{factor}” for {factor_year} is used."),
    Text("如有当年的因子，请添加到因子库。", "If there is one of that year, add it to the library."),
)
ELECTRICITY_CO2_SERIES = warning(
    "electricity-co2-series",
    Text("电力采用了二氧化碳排放因子", "CO2 emission factor used for electricity"),
    Text("“{factor}”只含发电的二氧化碳；产品碳足迹应采用电力碳足迹因子（全生命周期）。", "“{factor}” covers the CO2 of generation only; a product footprint wants the life-cycle carbon-footprint factor."),
    Text("请在核算设置中改选“电力碳足迹因子”，或在报告中说明理由。", "Choose the carbon-footprint factor in the settings, or justify it in the report."),
)
ELECTRICITY_REGION_NATIONAL = warning(
    "electricity-region-national",
    Text("改用全国电力因子", "National electricity factor used"),
    Text("“{series}”没有{region}的因子，已改用全国的“{factor}”。", "“{series}” has no factor of {region}; the national “{factor}” is used."),
    Text("如有该地区的因子，请添加到因子库；否则在设置中将地区留空。", "If there is one, add it to the library; else leave the region blank in the settings."),
)
