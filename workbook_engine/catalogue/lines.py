"""Lines of activity data."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

AMOUNT_MISSING = error(
    "amount-missing",
    Text("缺少数量", "Amount missing"),
    Text("“{item}”没有填数量。", "“{item}” has no amount."),
    Text("请填写数量；确实为零填 0。", "Give the amount; type 0 if it is really zero."),
)
AMOUNT_PENDING = error(
    "amount-pending",
    Text("数量待定", "Amount pending"),
    Text("“{item}”的数量写的是“{typed}”。", "The amount of “{item}” is given as “{typed}”."),
    Text("请在确定后填写数量。", "Give the amount once it is known."),
)
AMOUNT_PER_PIECE = error(
    "amount-per-piece",
    Text("数量与口径矛盾", "Amount and basis disagree"),
    Text("“{item}”的数量“{typed}”是每“{per}”的，数据口径却是“{basis}”。", "The amount of “{item}”, “{typed}”, is per “{per}”, but its basis is “{basis}”."),
    Text("请把口径改为“每功能单位”，或填写全年合计的数量。", "Choose the basis “per functional unit”, or give the annual total."),
)
PER_AGREES = note(
    "per-agrees",
    Text("单位带“每……”，与口径一致", "A unit per something that fits the basis"),
    Text("“{typed}”是每“{per}”的量，与“{item}”的数据口径一致，已照此读取。", "“{typed}” is per “{per}”, as the basis of “{item}” says; it was read so."),
    Text("无需处理。", "Nothing to do."),
)
PER_ANOTHER_WORD = warning(
    "per-another-word",
    Text("单位是每件的，用词与功能单位不同", "Per piece, by another word than the functional unit's"),
    Text("“{typed}”是每“{per}”的量，已按每功能单位读取；功能单位用的不是“{per}”。", "“{typed}” is per “{per}”; it was read as per functional unit, which is called otherwise."),
    Text("请核对一“{per}”是否就是一个功能单位；不是时请换算后填写。", "Check that one “{per}” is one functional unit; if not, convert the amount."),
)
PER_UNCLEAR = error(
    "per-unclear",
    Text("单位带的“每……”与口径不符", "A unit per something that does not fit the basis"),
    Text("“{item}”写的是“{typed}”，即每“{per}”的量，与数据口径“{basis}”不符，无法确定怎样折算。", "“{item}” is given as “{typed}”, per “{per}”, which does not fit its basis “{basis}”: how to bring it to one unit is not certain."),
    Text("请填写每功能单位的量，或统计周期内的合计，并选择相应的数据口径；单位只写 kWh、kg 等。", "Give the amount per functional unit, or the total of the reference period, and choose that basis; of the unit give kWh, kg and the like alone."),
)
AMOUNT_NEGATIVE = error(
    "amount-negative",
    Text("数量为负", "Negative amount"),
    Text("“{item}”的数量是负数：“{typed}”。", "The amount of “{item}” is negative: “{typed}”."),
    Text("请核对正负号；有冲减、退料的，请填净用量。回收抵扣也填正数，在“回收抵扣”列选“是”（没有这一列的，请咨询机构确认）；生物质吸收的 CO2 也填正数，品种选“CO2 移除（生物质吸收）”。碳抵消、减排量不能填在这里。", "Check the sign; where something was returned or taken off, give the net amount. A recycling credit is a positive amount with Yes in the column Recycling credit (ask the consultant where there is none); CO2 taken up by biomass is positive too, as “CO2 removed by biomass”. Offsets and reductions do not belong here."),
)
AMOUNT_GOES_OUT = error(
    "amount-goes-out",
    Text("外供、外售的量填成了用量？", "Does the amount go out?"),
    Text("“{typed}”像是外供、外售或产出的，不是用掉的；按用量会加到结果里，没有计入。", "“{typed}” reads as what is sold, fed out or left over, not as what is used; it would be added to the result, and was not counted."),
    Text("外购量中已扣除的，删除这一行；没有扣除的，请与咨询机构确认怎样扣除。确为用量的，请改项目名称。", "Delete the row where it has been taken off what is bought; else ask the consultant how to take it off. Rename the item if it is used."),
)
REMOVAL_AS_EMISSION = error(
    "removal-as-emission",
    Text("移除量、减排量填成了排放？", "A removal given as an emission?"),
    Text("“{typed}”像是碳移除、捕集或减排量；这里填的是排放，会加到结果里。", "“{typed}” reads as a removal, a capture or a reduction; what stands here is an emission and would be added to the result."),
    Text("产品所含生物质（木、竹、粮食等）吸收的 CO2，请把品种改为“CO2 移除（生物质吸收）”，数量填正数。碳抵消、减排量、厂区绿化不能计入产品碳足迹（ISO 14067），请删除这一行；捕集的 CO2 没有排放的，不必填写。", "For CO2 that the biomass of the product (wood, bamboo, grain) took up, choose “CO2 removed by biomass” and give a positive amount. Offsets, reductions and planting on the site are no part of a CFP (ISO 14067): delete the row; so is CO2 that was captured and not emitted."),
)
BIOGENIC_AS_FOSSIL = error(
    "biogenic-as-fossil",
    Text("生物源的填成了化石的？", "Biogenic given as fossil?"),
    Text("“{typed}”像是生物源的，而“{flow}”按化石二氧化碳计算；生物源的排放与移除要分开列出。", "“{typed}” reads as biogenic, but “{flow}” counts as fossil CO2; biogenic emissions and removals are to be stated apart."),
    Text("不是生物源的，请改项目名称。燃烧、发酵、腐烂放出的生物源 CO2，请把品种改为“生物源 CO2（排放）”，数量填放出的 CO2（kg）；这些生物质吸收的 CO2 另填一行，品种选“CO2 移除（生物质吸收）”；甲烷选“甲烷（非化石）”。生物质燃料的生产由咨询机构在因子库中增加因子（注明来源），在“因子编号”中指定。", "Rename the item if it is not biogenic. For biogenic CO2 of burning, fermenting or rotting choose “Biogenic CO2, emitted” and give the kg of CO2; what that biomass took up is a row of its own, as “CO2 removed by biomass”; for methane choose “Methane, non-fossil”. For making a biomass fuel the consultant adds a factor, with its source, to the library and names it in the row's factor id."),
)
FOSSIL_AS_BIOGENIC = error(
    "fossil-as-biogenic",
    Text("化石源的填成了生物源的？", "Fossil given as biogenic?"),
    Text("“{typed}”像是化石源的，而“{flow}”按生物源计算，与化石源分开列出。", "“{typed}” reads as fossil, but “{flow}” counts as biogenic, apart from what is fossil."),
    Text("化石燃料按燃料和用量填写，化石源 CO2 选“二氧化碳（直接排放）”；是生物质的，请改项目名称。", "Give fossil fuels by fuel and amount, fossil CO2 as “Carbon dioxide, direct”; rename the item if it is biomass."),
)
VOC_AS_METHANE = error(
    "voc-as-methane",
    Text("挥发性有机物填成了甲烷？", "Volatile organics given as methane?"),
    Text("“{typed}”像是挥发性有机物或非甲烷总烃，而这里按“{flow}”计算。", "“{typed}” reads as volatile organic compounds or hydrocarbons other than methane, while “{flow}” is what counts."),
    Text("只填其中甲烷的数量并改项目名称；挥发性有机物本身不在 IPCC 的温室气体表中，没有甲烷的请删除这一行。", "Give the methane in it alone, under its own name; volatile organics themselves are not among the IPCC's greenhouse gases: delete the row where there is no methane."),
)
OFFSET_AS_REMOVAL = error(
    "offset-as-removal",
    Text("抵消、捕集填成了生物质吸收？", "An offset given as uptake?"),
    Text("“{typed}”像是碳抵消、减排、捕集或绿化；“{flow}”会从结果中减去，只能是产品所含或所用生物质吸收的 CO2。", "“{typed}” reads as an offset, a reduction, a capture or planting; “{flow}” is taken off the result, and can only be CO2 that the product's own biomass took up."),
    Text("碳抵消、减排量、捕集和厂区绿化不能计入产品碳足迹（ISO 14067），请删除这一行；是所用木、竹、粮食等吸收的，请把项目名称改为那种生物质。", "Offsets, reductions, capture and planting on the site are no part of a CFP (ISO 14067): delete the row. If it is what the wood, bamboo or grain used took up, name the item after that biomass."),
)
REMOVAL_OUT_OF_PLACE = error(
    "removal-out-of-place",
    Text("生物质吸收填错了阶段", "An uptake in the wrong stage"),
    Text("“{item}”把“{flow}”从“{stage}”中减去；吸收计在生物质进入产品系统的地方，处置和运输中没有吸收。", "“{item}” takes “{flow}” off “{stage}”; an uptake counts where biomass enters the product system, and there is none in transport and at the end of life."),
    Text("吸收请填在用到这种生物质的“原材料获取”“产品生产”或“使用”中；处置时避免的、储存的碳不能从结果中减去，请删除这一行，另告咨询机构。", "Give an uptake with acquisition, production or use, where the biomass is used; carbon that is avoided or stored at the end of life is not taken off the result: delete the row and tell the consultant."),
)
FUEL_BLENDED = warning(
    "fuel-blended",
    Text("掺混燃料按化石燃料计算", "A blend counted as fossil fuel"),
    Text("“{typed}”掺有生物燃料或醇类，而“{flow}”全部按化石燃料计算。", "“{typed}” is blended with biofuel or alcohol, but “{flow}” counts wholly as fossil fuel."),
    Text("请咨询机构确认：按掺混比例分成两行，或为这一行指定因子。", "To be settled by the consultant: two rows by the share of each fuel, or a factor named for the row."),
)
RECYCLED_AS_PRIMARY = warning(
    "recycled-as-primary",
    Text("再生料按原生料计算", "Recycled counted as primary"),
    Text("“{typed}”像是再生料、废料或旧件，而“{flow}”按原生材料的因子计算。", "“{typed}” reads as recycled or used, but “{flow}” counts by the factor of primary material."),
    Text("请咨询机构为这一行指定再生料的因子；确为原生材料的，请改项目名称。", "The consultant names a factor of recycled material for the row; rename the item if it is primary."),
)
GAS_CHARGE = error(
    "gas-charge",
    Text("充装量填成了排放量？", "A charge given as an emission?"),
    Text("“{typed}”像是设备的充装量；“{flow}”在这里按全部排放到大气计算。", "“{typed}” reads as what a device holds; “{flow}” counts here as if all of it went into the air."),
    Text("请填统计周期内泄漏、补充或废弃时没有回收的量；填的就是排放量的，请在项目名称中写明（如“充气泄漏”）。", "Give what leaked, was refilled or was not recovered; if the amount is an emission, let the item say so (such as “leak on filling”)."),
)
OWN_POWER_AT_GRID = warning(
    "own-power-at-grid",
    Text("自发电按电网因子计算", "Own power by the grid's factor"),
    Text("“{typed}”像是自发电，而“{flow}”按电网的因子计算。", "“{typed}” reads as own generation, but “{flow}” counts by the grid's factor."),
    Text("自发自用的，请把品种改为发电方式（如光伏发电）；外购的不用改。", "For own generation choose its technology (photovoltaic …) in place of electricity; what is bought stays as it is."),
)
POWER_BY_TECHNOLOGY = warning(
    "power-by-technology",
    Text("按发电方式的因子计算", "Counted by the factor of a technology"),
    Text("“{item}”的“{typed}”按“{flow}”的因子计算；只有自发自用的电可以这样算。", "“{typed}” of “{item}” counts by the factor of “{flow}”, which only own generation may."),
    Text("自发自用的，请在备注中写明；从电网购入的（包括绿电、绿证）请改为“电力”；水费和电费请分成两行。", "For own generation say so in the remark; for what comes from the grid, green power too, choose electricity."),
)
USE_PER_YEAR = error(
    "use-per-year",
    Text("使用阶段填的是一年的量？", "One year's use?"),
    Text("“{typed}”像是一年的量，而使用阶段要填整个使用寿命的量，这一行也没有使用年限。", "“{typed}” reads as one year's amount; use is stated for the whole service life, and the row has no service life."),
    Text("请乘以使用年限，填整个寿命的量，并改项目名称；或在“使用年限”列填写年数。", "Multiply it by the years of service and rename the item, or give the years in the column Service life."),
)
SHARE_IN_NAME = warning(
    "share-in-name",
    Text("名称中的比例没有参与计算", "A share in a name counts for nothing"),
    Text("“{item}”的名称里写有 {typed}；名称不参与计算，数量仍按填写的计算。", "The name “{item}” states {typed}; a name counts for nothing, and the amount was taken as it is typed."),
    Text("数量还没有乘这个比例的，请改数量；已经乘过的，请在备注写明并从名称中去掉；是成分、等级的，不用改。", "Change the amount if it has not been multiplied by it yet; if it has, say so in the remark and take it out of the name; a grade or a composition stays as it is."),
)
VEHICLE_OPEN = error(
    "vehicle-open",
    Text("没有写明车型", "Vehicle left open"),
    Text("“{item}”的运输方式写的是“{typed}”，没有写明车型（燃料、载重），“{flow}”没有可采用的因子。", "“{item}” goes by “{typed}”, which leaves open the vehicle (fuel, payload); “{flow}” has no factor that may be used."),
    Text("请向车队或承运商问清车辆的燃料和载重，从列表中选择（如{near}）；有加油记录的，也可改填燃料用量。", "Ask the carrier for fuel and payload, and choose from the list ({near} and others); or give the fuel itself where it is recorded."),
)
VEHICLE_ASSUMED = note(
    "vehicle-assumed",
    Text("车型是推定的", "Vehicle taken by assumption"),
    Text("运输方式“{typed}”没有写燃料，按“{flow}”取因子；同样填写的各行相同。", "“{typed}” names no fuel; the factor of “{flow}” was taken, in all rows that say so."),
    Text("是天然气车、电动车，或吨位指总质量的，请从列表中选择相应的车型；否则无需处理。", "Choose the vehicle from the list if it runs on gas or electricity, or if the tonnes are its gross weight; else nothing to do."),
)
REMARK_MAY_COUNT = warning(
    "remark-may-count",
    Text("文字可能改变数量", "Words that may change the amount"),
    Text("这里写有“{words}”：{meaning}。文字不参与计算，数量仍按填写的计算。", "“{words}” stands here: {meaning}. Words count for nothing: the amount was taken as it is typed."),
    Text("请核对这一行的数量、单位、口径和品种；要改的请改在相应的格里。", "Check amount, unit, basis and kind of the row; change what is to be changed in the cell that it belongs to."),
)
ROW_NOT_APPLICABLE = note(
    "row-not-applicable",
    Text("不适用的行", "Row that does not apply"),
    Text("“{item}”的数量写的是“{typed}”，按不发生处理，不计入。", "The amount of “{item}” is “{typed}”: taken as not occurring and not counted."),
    Text("如果实际发生，请填写数量。", "If it does occur, give the amount."),
)
UNIT_MISSING = error(
    "unit-missing",
    Text("缺少单位", "Unit missing"),
    Text("“{item}”没有填单位。", "“{item}” has no unit."),
    Text("请填写单位，例如 {example}。", "Give the unit, e.g. {example}."),
)
UNIT_UNKNOWN = error(
    "unit-unknown",
    Text("单位无法识别", "Unknown unit"),
    Text("单位“{typed}”无法识别。", "The unit “{typed}” is not known."),
    Text("请改用常用单位，例如 {example}。", "Use a common unit, e.g. {example}."),
)
UNIT_MISMATCH = error(
    "unit-mismatch",
    Text("单位与品种不符", "Unit does not fit"),
    Text("“{flow}”不能用“{typed}”计量，也没有换算依据。", "“{flow}” cannot be counted in “{typed}”, and there is no conversion with a source."),
    Text("请核对单位，或改填以 {example} 计的数量。", "Check the unit, or give the amount in {example}."),
)
DENSITY_MISSING = error(
    "density-missing",
    Text("没有密度，不能换算", "No density to convert by"),
    Text("“{flow}”的因子按 {example} 计，填的是 {typed}{hint}；体积与质量要按密度换算，因子库中没有它的密度。", "The factor of “{flow}” is per {example}, and {typed} was given{hint}; volume and mass convert by density, which the library does not have."),
    Text("请按供应商给出的密度换算（{formula}），数量和单位都改按 {example} 填，并在备注写明密度和来源。", "Convert by the density that the supplier states ({formula}), give the amount in {example} and its unit, and say in the remark which density was used."),
)
UNIT_CONFLICT = error(
    "unit-conflict",
    Text("两处单位不一致", "Two units disagree"),
    Text("数量“{typed}”中的单位与单位列的“{unit}”不一致。", "The unit in “{typed}” is not the “{unit}” of the unit column."),
    Text("请确认单位，数量只填数字。", "Check which unit is meant, and type the amount as a number only."),
)
AMOUNT_IS_SHARE = error(
    "amount-is-share",
    Text("填的是比例", "A share, not an amount"),
    Text("“{typed}”是比例，不是数量，无法计算。", "“{typed}” is a share, not an amount, and nothing can be computed from it."),
    Text("请填写按比例算出的实际数量，例如多少 {example}。", "Give the amount that the share comes to, for example in {example}."),
)
UNIT_FROM_HEADING = note(
    "unit-from-heading",
    Text("单位取自列标题", "Unit from the heading"),
    Text("“{item}”没有填单位，按列标题读作 {unit}。", "“{item}” has no unit of its own; {unit} was taken from the heading."),
    Text("无需处理；建议在单位列填写。", "Nothing to do; it is best to give it in the unit column."),
)
HEADING_UNIT_CONFLICT = error(
    "heading-unit-conflict",
    Text("单位与列标题不一致", "Unit and heading disagree"),
    Text("单位列是 {unit}，数量的列标题写的是 {headed}，不能确定以哪个为准。", "The unit column says {unit}, the heading of the amounts {headed}: which of them holds is not certain."),
    Text("请改为一致；列标题中不用写单位。", "Make them agree; the heading needs no unit."),
)
FLOW_MISSING = error(
    "flow-missing",
    Text("缺少能源或材料", "Energy or material missing"),
    Text("“{item}”没有填写是哪种能源或材料。", "It is not said which energy or material “{item}” is."),
    Text("请从列表中选择，或写明名称。", "Choose from the list, or write its name."),
)
FLOW_UNKNOWN = error(
    "flow-unknown",
    Text("因子库中没有", "Not in the factor library"),
    Text("因子库中没有“{typed}”，无法取得排放因子。", "“{typed}” is not in the factor library: there is no emission factor for it."),
    Text("请从列表中选择{near}；确需新增的，由咨询机构在因子库中补充并注明来源。", "Choose from the list{near}; if it is new, the consultant adds it to the factor library with its source."),
)
PRODUCT_OF_TOTAL_MISSING = error(
    "product-of-total-missing",
    Text("没有写明是哪种产品的合计", "Which product's total"),
    Text("“{item}”的口径是“{basis}”，本次核算有 {count} 种产品，却没有写明是哪一种的；不能让每种产品都除以自己的产量。", "The basis of “{item}” is “{basis}”; the study has {count} products, and which of them it is of is not said: each of them cannot have all of it."),
    Text("请填写所属产品；是几种产品的合计的，请选“全厂全年合计”，并在“工厂与产量”填写分摊依据。", "Name the product; if it is the total of several, choose the plant's annual total and state the allocation on Plants."),
)
BASIS_MISSING = error(
    "basis-missing",
    Text("缺少数据口径", "Basis missing"),
    Text("“{item}”没有说明数量是每功能单位的还是全年合计。", "It is not said whether the amount of “{item}” is per unit or an annual total."),
    Text("请在“数据口径”列选择。", "Choose it in the column Basis."),
)
TWO_ROUTES = error(
    "two-routes",
    Text("两种填法都填了", "Given in two ways"),
    Text("“{item}”既填了燃料用量，又填了货物质量和运距，会重复计算。", "“{item}” gives both the fuel and mass × distance: it would be counted twice."),
    Text("请只保留一种；如果是两段运输，请分成两行。", "Keep one of them; if they are two legs, use two rows."),
)
ROUTE_INCOMPLETE = error(
    "route-incomplete",
    Text("运输数据不完整", "Transport row incomplete"),
    Text("“{item}”缺少：{missing}。", "“{item}” lacks: {missing}."),
    Text("请补齐；或改填燃料用量。", "Please add it, or give the fuel used instead."),
)
MONTHS_DISAGREE = error(
    "months-disagree",
    Text("逐月合计与全年数量不符", "Months do not add up"),
    Text("“{item}”各月合计 {summed}，全年数量 {stated}，相差 {difference}。", "The months of “{item}” add up to {summed}, the year is given as {stated}: a difference of {difference}."),
    Text("请核对各月数量和全年数量。", "Please check the months and the year's amount."),
)
MONTHS_PER_UNIT = error(
    "months-per-unit",
    Text("逐月数量与口径矛盾", "Months and basis disagree"),
    Text("“{item}”按月填写，数据口径却是“{basis}”：各月之和是一年的量，不是每功能单位的量。", "“{item}” is given by months, but its basis is “{basis}”: months add up to a year's amount, not to that of one functional unit."),
    Text("各月是全年用量的，请把口径改为全年合计；是单耗的，请清空各月，在“数量”填一个平均值。", "Where they are what was used, choose an annual total as the basis; where they are amounts per unit, clear the months and give one mean as the amount."),
)
MONTHS_RISING = error(
    "months-rising",
    Text("逐月递增，疑似累计数", "Do the months accumulate?"),
    Text("“{item}”的 {count} 个月一个比一个大（{first} 到 {last}），像是累计数或表底读数；相加得 {summed}。", "Each of the {count} months of “{item}” is more than the one before ({first} to {last}), as running totals or meter readings are; they add up to {summed}."),
    Text("请填各月当月的用量；确为当月用量的，请把全年数量也填上，以便核对。", "Give what was used in each month; where they are just that, give the year's amount too, which is then compared."),
)
AMOUNTS_COUNT_UP = warning(
    "amounts-count-up",
    Text("逐行加 1", "Figures that count up"),
    Text("从这一格往下，{count} 个数逐行加 1（{first} 到 {last}），像是下拉填充出来的。", "From this cell down {count} figures rise by 1 from row to row ({first} to {last}), as cells do that are drawn down."),
    Text("请逐行核对，改为各行实际的数；实际就是这些数的，不用改。", "Check each row and give its own figure; where these are right, nothing is to be done."),
)
AMOUNTS_REPEATED = warning(
    "amounts-repeated",
    Text("逐行相同", "The same amount row after row"),
    Text("从这一格往下，{count} 行的数量都是 {first}，像是下拉复制出来的。", "From this cell down {count} amounts are all {first}, as cells are that are copied down."),
    Text("请逐行核对，改为各行实际的数量；实际相同的，不用改。", "Check each row and give its own amount; where they are the same, nothing is to be done."),
)
MONTHS_NOT_USED = note(
    "months-not-used",
    Text("月份不全，已采用全年数量", "Year's amount used, months incomplete"),
    Text("“{item}”填了全年数量 {stated}，又填了 {count} 个月（统计周期有 {wanted} 个月）；已采用全年数量。", "“{item}” gives {stated} for the year and {count} of the {wanted} months; the year's amount is used."),
    Text("无需处理；补齐各月后会与全年数量核对。", "Nothing to do; with all months given they are compared with the year's amount."),
)
MONTHS_INCOMPLETE = error(
    "months-incomplete",
    Text("月份不全", "Months missing"),
    Text("“{item}”只填了 {count} 个月（统计周期有 {wanted} 个月），也没有全年数量。", "Only {count} of the {wanted} months of “{item}” are given, and no amount for the period."),
    Text("请补齐各月（没有发生的填 0），或填写全年数量。", "Add the other months (0 where there was none), or give the year's amount."),
)
# what optional columns ask for: percentages, suppliers, losses, trips, use, end of life, electricity

PERCENT_AS_NUMBER = note(
    "percent-as-number",
    Text("百分比填成了数", "Percentage as a number"),
    Text("“{field}”填的是 {typed}，已读作 {typed}%。", "“{field}” is {typed}; it was read as {typed} %."),
    Text("无需处理；建议填写时带百分号。", "Nothing to do; it is best to type the per cent sign too."),
)
PERCENT_UNCLEAR = error(
    "percent-unclear",
    Text("百分比不明确", "Percentage that is not clear"),
    Text("“{field}”填的是 {typed}，单元格不是百分比格式：是 {small} 还是 {large}，不能确定。", "“{field}” is {typed} in a cell without the per cent format: whether {small} or {large} is meant is not certain."),
    Text("请带百分号填写，例如 {large}。", "Type it with the per cent sign, such as {large}."),
)
PERCENT_FOR_NUMBER = error(
    "percent-for-number",
    Text("应填数量，填了百分比", "Percentage in place of a number"),
    Text("单元格显示的是百分比“{typed}”，这里应填普通数字。", "The cell shows the percentage “{typed}”; a plain number is wanted here."),
    Text("请把单元格格式改为“常规”，再填写数字。", "Set the cell's format to General, and type the number again."),
)
SUPPLIER_FIELD_MISSING = error(
    "supplier-field-missing",
    Text("缺少供应商数据", "Supplier's figure missing"),
    Text("“{item}”的数据口径是“{basis}”，但没有填“{field}”，无法折算到单位产品。", "The basis of “{item}” is “{basis}”, but “{field}” is empty: the amount cannot be brought to one unit of product."),
    Text("请填写“{field}”，或改选数据口径。", "Give “{field}”, or choose another basis."),
)
SUPPLIER_FIELD_UNUSED = warning(
    "supplier-field-unused",
    Text("填了却没有用到", "Filled in but not used"),
    Text("“{item}”填了“{field}”，但数据口径是“{basis}”，没有用它折算。", "“{item}” gives “{field}”, but its basis is “{basis}”: it was not used."),
    Text("数量若是每件零部件的或供应商全年的，请改选相应的数据口径；否则请清空“{field}”。", "If the amount is for one part, or the supplier's annual total, choose that basis; otherwise clear “{field}”."),
)
FIELD_UNUSED = warning(
    "field-unused",
    Text("填了却没有用到", "Filled in but not used"),
    Text("“{item}”填了“{field}”（{typed}），没有用到：{reason}。", "“{item}” gives “{field}” ({typed}), which was not used: {reason}."),
    Text("请核对这一行的填法；不需要的，请清空这一格。", "Check how the row is filled in; clear the cell if it is not needed."),
)
FUEL_BESIDE_MODE = note(
    "fuel-beside-mode",
    Text("燃料未用于计算", "Fuel not used"),
    Text("“{item}”按货物质量和运距计算，“{field}”中的“{typed}”没有用到。", "“{item}” counts by mass and distance; “{typed}” in “{field}” was not used."),
    Text("无需处理；如要按燃料计算，请填燃料用量，清空货物质量和运输方式。", "Nothing to do; to count by fuel, give the fuel used and clear goods mass and mode."),
)
OWN_CFP_UNIT_UNCLEAR = error(
    "own-cfp-unit-unclear",
    Text("声明碳足迹的单位不清", "Unit of the declared footprint unclear"),
    Text("供应商声明碳足迹的单位“{typed}”看不出是每件还是每千克的。", "The unit “{typed}” of the supplier's footprint does not say what it is per."),
    Text("请写成 kgCO2e/件 或 kgCO2e/kg 的形式。", "Write it like kgCO2e/piece or kgCO2e/kg."),
)
OWN_CFP_UNDOCUMENTED = warning(
    "own-cfp-undocumented",
    Text("声明碳足迹缺依据", "Declared footprint not documented"),
    Text("“{item}”采用供应商声明的碳足迹，但没有填：{missing}。", "“{item}” uses the supplier's declared footprint, but these are empty: {missing}."),
    Text("请向供应商索取并补充；没有依据的声明值经不起核查。", "Ask the supplier for them: a declared value without them does not stand up to a verifier."),
)
OWN_CFP_ODD = warning(
    "own-cfp-odd",
    Text("声明碳足迹的数值不常见", "A declared footprint of unusual size"),
    Text("“{item}”的声明碳足迹是 {value} {unit}，远低于或远高于各种材料。", "The declared footprint of “{item}” is {value} {unit}, far below or above that of any material."),
    Text("请对照供应商的报告核对数值和单位（kgCO2e、gCO2e 与 tCO2e，每 kg 与每 t）。数值没有改动。", "Check value and unit against the supplier's report (kgCO2e, gCO2e or tCO2e; per kg or per t). The figure was left as it is."),
)
LOSS_ON_TOTAL = warning(
    "loss-on-total",
    Text("合计数又填了损耗", "Loss on a total"),
    Text("“{item}”是全年合计，通常已含损耗；另填的损耗率 {typed} 已计入。", "“{item}” is an annual total, which mostly holds its losses; the rate {typed} beside it was applied."),
    Text("合计数若是实际领用或计量的，请清空损耗率；若是净用量，请在备注说明。", "Clear the rate if the total is what was metered or issued; say so in the remark if it is a net amount."),
)
LOSS_TWICE = warning(
    "loss-twice",
    Text("损耗可能算了两次", "A loss that may count twice"),
    Text("“{item}”的文字说数量已含损耗，另填的损耗率 {typed} 又计入了一次。", "The words of “{item}” say that its amount holds the loss; the rate {typed} beside it was applied again."),
    Text("数量已含损耗的，请清空损耗率；数量是净用量的，请改文字。", "Clear the rate if the amount holds the loss; change the words if it is the net amount."),
)
LOSS_HIGH = warning(
    "loss-high",
    Text("损耗率像是成品率", "A loss that looks like a yield"),
    Text("“{item}”的损耗率是 {typed}，投入量因此是净用量的 {times} 倍。", "“{item}” loses {typed}; what goes in is {times} times the net amount."),
    Text("损耗率是投入中成为废料的比例；填的若是成品率、利用率，请改为 100% 减去它。", "The rate is the part of the input that becomes waste; if a yield was typed, give 100 % less it."),
)
TRIPS_INCOMPLETE = error(
    "trips-incomplete",
    Text("车次数据不完整", "Trips incomplete"),
    Text("“{item}”按车次填写，但缺少：{missing}。", "“{item}” is given by trips but lacks: {missing}."),
    Text("请补齐；或改填燃料用量，或货物质量和运距。", "Please add it, or give the fuel used, or mass and distance."),
)
TRIPS_MIXED = error(
    "trips-mixed",
    Text("几种填法混在一行", "Ways mixed in one row"),
    Text("“{item}”既按车次填写，又填了：{others}，会重复计算。", "“{item}” is given by trips and also has: {others}; it would be counted twice."),
    Text("请只保留一种填法；如果是两段运输，请分成两行。", "Keep one way; if they are two legs, use two rows."),
)
YEARS_MISSING = error(
    "years-missing",
    Text("缺少使用年限", "Service life missing"),
    Text("“{item}”的数量是功率，没有填使用年限，无法算出使用寿命内的能耗。", "The amount of “{item}” is a power; without the service life its energy is not known."),
    Text("请填写使用年限（年）。", "Give the service life in years."),
)
HOURS_OF_A_DAY = warning(
    "hours-of-a-day",
    Text("年运行小时像是一天的", "Hours a year that look like a day's"),
    Text("年运行小时填的是 {typed}，不到一天。", "The hours a year are {typed}: no more than a day."),
    Text("请填一年的小时数，如每天 8 小时、300 天填 2400。", "Give the hours of a year: 2400 for 8 hours on 300 days."),
)
LIFE_LONG = warning(
    "life-long",
    Text("使用年限异常长", "An unusually long service life"),
    Text("使用年限填的是 {typed} 年。", "The service life is {typed} years."),
    Text("请核对单位是否为月；属实的请在备注说明。数值没有改动。", "Check whether months are meant; say so in the remark if it is right. The figure was left as it is."),
)
HOURS_ASSUMED = note(
    "hours-assumed",
    Text("按全年带电计算", "Energised all year"),
    Text("“{item}”没有填年运行小时，按 8760 小时（全年带电）计算。", "“{item}” gives no hours a year; 8760 were taken (energised all year)."),
    Text("不是全年带电的，请填写年运行小时。", "Give the hours if it is not energised all year."),
)
ROUTES_NOT_WHOLE = error(
    "routes-not-whole",
    Text("处理占比合计不是 100%", "Routes are not the whole"),
    Text("“{item}”各处理方式的占比合计为 {sum}。", "The treatment routes of “{item}” add up to {sum}."),
    Text("请补上其余部分的处理方式，使合计为 100%。", "Add the route of the rest, so that they make 100 %."),
)
SUPPLY_OF_OTHER_FLOW = warning(
    "supply-of-other-flow",
    Text("电力来源填在了别的品种上", "Supply of electricity on another flow"),
    Text("“{item}”是“{flow}”，不是电力；“电力来源”没有用到。", "“{item}” is “{flow}”, not electricity; its supply was not used."),
    Text("请清空“电力来源”，或改正品种。", "Clear the supply, or correct the flow."),
)
OWN_ELECTRICITY_BY_FUEL = note(
    "own-electricity-by-fuel",
    Text("自发电按燃料计", "Own electricity counted by its fuel"),
    Text("“{item}”是自发自用的电，其燃料已另列，这一行不计入。", "“{item}” is generated on site from a fuel that has its own row: this row is not counted."),
    Text("请确认燃料已填在同一阶段。", "Make sure that the fuel stands in the same stage."),
)
OWN_GENERATION_UNNAMED = error(
    "own-generation-unnamed",
    Text("没有写明发电方式", "Technology of own generation not named"),
    Text("“{item}”是自发自用的电，但品种写的是“电力”，没有写明发电方式。", "“{item}” is generated on site, but its flow is plain electricity: how it is generated is not said."),
    Text("请把品种改为光伏发电、风力发电等；用燃料发电的，请填燃料，并把电力来源选为“自发自用（燃料已另列）”。", "Name the technology as the flow (photovoltaic, wind …); if a fuel is burnt for it, list the fuel and choose “Own generation, its fuel is listed”."),
)
CONTRACT_APART = note(
    "contract-apart",
    Text("绿电另列对照", "Contract shown apart"),
    Text("“{item}”的结果按电网因子计算；合同因子 {factor} kgCO2e/kWh 的结果作为对照另列。", "“{item}” counts by the grid's factor; the result with the contract's {factor} kgCO2e/kWh is shown apart as an alternative."),
    Text("无需处理。", "Nothing to do."),
)
CONTRACT_FACTOR_MISSING = warning(
    "contract-factor-missing",
    Text("缺少合同因子", "Contract's factor missing"),
    Text("“{item}”是绿电或绿证，但没有合同因子，不能给出对照结果。", "“{item}” is under a contract or certificates without a factor: no alternative result can be given."),
    Text("请填写合同因子（确为零填 0），或把品种改为发电方式（如风力发电）。", "Give the contract's factor (0 if it is zero), or name the technology as the flow."),
)
CONTRACT_UNDOCUMENTED = warning(
    "contract-undocumented",
    Text("绿电缺凭证编号", "Contract not documented"),
    Text("“{item}”是绿电或绿证，但没有填合同或证书编号。", "“{item}” is under a contract or certificates, but their number is not given."),
    Text("请填写合同、结算单或绿证的编号。", "Give the number of the contract, the settlement or the certificates."),
)
MONTHS_VARY = note(
    "months-vary",
    Text("月度波动大", "Months vary strongly"),
    Text("“{item}”这个月为 {value}，各月平均 {mean}，各月高低相差大（变异系数 {variation}）。", "“{item}” has {value} in this month against a mean of {mean}; the coefficient of variation is {variation}."),
    Text("如属季节、停产等正常情况，请在备注说明；否则请核对。", "Say why in the remark if it is a season or a standstill; otherwise please check."),
)
MONTH_OUTSIDE_PERIOD = error(
    "month-outside-period",
    Text("月份不在统计周期内", "Month outside the period"),
    Text("“{item}”在 {month} 填了数，但该月不在统计周期内。", "“{item}” has an amount in {month}, which is outside the reference period."),
    Text("请清空该月，或改正统计周期。", "Clear that month, or correct the reference period."),
)
MONTHS_OF_LONG_PERIOD = error(
    "months-of-long-period",
    Text("周期超过一年，不能按月填", "Months of a period over a year"),
    Text("统计周期超过 12 个月，“{item}”的月份列不能表示是哪一年的月份。", "The reference period is longer than 12 months: which year the months of “{item}” belong to is not certain."),
    Text("请填写整个周期的合计数，清空各月。", "Give the total of the whole period and clear the months."),
)
SUBTOTAL_ROW = note(
    "subtotal-row",
    Text("合计行未计入", "Total row left out"),
    Text("“{item}”是合计行（等于上面各行之和），没有重复计入。", "“{item}” is a total of the rows above it and is not counted again."),
    Text("无需处理。", "Nothing to do."),
)
SUBTOTAL_UNCERTAIN = error(
    "subtotal-uncertain",
    Text("疑似合计行", "Is it a total?"),
    Text("“{item}”像是合计行，但数量不等于上面各行之和。", "“{item}” looks like a total, but it is not the sum of the rows above it."),
    Text("是合计行请删除；是单独一项请改名称。", "Delete the row if it is a total; rename it if it is an item of its own."),
)
EXAMPLE_ROW = error(
    "example-row",
    Text("示例行没有删除", "Example row left in"),
    Text("这一行与填写示例完全相同。", "This row is the example of the template."),
    Text("请删除示例行；如果恰好是真实数据，请在备注中说明。", "Delete it; if it happens to be real, say so in the remark."),
)
EXAMPLE_NAMED = error(
    "example-named",
    Text("示例行没有删除", "Example row left in"),
    Text("“{item}”写明是示例，没有计入。", "“{item}” says that it is an example; it was not counted."),
    Text("请删除示例行；如果是真实数据，请改名称。", "Delete the row; if it is real, rename it."),
)
PART_OF_ABOVE = error(
    "part-of-above",
    Text("“其中”项", "A part of another row"),
    Text("“{item}”是上面某一项的一部分，一起计入会重复，没有计入。", "“{item}” is a part of a row above it; it would be counted twice and was not counted."),
    Text("请删除这一行；如果要分开填，请删除上面的合计，各项分别成行。", "Delete the row; to give the parts, delete the total above and give each part a row of its own."),
)
SUBITEMS_ADD_UP = error(
    "subitems-add-up",
    Text("分项与总项都计入了", "Parts beside their whole"),
    Text("“{item}”起的 {count} 行写成“{whole}”的分项，加起来正好等于它：一起计入会重复。", "The {count} rows from “{item}” on are written as parts of “{whole}” and add up to it: they would be counted twice."),
    Text("请只保留“{whole}”一行，或删除它、只保留各分项。", "Keep “{whole}” alone, or delete it and keep its parts."),
)
SUBITEMS_FIT = warning(
    "subitems-fit",
    Text("分项是否已含在总项中", "Parts within a whole?"),
    Text("“{item}”起的 {count} 行写成“{whole}”的分项，合计不超过它；全部都计入了。", "The {count} rows from “{item}” on are written as parts of “{whole}” and fit within it; all of them are counted."),
    Text("已含在“{whole}”中的，请删除这些行；是另外几项的，请去掉名称前的符号或空格。", "Delete them if “{whole}” holds them; if they are items of their own, drop the sign or the blanks before their names."),
)
REMARK_ROW = note(
    "remark-row",
    Text("只有备注的行", "Row of remarks only"),
    Text("这一行只有备注：“{typed}”。", "Only a remark stands in this row: “{typed}”."),
    Text("无需处理；如果漏填了数据，请补上。", "Nothing to do, unless data were left out."),
)
ROW_BARE = error(
    "row-bare",
    Text("只有名称的行", "Row without data"),
    Text("这一行只有“{typed}”：是漏填了数据的一项，还是一句说明，不能确定。", "Nothing but “{typed}” stands in this row: whether it is an item whose data are missing, or a note, is not certain."),
    Text("是一项的，请补齐这一行；是说明的，请移到它所说明的那一行的备注列；不需要的，请清空这一行。", "If it is an item, fill in the rest of its row; if a note, move it to the column Remark of the row that it is about; if neither, clear the row."),
)
ROW_CHOICES_ALONE = error(
    "row-choices-alone",
    Text("没有项目和数量的行", "Row without item and amount"),
    Text("这一行只选了“{typed}”，没有项目和数量。", "Only “{typed}” is chosen in this row; it has neither item nor amount."),
    Text("漏填的请补齐这一行；多出的（如向下拖动带出的）请清空这一行。", "Fill in the rest of the row; clear it if it is not meant (drawn down, for instance)."),
)
HIDDEN_ROWS = warning(
    "hidden-rows-read",
    Text("隐藏的行已计入", "Hidden rows are counted"),
    Text("有 {count} 行被隐藏或筛选掉，其中的数据照常计入：第 {rows} 行。", "Rows that are hidden or filtered out hold data and are counted: row {rows} ({count} in all)."),
    Text("如果不应计入，请删除这些行。", "If they should not count, delete them."),
)
