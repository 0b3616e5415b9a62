"""What a verifier looks for.

Computed results are never changed by these: they say where somebody should look, and what it may move.
"""

from __future__ import annotations

from workbook_engine.catalogue.declaring import note, warning
from workbook_engine.texts import Text

PARTIAL_CFP = note(
    "partial-cfp",
    Text("部分产品碳足迹", "Partial CFP"),
    Text("系统边界不含：{stages}；“{product}”的结果是部分产品碳足迹，报告中应标明，其单位称为声明单位。", "The boundary is without: {stages}; the result of “{product}” is a partial CFP and is to be labelled so, its unit being a declared unit."),
    Text("在报告中标明“部分产品碳足迹”，并说明未纳入的阶段。", "Label it as a partial CFP in the report and say which stages are left out."),
)
BOUNDARY_TYPE_DISAGREES = warning(
    "boundary-type-disagrees",
    Text("系统边界与各阶段不一致", "Boundary and stages disagree"),
    Text("系统边界写的是“{type}”，但{stages}。", "The boundary is given as “{type}”, but {stages}."),
    Text("请改正系统边界的说法，或各阶段的取舍。", "Correct the name of the boundary, or the choice of stages."),
)
DECLARED_UNIT_OF_WHOLE_LIFE = warning(
    "declared-unit-of-whole-life",
    Text("全生命周期却用声明单位", "Declared unit for a whole life cycle"),
    Text("“{product}”的单位类别是声明单位，但边界包含全部阶段；声明单位只用于部分产品碳足迹。", "“{product}” has a declared unit, but the boundary covers the whole life cycle; declared units are for partial footprints."),
    Text("请改为功能单位。", "Make it a functional unit."),
)
PRODUCTION_WITHOUT_ENERGY = warning(
    "production-without-energy",
    Text("生产阶段没有能源", "Production without energy"),
    Text("“{product}”的产品生产阶段没有电力、热力或燃料。", "The production stage of “{product}” has no electricity, heat or fuel."),
    Text("请补充生产用能；确实没有的，请在备注说明。", "Add the energy used; if there is really none, say so in a remark."),
)
MASS_MISSING = warning(
    "mass-missing",
    Text("材料质量少于产品质量", "Materials weigh less than the product"),
    Text("“{product}”每单位质量 {mass} kg，原材料合计只有 {materials} kg（{share}）。", "“{product}” weighs {mass} kg a unit; its materials add up to {materials} kg only ({share})."),
    Text("请补充缺少的材料，或核对质量和单位；不计的材料请写明。", "Add the missing materials, or check masses and units; name what is left out."),
)
MASS_EXCEEDS = warning(
    "mass-exceeds",
    Text("材料质量远大于产品质量", "Materials weigh far more than the product"),
    Text("“{product}”每单位质量 {mass} kg，原材料合计 {materials} kg（{share}）。", "“{product}” weighs {mass} kg a unit; its materials add up to {materials} kg ({share})."),
    Text("请核对单位（kg 与 t、g）、数据口径和重复的行；损耗大的请填损耗率。", "Check units (kg for t or g), the basis and rows given twice; state losses as a rate."),
)
LINE_TWICE = warning(
    "line-twice",
    Text("疑似重复填写", "Given twice?"),
    Text("“{item}”与 {other} 的品种、数量、单位、口径都相同，两行都计入了。", "“{item}” has the same flow, amount, unit and basis as {other}; both are counted."),
    Text("重复的请删除一行；不是重复的，请改项目名称以便区分。", "Delete one if it is the same; otherwise tell them apart by their names."),
)
ROW_FOR_ALL_PRODUCTS = warning(
    "row-for-all-products",
    Text("没写产品，却像是一个产品的", "Row without a product, beside one for each other"),
    Text("“{item}”没有写所属产品，计入了每一个产品；{other} 又单独给出了同一项。", "“{item}” names no product and counts for each of them; {other} gives the same item for one product."),
    Text("只属于“{product}”的，请在所属产品列写明；确实对每个产品都适用的，请改项目名称以便区分。", "If it is of “{product}” alone, name that product; if it truly applies to every product, tell the rows apart by their names."),
)
FIGURE_TWICE = warning(
    "figure-twice",
    Text("同一数字填了两次？", "One figure under two names?"),
    Text("“{item}”与“{first}”（{other}）的品种、数量、单位、口径完全相同，只是名称不同；两行都计入了。", "“{item}” and “{first}” ({other}) have the very same flow, amount, unit and basis under two names; both are counted."),
    Text("同一数据填了两处的，请删除一行；确为两项的，请核对数字并在备注说明。", "Delete one if it is the same; if they are two, check the figures and say so in the remark."),
)
WHOLE_BESIDE_PARTS = warning(
    "whole-beside-parts",
    Text("总量与分项都计入了？", "A whole beside its parts?"),
    Text("“{item}”像是总量，同一品种另有 {count} 行（{other} 等），合计不超过它；全部都计入了。", "“{item}” reads as a whole; {count} more rows of the same flow (from {other} on) fit within it, and all of them are counted."),
    Text("其余各行若已包含在总量中，请只保留总量，或只保留各分项；不包含的，请改名称以便区分。", "Keep the whole or its parts if the whole holds them; if it does not, name them so that it can be seen."),
)
SUM_OF_ROWS = warning(
    "sum-of-rows",
    Text("一行正好是另外几行之和", "One row is the sum of others"),
    Text("“{item}”的数量正好等于同一品种另外 {count} 行（{other} 等）之和；全部都计入了。", "“{item}” is exactly the sum of {count} other rows of the same flow (from {other} on); all of them are counted."),
    Text("是合计的，请删除这一行，或只保留它；不是的，请核对数字并在备注说明。", "If it is their total, delete it, or keep it alone; if not, check the figures and say so in the remark."),
)
VEHICLE_MATTERS = warning(
    "vehicle-matters",
    Text("推定的车型影响结果", "An assumed vehicle that matters"),
    Text("“{item}”占结果的 {share}，按“{flow}”计算；写的是“{typed}”，没有说明燃料。", "“{item}” is {share} of the result, by the factor of “{flow}”; “{typed}” names no fuel."),
    Text("请从列表中选择实际的车型（燃料、载重）；吨位是总质量的，按载重选。", "Choose the vehicle from the list by its fuel and payload; tonnes of gross weight are not its payload."),
)
WEIGHTS_LIKE_TOTALS = warning(
    "weights-like-totals",
    Text("权重像是全年合计", "Weights that look like a year's totals"),
    Text("“{plant}”的分摊权重是 {weights}，像是全年的合计：{reason}。权重要填一件的，会再乘以产量。", "The weights of “{plant}” are {weights}, as a year's totals are: {reason}. A weight is of one piece and is multiplied by the output."),
    Text("是全年合计的，请各除以产量后填写；确为一件的，请在分摊说明中写明。", "Divide a year's totals by the outputs; if they are of one piece, say so where the allocation is justified."),
)
LEG_TWICE = warning(
    "leg-twice",
    Text("同一段运输算了两次？", "One leg counted twice?"),
    Text("“{item}”既有按燃料的行，又有按质量和运距的行（{other}），两行都计入了。", "“{item}” is given by fuel and, at {other}, by mass and distance; both are counted."),
    Text("同一段运输请只保留一种；是两段运输的，请改项目名称。", "Keep one of them if it is one leg; if they are two, name them differently."),
)
GAS_BESIDE_COAL = warning(
    "gas-beside-coal",
    Text("煤气与制气的煤都计入了？", "Coal and the gas made of it?"),
    Text("“{item}”可能是用“{coal}”（{other}）制的，煤和煤气都计入了，碳会算两次。", "“{item}” may have been made of “{coal}” ({other}); coal and gas are both counted, and the carbon twice."),
    Text("煤气是用这些煤制的，只保留煤的一行；煤气是外购的，请在项目名称中写明“外购”。", "Where the gas is made of this coal, keep the row of the coal alone; where it is bought, say “purchased” in its name."),
)
TOTAL_WITHIN_TOTAL = note(
    "total-within-total",
    Text("全厂合计是否已含产品合计", "Product's total within the plant's?"),
    Text("同一阶段的“{flow}”既有全厂合计 {whole} {unit}（{other}），又有产品合计 {part} {unit}，两者都计入了。", "“{flow}” is given in this stage as a plant's total, {whole} {unit} ({other}), and as products' totals, {part} {unit}; both are counted."),
    Text("产品合计若已含在全厂合计中，请从全厂合计中减去，或删除产品的行。", "If the plant's total holds the products', take them off there, or delete the products' rows."),
)
TOTALS_EXCEED_PLANT = warning(
    "totals-exceed-plant",
    Text("产品合计超过全厂合计", "Products use more than the plant"),
    Text("同一阶段的“{flow}”，产品合计共 {part} {unit}，超过全厂合计 {whole} {unit}（{other}）：能量或物料平衡不成立。", "The products' totals of “{flow}” in this stage are {part} {unit}, more than the plant's {whole} {unit} ({other}): the balance does not close."),
    Text("请核对单位和数量；如果两者是分开计量的不同部分，请在备注说明。", "Check units and amounts; say so in the remark if they are different parts, metered apart."),
)
CUTOFF_UNDER = note(
    "cutoff-under",
    Text("占比很小的流", "Flows under the cut-off"),
    Text("“{product}”中单项占比不到 {limit} 的有 {count} 行，合计 {share}：{lines}。这些行都已计入。", "“{product}” has lines under {limit} each ({count}, {share} in all): {lines}. All of them are counted."),
    Text("无需处理；按取舍准则可以不计的项以此为据。", "Nothing to do; this is what the cut-off criteria could leave out."),
)
OMISSION_OVER = warning(
    "omission-over",
    Text("不计的流超过单项限值", "Flow left out is above the limit"),
    Text("不计的“{item}”估计占“{product}”的 {share}，超过单项 {limit}。", "“{item}”, left out, is estimated at {share} of “{product}”, above the limit of {limit} for one flow."),
    Text("请补充数据，计入这一项。", "Give its data and count it."),
)
OMISSIONS_OVER_TOTAL = warning(
    "omissions-over-total",
    Text("不计的流合计超限", "Flows left out are above the limit in all"),
    Text("“{product}”不计的各项合计估计占 {share}，超过 {limit}。", "What is left out of “{product}” is estimated at {share} in all, above the limit of {limit}."),
    Text("请把其中较大的几项计入。", "Count the larger ones of them."),
)
OMISSION_NOT_ESTIMATED = warning(
    "omission-not-estimated",
    Text("不计的流没有估算", "Flow left out without an estimate"),
    Text("不计的“{item}”没有估算排放，也没有质量可与产品质量相比。", "“{item}”, left out, has no estimate, and no mass that could be compared with the product's."),
    Text("请估算其排放或质量：取舍准则的影响要评估并写入报告。", "Estimate its emission or its mass: the effect of the cut-off is to be assessed and reported."),
)
EXCLUSION_NOT_ESTIMATED = note(
    "exclusion-not-estimated",
    Text("排除的过程未估算", "Process left out, not estimated"),
    Text("“{stage}”排除了“{typed}”，没有给出估算。", "“{stage}” leaves out “{typed}”, without an estimate."),
    Text("如按取舍准则排除，请在“核算设置”的取舍表中填写估算。", "If it is left out by the cut-off criteria, put an estimate into the table of the settings sheet."),
)
INTENSITY_DIFFERS = warning(
    "intensity-differs",
    Text("单耗与其他产品相差悬殊", "Intensity far from other products"),
    Text("“{product}”在“{stage}”的“{flow}”每{per} {value} {unit}，同一工作簿其他产品为 {others}，相差 {ratio} 倍。", "“{product}” uses {value} {unit} of “{flow}” per {per} in “{stage}”, the other products of this workbook {others}: a factor of {ratio}."),
    Text("请核对单位（kWh 与 万kWh、kg 与 t）、产量和数据口径。", "Check units (kWh for 10⁴ kWh, kg for t), output and basis."),
)
MAGNITUDE_MONTH = warning(
    "magnitude-month",
    Text("某月数量级不同", "Month of another magnitude"),
    Text("“{item}”这个月为 {value}，其他月大多在 {median} 左右，相差约 {ratio} 倍。", "“{item}” has {value} in this month, the others about {median}: a factor of about {ratio}."),
    Text("请核对这个月的单位（如 kWh 与 万kWh、kg 与 t）。数值没有改动。", "Check this month's unit (kWh for 10⁴ kWh, kg for t). The figure was left as it is."),
)
PLANT_WITHOUT_TOTALS = warning(
    "plant-without-totals",
    Text("有的工厂没有生产数据", "A plant without data of production"),
    Text("“{plant}”也生产“{products}”，但产品生产中没有它的全厂合计；其他工厂的合计除以了全部产量。", "“{plant}” makes “{products}” too, but has no plant totals in production; those of other plants were divided by the whole output."),
    Text("请补填这个工厂的全厂合计；确无用量的填 0。", "Add this plant's totals; type 0 where there is none."),
)
MONTH_HOLDS_OTHERS = warning(
    "month-holds-others",
    Text("某月抵得上其余各月之和", "One month as large as all others"),
    Text("“{item}”这个月为 {value}，其余各月合计 {others}：像是把全年或多个月的合计填在了一个月里。", "“{item}” has {value} in this month and {others} in all others: it may be the total of the year, or of several months."),
    Text("请核对这个月的数量；是合计的，请改为当月的量。数值没有改动。", "Check this month; give its own amount if it is a total. The figure was left as it is."),
)
MAGNITUDE_UNIT = warning(
    "magnitude-unit",
    Text("单位相差悬殊而数字相近", "Units far apart, figures alike"),
    Text("“{item}”填 {value} {unit}，同类的 {other} 填 {other_value} {other_unit}：数字相近，单位却差 {ratio} 倍。", "“{item}” is {value} {unit}, and {other} of the same kind {other_value} {other_unit}: figures alike, units a factor of {ratio} apart."),
    Text("请核对两行的单位。数值没有改动。", "Check the units of both. The figures were left as they are."),
)
MAGNITUDE_GOODS = warning(
    "magnitude-goods",
    Text("运输质量与产品质量不相称", "Goods mass out of proportion"),
    Text("“{item}”折合每单位“{product}”运 {value} kg，货物（产品或全部材料）是 {mass} kg，相差约 {ratio} 倍。", "“{item}” carries {value} kg for each unit of “{product}”, where product or materials weigh {mass} kg: a factor of about {ratio}."),
    Text("请核对质量单位（kg 与 t）和数据口径。数值没有改动。", "Check the unit of mass (kg for t) and the basis. The figure was left as it is."),
)
MAGNITUDE_MATERIAL = warning(
    "magnitude-material",
    Text("材料质量与产品质量不相称", "Material out of proportion"),
    Text("“{item}”折合每单位“{product}”用 {value} kg，产品质量是 {mass} kg，相差约 {ratio} 倍。", "“{item}” is {value} kg for each unit of “{product}”, which weighs {mass} kg: a factor of about {ratio}."),
    Text("请核对单位（kg 与 t、g）和数据口径。数值没有改动。", "Check the unit (kg for t or g) and the basis. The figure was left as it is."),
)
MAGNITUDE_ENERGY = warning(
    "magnitude-energy",
    Text("单位质量能耗异常高", "Energy per mass is out of any proportion"),
    Text("“{item}”折合每千克“{product}”{value} kWh，远高于任何已知工业过程。", "“{item}” is {value} kWh for each kg of “{product}”, far above any industrial process."),
    Text("请核对单位（kWh 与 万kWh）、数据口径和产量。数值没有改动。", "Check the unit (kWh for 10⁴ kWh), the basis and the output. The figure was left as it is."),
)
MAGNITUDE_ENERGY_SMALL = warning(
    "magnitude-energy-small",
    Text("单位质量能耗异常低", "Next to no energy for the mass"),
    Text("生产“{product}”每千克只用 {value} kWh（质量 {mass} kg，主要是“{item}”{amount} {unit}），低于任何已知的制造过程。", "Making “{product}” takes only {value} kWh per kg (at {mass} kg, most of it “{item}”, {amount} {unit}), less than any known process."),
    Text("请核对能源的单位（kWh 与 万kWh、MWh）、产品质量的单位（kg 与 g）和产量。数值没有改动。", "Check the unit of the energy (kWh for 10⁴ kWh or MWh), that of the product's mass (kg for g), and the output. The figure was left as it is."),
)
MAGNITUDE_HEAT_SMALL = warning(
    "magnitude-heat-small",
    Text("工艺用热异常少", "Process heat that would warm nothing"),
    Text("“{item}”{amount} {unit}，折合每千克“{product}”只有 {value} kWh，只够把水加热 {kelvin} °C。", "“{item}”, {amount} {unit}, is only {value} kWh for each kg of “{product}”: it would warm water by {kelvin} °C."),
    Text("请核对单位（m³ 与 万m³、kg 与 t、kWh 与 万kWh）、数据口径和产品质量。数值没有改动。", "Check the unit (m³ for 万m³, kg for t, kWh for MWh), the basis and the product's mass. The figure was left as it is."),
)
MAGNITUDE_GAS = warning(
    "magnitude-gas",
    Text("全年氟化气体异常多", "A year's fluorinated gas is out of proportion"),
    Text("“{item}”全年 {value} kg“{flow}”，很少有工厂一年补充或泄漏这么多。", "“{item}” is {value} kg of “{flow}” a year, more than nearly all plants refill or lose."),
    Text("请核对单位（kg 与 t、g）；属实的请在备注说明。数值没有改动。", "Check the unit (kg for t or g); say so in the remark if it is right. The figure was left as it is."),
)
MAGNITUDE_YEAR = warning(
    "magnitude-year",
    Text("全年用电量异常大", "A year's electricity is out of any proportion"),
    Text("“{item}”填 {value} {unit}，即全年 {kwh} kWh，相当于大型电解铝厂的用电。", "“{item}” is {value} {unit}, which is {kwh} kWh a year: what a large aluminium smelter uses."),
    Text("请核对单位是否应为 kWh。数值没有改动。", "Check whether kWh is meant. The figure was left as it is."),
)
_CHECK_LARGE = Text("请核对单位（kWh 与 万kWh、kg 与 t）、数据口径和产量；属实的请在备注说明。数值没有改动。", "Check the unit (kWh for 10⁴ kWh, kg for t), the basis and the output; say so in the remark if it is right. The figure was left as it is.")
MAGNITUDE_STAGE_LARGE = warning(
    "magnitude-stage-large",
    Text("某阶段占比异常大", "A stage of unusual weight"),
    Text("“{stage}”占“{product}”（不含使用阶段）的 {share}，主要来自“{item}”：{value} {unit}。", "{stage} is {share} of “{product}” without its use stage, most of it “{item}”: {value} {unit}."),
    _CHECK_LARGE,
)
MAGNITUDE_STAGE_SMALL = warning(
    "magnitude-stage-small",
    Text("某阶段占比异常小", "A stage of very little weight"),
    Text("“{stage}”中的这一项只占“{product}”（不含使用阶段）的 {share}：“{item}”{value} {unit}。", "In {stage} this is only {share} of “{product}” without its use stage: “{item}”, {value} {unit}."),
    _CHECK_LARGE,
)
MAGNITUDE_PACKAGING = warning(
    "magnitude-packaging",
    Text("包装比产品还重", "Packaging heavier than the product"),
    Text("“{item}”折合每单位“{product}”{value} kg，产品质量是 {mass} kg。", "“{item}” is {value} kg for each unit of “{product}”, which weighs {mass} kg."),
    Text("请核对单位（kg 与 g、t）和数据口径。数值没有改动。", "Check the unit (kg for g or t) and the basis. The figure was left as it is."),
)
MAGNITUDE_YEAR_SMALL = warning(
    "magnitude-year-small",
    Text("全厂全年用电量异常小", "A year's electricity is unusually little"),
    Text("全厂全年用电合计只有 {kwh} kWh（“{item}”单位填 {unit}），不及一户家庭。", "The plant's electricity of the whole year is only {kwh} kWh (“{item}” in {unit}), less than a household's."),
    Text("请核对单位是否应为 万kWh 或 MWh。数值没有改动。", "Check whether 10⁴ kWh or MWh is meant. The figure was left as it is."),
)
MAGNITUDE_PRODUCT_YEAR_SMALL = warning(
    "magnitude-product-year-small",
    Text("全年合计用电异常小", "A product's year of very little electricity"),
    Text("口径是全年合计，而生产用电一年只有 {kwh} kWh（“{item}”单位填 {unit}），不及一户家庭。", "The basis is an annual total, but the electricity of making the product is only {kwh} kWh a year (“{item}” in {unit}), less than a household's."),
    Text("是每件用电的，请把口径改为“每功能单位”；并核对单位是否应为 万kWh 或 MWh。数值没有改动。", "Choose the basis “per functional unit” if it is of one piece; check whether 10⁴ kWh or MWh is meant. The figure was left as it is."),
)
MAGNITUDE_CARRIED = warning(
    "magnitude-carried",
    Text("用量与运量相差悬殊", "Used and carried in far apart"),
    Text("“{item}”折合每单位“{product}” {value} kg，而{other}是 {other_value} kg，相差约 {ratio} 倍。", "“{item}” is {value} kg for each unit of “{product}”, and {other} {other_value} kg: a factor of about {ratio}."),
    Text("同一种物料的用量与运量应当相近：请核对两处的质量单位（kg 与 t、g）和数据口径。数值没有改动。", "What is used of a material and what is carried should be much the same: check the unit of mass (kg for t or g) and the basis of both. The figures were left as they are."),
)
MAGNITUDE_MATERIAL_SMALL = warning(
    "magnitude-material-small",
    Text("单位可能过小的材料", "A material in too small a unit?"),
    Text("“{item}”折合每单位“{product}”只有 {value} kg（单位填 {unit}，其他材料的单位大 {ratio} 倍）；原材料合计 {materials} kg，若它也用大单位则为 {closed} kg，与产品质量 {mass} kg 相符。", "“{item}” is only {value} kg for each unit of “{product}” (in {unit}, others in a unit {ratio} times as large); the materials add up to {materials} kg, and to {closed} kg if it were in the larger unit, as the product's {mass} kg do."),
    Text("请核对单位（kg 与 t、g 与 kg）。数值没有改动。", "Check the unit (kg for t, g for kg). The figure was left as it is."),
)
MAGNITUDE_WATER = warning(
    "magnitude-water",
    Text("用水占比异常大", "Water of unusual weight"),
    Text("“{item}”占“{product}”（不含使用阶段）的 {share}，折合每单位产品用水 {value} kg。", "“{item}” is {share} of “{product}” without its use stage: {value} kg of water for each unit of product."),
    Text("请核对单位（kg 与 t）、数据口径和产量；属实的请在备注说明。数值没有改动。", "Check the unit (kg for t), the basis and the output; say so in the remark if it is right. The figure was left as it is."),
)
DISTANCE_NEAR = warning(
    "distance-near",
    Text("运距异常短", "A distance of next to nothing"),
    Text("“{item}”折合运距只有 {value} km。", "“{item}” is carried only {value} km."),
    Text("请核对单位：运距填公里，周转量填吨公里（t·km）。数值没有改动。", "Check the unit: distances are in km, freight is in t·km. The figure was left as it is."),
)
DISTANCE_FAR = warning(
    "distance-far",
    Text("运距超过地球半周", "A distance of more than half round the Earth"),
    Text("“{item}”的运距是 {value} km。", "“{item}” is carried {value} km."),
    Text("请核对单位（km 与 m），以及是否填了全年累计里程。数值没有改动。", "Check the unit (km for m), and whether it is the year's mileage. The figure was left as it is."),
)
CONSUMPTION_ODD = warning(
    "consumption-odd",
    Text("百公里油耗不常见", "An unusual consumption per 100 km"),
    Text("“{item}”的百公里用量是 {value} {unit}。", "“{item}” takes {value} {unit} per 100 km."),
    Text("货车一般在 5 到 60 L/100km 之间；请核对。数值没有改动。", "Lorries take 5 to 60 L/100 km; please check. The figure was left as it is."),
)
MAGNITUDE_DOMINATES = warning(
    "magnitude-dominates",
    Text("一行占了绝大部分", "One line outweighs all others"),
    Text("“{item}”占“{product}”的 {share}，是第二大行的 {ratio} 倍。", "“{item}” is {share} of “{product}”, {ratio} times the second largest line."),
    Text("请核对单位（kWh 与 万kWh、kg 与 t）和数据口径；属实的请在备注说明。", "Check its unit (kWh for 10⁴ kWh, kg for t) and basis; say so in the remark if it is right."),
)

CREDITS_APART = note(
    "credits-apart",
    Text("回收抵扣单列", "Recycling credits shown apart"),
    Text("“{product}”的回收抵扣合计 {value} kgCO2e，单独列出，不计入结果（截断法）。", "Recycling credits of “{product}” are {value} kgCO2e; they are shown apart and are no part of the result (cut-off approach)."),
    Text("如采用其他方法，请在核算设置中选择，并在报告中说明。", "Choose otherwise in the settings if another approach is taken, and say so in the report."),
)
CREDITS_INCLUDED = note(
    "credits-included",
    Text("回收抵扣已计入", "Recycling credits are counted"),
    Text("按核算设置，回收抵扣已计入结果；缺省是单列（截断法）。", "By the settings recycling credits are part of the result; by default they are shown apart (cut-off approach)."),
    Text("请在报告中说明所采用的方法。", "Say in the report which approach was taken."),
)
BIOGENIC_NOT_RELEASED = warning(
    "biogenic-not-released",
    Text("吸收的生物源碳没有全部排放", "Biogenic carbon not given off again"),
    Text("“{product}”的生物质吸收 {removed} kg CO2，各阶段生物源排放（含甲烷所含的碳）只有 {released} kg CO2，相差 {kept} kg。", "Biomass of “{product}” takes up {removed} kg CO2, but biogenic emissions of all stages (with the carbon in methane) are only {released} kg CO2: {kept} kg less."),
    Text("边界含产品处置，吸收与排放应相等（ISO 14067，6.5.2）：焚烧、腐烂放出的生物源 CO2 请在“产品处置”中填写，品种选“生物源 CO2（排放）”。有一部分长期储存（如填埋）的，请说明数量、年限和依据，由咨询机构在报告中单列。", "End of life is inside the boundary, so that both should be equal (ISO 14067, 6.5.2): give the biogenic CO2 of burning and rotting on the sheet of end of life, as “Biogenic CO2, emitted”. Where a part stays stored for long (as in a landfill), tell how much, how long and on what evidence; the consultant states it apart in the report."),
)
BIOGENIC_WITHOUT_UPTAKE = warning(
    "biogenic-without-uptake",
    Text("生物源排放多于吸收", "More biogenic carbon given off than taken up"),
    Text("“{product}”的生物源排放（含甲烷所含的碳）为 {released} kg CO2，生物质吸收只有 {removed} kg CO2，相差 {kept} kg。", "Biogenic emissions of “{product}” (with the carbon in methane) are {released} kg CO2, but its biomass takes up only {removed} kg CO2: {kept} kg less."),
    Text("请补充这些生物质（材料、燃料、原料）吸收的 CO2：在生物质进入的阶段填正数，品种选“CO2 移除（生物质吸收）”；所用材料因子已含吸收的，请在备注说明。", "Add the CO2 that this biomass (material, fuel, feedstock) took up: a positive amount in the stage where it comes in, as “CO2 removed by biomass”. Say so in the remark if the material's factor holds it already."),
)
BIOGENIC_IN_PRODUCT = note(
    "biogenic-in-product",
    Text("生物源碳随产品出厂", "Biogenic carbon in the product"),
    Text("“{product}”的生物质吸收 {removed} kg CO2，边界内排放 {released} kg，其余 {kept} kg（合 {carbon} kg 碳）留在产品中，使结果低了同样多。", "Biomass of “{product}” takes up {removed} kg CO2, {released} kg are given off within the boundary; {kept} kg ({carbon} kg of carbon) stay in the product, and the result is lower by them."),
    Text("请在报告中单列产品含碳量（ISO 14067，7.2），并写明结果只到出厂；与别的产品比较时用“不含生物源 CO2”的数值。", "State the carbon in the product apart in the report (ISO 14067, 7.2), and that the result ends at the gate; compare with other products by the figure without biogenic CO2."),
)
CONTRACT_ALTERNATIVE = note(
    "contract-alternative",
    Text("按合同因子的对照结果", "Alternative by contracts"),
    Text("“{product}”按电网因子为 {value}，按绿电合同或绿证的因子为 {alternative} kgCO2e；结果以前者为准。", "“{product}” is {value} by the grid's factors and {alternative} kgCO2e by those of contracts or certificates; the former is the result."),
    Text("无需处理；报告中引用后者时须注明是对照值。", "Nothing to do; where the report quotes the latter it is to be labelled as an alternative."),
)

# results of an earlier report, typed in and compared; where a cause fits it is named

DECLARED_AGREES = note(
    "declared-agrees",
    Text("与已有报告一致", "Agrees with the earlier report"),
    Text("核对了已有报告的 {count} 个数，{agree} 个按报告的小数位数一致。", "Figures of the earlier report that were compared: {count}; agreeing to the printed digit: {agree}."),
    Text("无需处理。", "Nothing to do."),
)
DECLARED_NOT_COMPARED = note(
    "declared-not-compared",
    Text("未能核对", "Not compared"),
    Text("“{subject}”在本次核算中没有结果，无法核对 {printed}。", "“{subject}” has no result here, so {printed} could not be compared."),
    Text("补齐数据后再核对。", "Compare again when the data are complete."),
)
_SAY_WHICH = Text("请核对报告，并说明以哪个数为准。", "Check the report and say which figure holds.")
DECLARED_DIFFERS = warning(
    "declared-differs",
    Text("与已有报告不一致", "Differs from the earlier report"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}，相差 {difference}；没有找到明显原因。", "“{subject}” is printed as {printed} and computed as {computed}, a difference of {difference}; no likely cause was found."),
    Text("请核对活动数据、因子和数据口径是否与报告相同。", "Check whether activity data, factors and bases are those of the report."),
)
DECLARED_TOTAL_REPEATS_LINE = warning(
    "declared-total-repeats-line",
    Text("总计重复了某一行", "Total repeats a line"),
    Text("报告的总计为 {printed}，与“{line}”的数相同，核算总计为 {computed}：总计行误写成了该行的数。", "The total is printed as {printed}, which is the figure of “{line}”; computed, it is {computed}: the total row repeats that line."),
    Text("请把报告中的总计改为 {computed}。", "Correct the total of the report to {computed}."),
)
DECLARED_DIGIT = warning(
    "declared-digit",
    Text("疑似写错一位数字", "Misprinted digit"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}，只差一位数字。", "“{subject}” is printed as {printed} and computed as {computed}: one digit differs."),
    _SAY_WHICH,
)
DECLARED_TRANSPOSED = warning(
    "declared-transposed",
    Text("疑似数字颠倒", "Transposed digits"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}，相邻两位数字颠倒。", "“{subject}” is printed as {printed} and computed as {computed}: two neighbouring digits are swapped."),
    _SAY_WHICH,
)
DECLARED_DECIMAL_SHIFT = warning(
    "declared-decimal-shift",
    Text("差 10 的整数次方", "Decimal point or unit shifted"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}，相差 {ratio} 倍：小数点或单位（kg 与 t、kWh 与 万kWh）有误。", "“{subject}” is printed as {printed} and computed as {computed}, a factor of {ratio}: the decimal point or a unit (kg for t, kWh for 10⁴ kWh) slipped."),
    _SAY_WHICH,
)
DECLARED_ROUNDED_FACTOR = warning(
    "declared-rounded-factor",
    Text("报告用了修约后的因子", "Computed with a rounded factor"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}；用修约后的因子（{factor} 取 {rounded}）可得到报告中的数。", "“{subject}” is printed as {printed} and computed as {computed}; the rounded factor ({factor} as {rounded}) gives the print."),
    Text("计算应采用未修约的因子，只在列示时修约。", "Compute with the unrounded factor and round only what is shown."),
)
DECLARED_OTHER_FACTOR = warning(
    "declared-other-factor",
    Text("报告用了另一个因子", "Computed with another factor"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}；{flow}改用因子 {factor}（{value}）可得到报告中的数。", "“{subject}” is printed as {printed} and computed as {computed}; with the factor {factor} ({value}) for {flow} the print comes out."),
    Text("请确认应采用哪一个因子；要复现该报告，请在因子集中指定它。", "Decide which factor holds; to reproduce the report name it in the factor set."),
)
DECLARED_ROUNDED_ACTIVITY = warning(
    "declared-rounded-activity",
    Text("报告用了修约后的活动数据", "Computed with rounded activity"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}；活动数据修约到 {decimals} 位小数后可得到报告中的数。", "“{subject}” is printed as {printed} and computed as {computed}; activity rounded to {decimals} decimals gives the print."),
    Text("计算应采用未修约的活动数据。", "Compute with unrounded activity data."),
)
DECLARED_SUM_OF_ROUNDED = warning(
    "declared-sum-of-rounded",
    Text("总计由修约后的各行相加", "Total adds up rounded rows"),
    Text("报告的总计为 {printed}，等于各阶段修约后的和；由未修约的值相加并修约应为 {computed}。", "The total is printed as {printed}, the sum of the rounded stages; unrounded values give {computed}."),
    Text("总计应由未修约的值相加，并加注末位可能不等。", "Add up unrounded values, and note that the last digit may differ."),
)
DECLARED_OTHER_STAGE = warning(
    "declared-other-stage",
    Text("写成了另一行的数", "Figure of another row"),
    Text("“{subject}”报告中为 {printed}，核算为 {computed}；报告中的数是“{line}”的数。", "“{subject}” is printed as {printed} and computed as {computed}; the print is the figure of “{line}”."),
    _SAY_WHICH,
)
DECLARED_LAST_DIGIT = warning(
    "declared-last-digit",
    Text("末位修约不同", "Last digit rounded otherwise"),
    Text("“{subject}”报告中为 {printed}，核算修约为 {computed}，末位差 1。", "“{subject}” is printed as {printed} and rounds to {computed}: one unit of the last digit."),
    Text("请核对修约规则（四舍五入，由未修约的值）。", "Check the rounding (half up, from unrounded values)."),
)
DECLARED_SHARE_CLOSED = warning(
    "declared-share-closed",
    Text("占比被凑成 100%", "Shares pushed to close at 100 %"),
    Text("“{subject}”占比在报告中为 {printed}，修约应为 {computed}；各行修约后合计 {sum}，报告把差额加在了这一行，凑成 100%。", "The share of “{subject}” is printed as {printed} and rounds to {computed}; the rounded column adds up to {sum}, and the print puts the rest on this row to close at 100 %."),
    Text("占比应如实修约，合计可以不等于 100%，加注说明即可。", "Print shares as they round; a note says why the column may not add up to 100 %."),
)
DECLARED_SHARE_FOLLOWS = warning(
    "declared-share-follows",
    Text("占比由报告自己的数算出", "Share follows the report's own figures"),
    Text("“{subject}”占比在报告中为 {printed}，核算为 {computed}；它由报告中的排放量和总计算出。", "The share of “{subject}” is printed as {printed} and computed as {computed}; it follows from the emissions that the report prints."),
    Text("先更正排放量和总计，占比随之改正。", "Correct emission and total first; the share follows."),
)
DECLARED_SUM_DIFFERS = warning(
    "declared-sum-differs",
    Text("报告各行之和不等于总计", "Printed rows do not add up"),
    Text("“{product}”报告中各阶段之和为 {sum}，报告的总计为 {printed}。", "The stages that the report prints for “{product}” add up to {sum}, its total is {printed}."),
    Text("请核对报告的各行和总计。", "Check the rows and the total of the report."),
)
DECLARED_GWP_YEAR = warning(
    "declared-gwp-year",
    Text("GWP 报告与年份不符", "GWP report and year disagree"),
    Text("报告称 GWP 取自“{named}”，年份写 {year}；{report} 是 {right} 年的，{year} 年{instead}。", "The report takes its GWP from “{named}” and dates it {year}; {report} is of {right}, and {year} {instead}."),
    Text("请核实采用的是哪一次评估报告，并改正名称或年份。", "Find out which assessment report was used and correct its name or year."),
)
DECLARED_GWP_OTHER = warning(
    "declared-gwp-other",
    Text("GWP 数据集不同", "Another GWP set"),
    Text("报告的 GWP 取自 {report}，本次核算采用 {used}。", "The report takes its GWP from {report}; this study uses {used}."),
    Text("要与报告比较，请在核算设置中选同一 GWP 数据集。", "To compare, choose the same GWP set in the settings."),
)
DECLARED_SERIES_MISNAMED = warning(
    "declared-series-misnamed",
    Text("电力因子系列名称不符", "Electricity series misnamed"),
    Text("报告把 {value} 称作“{named}”；该数值属于“{series}”，两个系列不是一回事。", "The report calls {value} “{named}”; the value is of the series “{series}”, and the two series are not the same."),
    Text("请把报告中的名称改为“{series}”。", "Correct the name in the report to “{series}”."),
)
DECLARED_FACTOR_YEAR = warning(
    "declared-factor-year",
    Text("因子年份不符", "Year of a factor disagrees"),
    Text("报告称“{named}”的 {value} 是 {year} 年的；因子库中它是 {right} 年的（{factor}）。", "The report dates the {value} of “{named}” {year}; in the library it is of {right} ({factor})."),
    Text("请核对报告中的年份。", "Check the year in the report."),
)
DECLARED_FACTOR_ROUNDED = note(
    "declared-factor-rounded",
    Text("报告列示的是修约后的因子", "Factor printed rounded"),
    Text("报告中为 {value} {unit}；{factor} 未修约为 {exact}。", "The report prints {value} {unit}; unrounded, {factor} is {exact}."),
    Text("列示可以修约，计算应采用未修约的值。", "It may be printed rounded; compute with the unrounded value."),
)
DECLARED_FACTOR_OTHER = warning(
    "declared-factor-other",
    Text("报告的因子不是本次所用", "Factor of the report is another"),
    Text("报告中为 {value} {unit}，是因子 {factor}；本次核算用的是 {used}。", "The report prints {value} {unit}, which is {factor}; this study uses {used}."),
    Text("要复现该报告，请在因子集中指定 {factor}。", "To reproduce the report name {factor} in the factor set."),
)
DECLARED_FACTOR_UNKNOWN = warning(
    "declared-factor-unknown",
    Text("因子库中没有报告的因子", "Factor of the report not in the library"),
    Text("报告中为 {value} {unit}，因子库中“{flow}”没有这个数值。", "The report prints {value} {unit}; the library has no such value of “{flow}”."),
    Text("请告知它的来源（文件、年份）。", "Please tell where it comes from (document, year)."),
    Text("需要时把它作为自有因子加入因子库。", "Add it to the library as a factor of your own where it is needed."),
)
