"""Products, plants, period, boundary, settings."""

from __future__ import annotations

from workbook_engine.catalogue.declaring import error, note, warning
from workbook_engine.texts import Text

BASICS_GONE = error(
    "basics-gone",
    Text("“基本信息”页签不见了", "The sheet Basics is gone"),
    Text("工作簿里找不到“基本信息”页签（企业、产品、统计周期和系统边界）。", "The workbook has no sheet Basics (company, products, reference period and boundary) any more."),
    Text("请从原来的收集表把“基本信息”页签复制回来，填好后再提交。", "Copy the sheet back from the template as you got it, fill it in and send the workbook again."),
)
NOTHING_FILLED_IN = error(
    "nothing-filled-in",
    Text("还没有填写", "Not filled in yet"),
    Text("这份数据收集表还没有填写。", "Nothing has been filled into this template yet."),
    Text("请先填“基本信息”，再填各阶段的页签，然后提交；如果发错了文件，请发送填好的那一份。", "Fill in the sheet Basics first, then those of the stages, and send it; if this is the wrong file, send the one that is filled in."),
)
NO_PRODUCT = error(
    "no-product",
    Text("没有产品", "No product"),
    Text("“产品”表中没有填写任何产品。", "No product is given in the table Products."),
    Text("请在“基本信息”的“产品”表中至少填写一个产品及其功能单位。", "Give at least one product with its functional unit in the sheet Basics."),
)
PRODUCT_TWICE = error(
    "product-twice",
    Text("产品重名", "Two products of one name"),
    Text("产品“{name}”在表中出现了两次，其他表无法区分。", "The product “{name}” appears twice; other sheets cannot tell them apart."),
    Text("请用规格型号区分产品名称。", "Tell them apart by adding the model to the name."),
)
PRODUCT_UNKNOWN = error(
    "product-unknown",
    Text("产品不在产品表中", "Unknown product"),
    Text("“{typed}”不在“基本信息”的产品表中。", "“{typed}” is not in the table of products on Basics."),
    Text("请从列表中选择产品；适用于所有产品的请留空。", "Choose a product from the list; leave blank if the row applies to all."),
)
PRODUCT_UNCLEAR = error(
    "product-unclear",
    Text("产品名称有几个", "Which product of the name"),
    Text("“基本信息”的产品表中有几个“{typed}”：{products}。", "The table of products on Basics has several “{typed}”: {products}."),
    Text("请写明名称加规格型号；产品表中没有型号的请补上。", "Write the name with the model; give the model on Basics where it is missing."),
)
PLANT_UNKNOWN = error(
    "plant-unknown",
    Text("工厂不在工厂表中", "Unknown plant"),
    Text("“{typed}”不在“工厂与产量”的工厂表中。", "“{typed}” is not in the table of plants."),
    Text("请从列表中选择工厂，或先在“工厂与产量”中添加。", "Choose a plant from the list, or add it on the sheet Plants first."),
)
PLANT_MISSING = error(
    "plant-missing",
    Text("没有指明工厂", "No plant named"),
    Text("这是全厂合计，但有 {count} 个工厂，没有指明是哪一个。", "This is a plant total, but there are {count} plants and none is named."),
    Text("请在“工厂”列选择工厂。", "Choose the plant in the column Plant."),
)
PLANTS_NOT_LISTED = error(
    "plants-not-listed",
    Text("“工厂与产量”没有填写", "Plants not filled in"),
    Text("这是全厂合计，但“工厂与产量”没有填写，不知道怎样分给 {count} 个产品。", "This is a plant total, but the sheet Plants is empty: how it is divided among {count} products is not known."),
    Text("请在“工厂与产量”中列出该厂全部产品及年产量；只属于一个产品的，请把数据口径改为“本产品全年合计”并选择产品。", "List all products of the plant with their output on the sheet Plants; if the amount is one product's alone, choose its annual total as the basis, and the product."),
)
PLANT_TWICE = error(
    "plant-twice",
    Text("工厂重名", "Two plants of one name"),
    Text("工厂“{name}”在表中出现了两次，其他表无法区分。", "The plant “{name}” appears twice; other sheets cannot tell them apart."),
    Text("同一工厂请只留一行；不同的工厂请改用不同的名称。", "Keep one row if it is one plant; otherwise give them different names."),
)
PLANT_PRODUCT_TWICE = warning(
    "plant-product-twice",
    Text("同一工厂的产品填了两行", "Product of a plant given twice"),
    Text("“{product}”在“{plant}”的产品中出现了两次，两行的产量已相加。", "“{product}” appears twice among the products of “{plant}”; both outputs were added up."),
    Text("重复的请删除一行；型号不同的请在名称后注明型号。", "Delete one row if it is the same; if the models differ, add the model to the name."),
)
PLANT_WITHOUT_PRODUCTS = error(
    "plant-without-products",
    Text("没有列出工厂的产品", "Plant without products"),
    Text("用到了全厂合计，但没有列出“{plant}”生产的产品和产量，无法分摊。", "Plant totals are used, but the products and output of “{plant}” are not listed: they cannot be divided."),
    Text("请在“工厂与产量”中列出该厂全部产品及年产量。", "List all products of the plant with their annual output on the sheet Plants."),
)
PLANT_IMPLIED = note(
    "plant-implied",
    Text("按单一工厂处理", "Taken as one plant"),
    Text("没有填写“工厂与产量”，全厂合计全部归于唯一的产品“{product}”。", "The sheet Plants is empty: plant totals are taken as wholly for the one product “{product}”."),
    Text("如果该厂还生产其他产品，请在“工厂与产量”中列出。", "If the plant makes other products too, list them on the sheet Plants."),
)
PRODUCT_SIMILAR = error(
    "product-similar",
    Text("产品名称不一致", "Product's name differs"),
    Text("“{typed}”像是本次核算的“{product}”，但名称不完全相同；如果是同一产品，分摊会漏掉它。", "“{typed}” resembles “{product}” of this study but is not the same; if it is the same product, the allocation would miss it."),
    Text("同一产品请从列表中选择；不同的产品请在名称后注明型号。", "If it is the same, choose it from the list; if it is another product, add its model to the name."),
)
PRODUCT_ALIKE = warning(
    "product-alike",
    Text("同一工厂有名称相近的产品", "Products of a plant with names alike"),
    Text("“{typed}”与本次核算的“{product}”名称相近；该厂已另有一行“{product}”，这一行按另一种产品分摊。", "“{typed}” resembles “{product}” of this study; the plant has a row of “{product}” besides, so that this one is taken as another product."),
    Text("确是另一种产品的，无需处理；是同一产品的，请合并为一行。", "Nothing to do if it is another product; if it is the same, make one row of both."),
)
PLANT_MAKES_OTHERS = error(
    "plant-makes-others",
    Text("工厂的产品中没有本次核算的产品", "Plant makes none of the study's products"),
    Text("用到了“{plant}”的全厂合计，但该厂的产品中没有本次核算的产品，无法分摊。", "Totals of “{plant}” are used, but its products are none of this study: nothing can be allocated."),
    Text("请在“工厂与产量”中补上本次核算的产品，名称与“基本信息”中的一致。", "Add the product of this study to the plant on the sheet Plants, under the name that it has on Basics."),
)
OUTPUT_MISSING = error(
    "output-missing",
    Text("缺少年产量", "Annual output missing"),
    Text("“{product}”没有年产量，年度总量无法折算到每功能单位。", "The annual output of “{product}” is missing: annual totals cannot be brought to one unit."),
    Text("请填写统计周期内的年产量。", "Please give the output in the reference period."),
)
OUTPUT_ZERO = error(
    "output-zero",
    Text("年产量不是正数", "Annual output is not positive"),
    Text("“{product}”的年产量为 {typed}，无法折算。", "The annual output of “{product}” is {typed}: nothing can be divided by it."),
    Text("请填写实际年产量。", "Please give the real output."),
)
OUTPUT_NOT_WHOLE = warning(
    "output-not-whole",
    Text("产量不是整数", "An output that is not whole"),
    Text("产量写的是 {typed} {unit}，不是整数：可能是以万或千为单位填写的。", "The output is {typed} {unit}, which is not a whole number: it may be in thousands or ten thousands."),
    Text("请填实际件数，或把单位改为所用的计数单位（如 万台）；确为折算数的，请在备注说明。数值没有改动。", "Give the number of pieces, or the unit in which they are counted; say so in the remark if it is an equivalent. The figure was left as it is."),
)
OUTPUT_CONVERTED = note(
    "output-converted",
    Text("产量已换算", "Output converted"),
    Text("产量 {typed} {unit} 已换算为 {value}。", "The output of {typed} {unit} was read as {value}."),
    Text("无需处理；如换算有误，请改填以台、套、件计的数量。", "Nothing to do; if that is wrong, give the number of pieces."),
)
OUTPUT_DISAGREES = error(
    "output-disagrees",
    Text("产量不一致", "Outputs disagree"),
    Text("“{product}”在“基本信息”的年产量是 {stated}，各工厂合计是 {summed}。", "The annual output of “{product}” is {stated} on Basics, its plants add up to {summed}."),
    Text("请核对并改为一致。", "Please check and make them agree."),
)
WEIGHTS_MIXED = error(
    "weights-mixed",
    Text("权重有的写作百分数，有的不是", "Weights with and without %"),
    Text("“{plant}”的分摊权重是 {weights}：像是一部分写作百分数、一部分没有写 %，无法确定。", "The weights of “{plant}” are {weights}: some seem to be percentages and some without %, which is not certain."),
    Text("请统一写法：都写成百分数（如 90%、10%），或都写成一般的数（如 90、10）。", "Write all of them alike: all as percentages (90 %, 10 %), or all as plain numbers (90, 10)."),
)
WEIGHTS_LIKE_SHARES = error(
    "weights-like-shares",
    Text("权重像是占全厂的比例", "Weights that look like shares"),
    Text("“{plant}”的分摊权重是 {weights}，合计 {sum}：像是各产品占全厂的比例。权重是每一件的，要再乘以产量，不能确定是哪一种。", "The weights of “{plant}” are {weights}, {sum} in all, as shares of the plant are. A weight is of one piece and is multiplied by the output: which of the two is meant is not certain."),
    Text("是占全厂的比例的，请各除以产量，作为每件的权重；是每件的权重的，请同乘一个数（如 10），结果不变。", "Divide shares of the plant by the outputs; if they are of one piece, multiply all of them by one number (10, say), which changes nothing."),
)
MASS_DISAGREES = warning(
    "mass-disagrees",
    Text("每单位质量与别处不符", "The mass disagrees with what else is stated"),
    Text("“{product}”每单位质量填 {mass} kg，而“{typed}”说的是 {kg} kg。", "The mass of “{product}” is {mass} kg; “{typed}” says {kg} kg."),
    Text("请核对单位（kg 与 g、t），以及是否填了全年的总质量。数值没有改动。", "Check the unit (kg for g or t), and whether it is a year's mass. The figure was left as it is."),
)
PRODUCTS_IN_ONE = warning(
    "products-in-one",
    Text("一格里像有几个产品", "Several products in one cell?"),
    Text("产品名称“{typed}”像是几个产品，这里按一个产品计算。", "The name “{typed}” looks like several products; it was taken as one."),
    Text("是几个产品的，请每个产品填一行，各填质量和年产量；确是一个产品的，不用改。", "Give each product a row of its own, with its mass and output; where it is one product, nothing is to be done."),
)
UNIT_PER_TIME = warning(
    "unit-per-time",
    Text("功能单位按时间计", "Functional unit per time"),
    Text("功能单位写的是“{typed}”，而结果按一件产品计算，没有按时间折算。", "The functional unit says “{typed}”, while the result is of one product; nothing is divided by time."),
    Text("请写产品的数量，例如“1 台”；结果要按时间给出的，请告诉咨询机构并写明使用年限。", "State how much product it is, for example “1 piece”; if the result is wanted per time, tell the consultant, with the service life."),
)
WEIGHT_NOT_MASS = warning(
    "weight-not-mass",
    Text("分摊权重与产品质量不符", "Weight is not the product's mass"),
    Text("按质量分摊，“{product}”的权重是 {weight} kg，而“基本信息”中每单位质量是 {mass} kg。", "The plant is divided by mass; the weight of “{product}” is {weight} kg, but its mass on the sheet Basics is {mass} kg."),
    Text("权重请填一件的质量，不是全年的总质量；并核对单位。", "The weight is the mass of one piece, not of a year's output; check the unit too."),
)
WEIGHT_NOT_UNIT = warning(
    "weight-not-unit",
    Text("分摊权重与产品的单位或名称不符", "Weight is not that of the product's unit or name"),
    Text("按质量分摊，“{product}”的权重是 {weight} kg，而“{typed}”是 {kg} kg。", "The plant is divided by mass; the weight of “{product}” is {weight} kg, but “{typed}” is {kg} kg."),
    Text("权重请填一个计量单位产品的质量，以 kg 计：产量以 t 计的填 1000。", "Give the mass of one unit of output in kg: 1000 where the output is counted in t."),
)
WEIGHTS_FAR_APART = warning(
    "weights-far-apart",
    Text("权重相差悬殊", "Weights far apart"),
    Text("“{plant}”中“{small}”的权重是 {smaller}，“{large}”的是 {larger}，相差 {times} 倍，后者几乎承担全部排放。", "At “{plant}” the weight of “{small}” is {smaller} and that of “{large}” {larger}, {times} times as much, so that the latter bears nearly all emissions."),
    Text("请核对两者的单位是否相同（如 kg 与 g、元与万元）；确实相差这么多的，无需修改。", "Check that both are in the same unit (kg and g, yuan and 10,000 yuan); if they do differ so much, nothing is to be changed."),
)
ALLOCATION_BASIS_MISSING = warning(
    "allocation-basis-missing",
    Text("没有选择分摊依据", "No basis of allocation"),
    Text("“{plant}”没有选择分摊依据，已按产量（件数）分摊。", "“{plant}” has no basis of allocation; it was divided by output count."),
    Text("请选择分摊依据，并写明理由。", "Choose the basis, and say why it is fair."),
)
WEIGHTS_BY_COUNT = error(
    "weights-by-count",
    Text("按件数分摊却填了权重", "Weights beside allocation by count"),
    Text("“{plant}”的分摊依据是“产量（件数）”或没有填写，但各产品的分摊权重不同（{weights}），不能确定按哪个分摊。", "“{plant}” is divided by output count, or its basis is blank, but its products have different weights ({weights}): which of them holds is not certain."),
    Text("按权重分摊的，请把分摊依据选为质量、工时、经济价值或企业自定权重；按件数分摊的，请清空权重。", "Choose mass, hours, value or stated weights as the basis if the weights hold; clear them if the plant is divided by count."),
)
WEIGHT_MISSING = error(
    "weight-missing",
    Text("缺少分摊权重", "Allocation weight missing"),
    Text("“{plant}”按“{basis}”分摊，但“{product}”没有填权重。", "“{plant}” is divided by “{basis}”, but “{product}” has no weight."),
    Text("请填写每件的{basis}；按件数分摊的，请把分摊依据改为“产量（件数）”。", "Give the weight of one piece by “{basis}”, or choose allocation by count."),
)
REFERENCE_FLOW_MISSING = error(
    "reference-flow-missing",
    Text("缺少基准流", "Reference flow missing"),
    Text("“{product}”的功能单位是“{unit}”，产量以“{output_unit}”计，两者不能换算，年度总量无法折算到每功能单位。", "The functional unit of “{product}” is “{unit}”, its output is counted in “{output_unit}”: they do not convert, so annual totals cannot be brought to one unit."),
    Text("请填写基准流（一个功能单位相当于多少产量单位）；收集表没有这一列时，请向咨询机构索取含“基准流”的收集表。", "State the reference flow (units of output in one functional unit); if the template has no such column, ask the consultant for one with it."),
)
REFERENCE_FLOW_TWICE = error(
    "reference-flow-twice",
    Text("基准流两处不一致", "Reference flow stated twice"),
    Text("“{product}”的基准流填了 {first}，每产量单位的功能单位数填了 {second}，两者应互为倒数。", "The reference flow of “{product}” is {first}, the functional units per unit of output {second}: one should be 1 divided by the other."),
    Text("请只填一项，或改为一致。", "Keep one of them, or make them agree."),
)
OUTPUT_UNIT_OTHER_WORD = warning(
    "output-unit-other-word",
    Text("产量单位与功能单位不同", "Output counted in another word"),
    Text("“{product}”的产量以“{output_unit}”计，功能单位是“{unit}”；已按一{output_unit}就是一个“{counted}”计算。", "The output of “{product}” is in {output_unit}, its unit is “{unit}”; one {output_unit} was taken as one {counted}."),
    Text("请核对并统一写法；如果一{counted}含多{output_unit}，请把产量改填为以“{counted}”计的数。", "Please check and use one word; if one {counted} is several {output_unit}, state the output in {counted}."),
)
FUNCTIONAL_UNIT_COUNT = error(
    "functional-unit-count",
    Text("功能单位是几件，不能确定", "Functional unit of an unclear count"),
    Text("“{product}”的功能单位写的是“{typed}”，看不出结果是对几件产品而言。", "The functional unit of “{product}” is “{typed}”: how many the result is for is not clear."),
    Text("请写成一个数加单位，例如“1 {example}”或“1000 {example}”。", "Write one number with its unit, such as 1 {example} or 1000 {example}."),
)
FUNCTIONAL_UNIT_UNCLEAR = warning(
    "functional-unit-unclear",
    Text("功能单位与产量单位未能比较", "Functional unit and output not compared"),
    Text("“{product}”的功能单位“{unit}”不是已知的计量单位，与产量单位“{output_unit}”按一比一处理。", "The functional unit “{unit}” of “{product}” is no known unit; it was taken as one to one with the output's “{output_unit}”."),
    Text("请写成数量加单位，例如“1 台”；一个功能单位不止一件产品的，请写明是几件。", "Write it as a number with its unit, e.g. 1 piece; where a functional unit is several pieces, say how many."),
)
PLANT_UNITS_MIXED = warning(
    "plant-units-mixed",
    Text("产量单位不同却按件数分摊", "Outputs of different kinds divided by count"),
    Text("“{plant}”按件数分摊，各产品的产量单位却不同：{units}。", "“{plant}” is divided by count, but its outputs are counted in different units: {units}."),
    Text("请改按质量、工时或产值分摊，或统一产量单位。", "Divide by mass, hours or value, or state all outputs in one unit."),
)
PLANT_DOES_NOT_MAKE = error(
    "plant-does-not-make",
    Text("该厂不生产此产品", "Not made at this plant"),
    Text("这一行是“{plant}”的全厂合计，所属产品是“{product}”，但该厂的产品中没有它。", "This is a total of “{plant}” for “{product}”, which is not among the products of that plant."),
    Text("请在“工厂与产量”中补充该产品，或改正工厂、所属产品。", "Add the product to the plant on the sheet Plants, or correct the plant or the product."),
)
PLANT_TOTAL_OF_ONE_PRODUCT = warning(
    "plant-total-of-one-product",
    Text("全厂合计却指明了一种产品", "Plant total that names one product"),
    Text("这一行是“{plant}”的全厂合计，又指明了产品“{product}”：只计入了该产品分摊到的部分，其他产品没有计入。", "This is a total of “{plant}” that names “{product}”: its allocated part is counted for that product, and nothing for the others."),
    Text("数量若是该产品的全年合计，请把数据口径改为“本产品全年合计”；若是全厂的，请把所属产品留空。", "If the amount is the product's own annual total, choose that basis; if it is the plant's, leave the product blank."),
)
PERIOD_REVERSED = error(
    "period-reversed",
    Text("统计周期颠倒", "Reference period reversed"),
    Text("统计周期的结束（{end}）早于开始（{start}）。", "The reference period ends ({end}) before it begins ({start})."),
    Text("请核对两个日期。", "Please check the two dates."),
)
PERIOD_FAR_OFF = warning(
    "period-far-off",
    Text("统计周期的年份可能写错", "Year of the period may be mistyped"),
    Text("统计周期是 {start} 至 {end}，而因子库的电力因子是 {years} 年的，相差太远。", "The reference period is {start} to {end}, far from the years of the library's electricity factors ({years})."),
    Text("请核对统计周期的年份。", "Please check the year of the reference period."),
)
PERIOD_NOT_A_YEAR = warning(
    "period-not-a-year",
    Text("统计周期不是一年", "Reference period is not a year"),
    Text("统计周期是 {start} 至 {end}，共 {days} 天；数据按同期产量折算，不作年化。", "The reference period is {start} to {end}, {days} days; data are divided by the output of the same period and not scaled to a year."),
    Text("请确认产量与数据属于同一周期，并说明为什么不是一整年。", "Make sure that the output is of the same period, and say why it is not a year."),
)
STAGE_NOT_DECIDED = error(
    "stage-not-decided",
    Text("没有说明是否纳入", "Stage neither in nor out"),
    Text("“{stage}”没有填写是否纳入系统边界。", "It is not said whether “{stage}” is inside the system boundary."),
    Text("请在“基本信息”的系统边界表中选择是或否。", "Choose Yes or No in the boundary table of Basics."),
)
STAGE_TAKEN_AS_OUT = note(
    "stage-taken-as-out",
    Text("按不纳入处理", "Taken as outside"),
    Text("“{stage}”没有填写是否纳入，也没有数据，按不纳入处理。", "“{stage}” is neither marked nor filled in: it is taken as outside the boundary."),
    Text("如需纳入，请在系统边界表中选“是”并填写该页签。", "If it belongs to the study, choose Yes and fill in its sheet."),
)
STAGE_WITHOUT_DATA = error(
    "stage-without-data",
    Text("纳入的阶段没有数据", "Stage without data"),
    Text("“{stage}”在系统边界内，但没有任何数据。", "“{stage}” is inside the boundary but has no data."),
    Text("请在{place}填写该阶段的数据；确实为零的填 0；不纳入的请在系统边界表中选“否”并说明理由。", "Fill it in on {place}; type 0 where it is really zero; or choose No in the boundary table and say why."),
)
STAGE_SHEET_GONE = error(
    "stage-sheet-gone",
    Text("阶段的页签不见了", "Sheet of a stage is gone"),
    Text("“{stage}”在系统边界内，但工作簿里找不到填写它的页签。", "“{stage}” is inside the boundary, but the workbook has no sheet for it any more."),
    Text("请从原来的收集表把这个页签复制回来，填写后再提交；不纳入的请在系统边界表中选“否”并说明理由。", "Copy the sheet back from the template as you got it and fill it in; or choose No in the boundary table and say why."),
)
STAGE_OUT_WITH_DATA = warning(
    "stage-out-with-data",
    Text("不纳入的阶段有数据", "Data on an excluded stage"),
    Text("“{stage}”标为不纳入，但填了 {count} 行数据；这些数据没有计入。", "“{stage}” is marked as outside but has data (rows: {count}); they are not counted."),
    Text("应纳入的请改选“是”；确实不纳入的无需处理，这些数据不计入。", "Choose Yes if the stage belongs to the study; if it does not, nothing is to be done and the data stay out."),
)
STAGE_OUT_UNJUSTIFIED = warning(
    "stage-out-unjustified",
    Text("不纳入的阶段没有理由", "Stage left out without a reason"),
    Text("“{stage}”不纳入系统边界，但没有写理由。", "“{stage}” is outside the boundary, and no reason is given."),
    Text("请写明理由：只有不会显著改变结论的阶段才可以不纳入。", "Say why: a stage may be left out only if that does not change the conclusions significantly."),
)
EXCLUSION_UNJUSTIFIED = warning(
    "exclusion-unjustified",
    Text("排除的过程没有理由", "Process left out without a reason"),
    Text("“{stage}”排除了“{typed}”，但没有写理由。", "“{stage}” leaves out “{typed}”, and no reason is given."),
    Text("请写明理由，例如按取舍准则占比不足 1%。", "Say why, for instance that it is under 1 % by the cut-off criteria."),
)
STAGE_WITHOUT_DATA_OF_PRODUCT = error(
    "stage-without-data-of-product",
    Text("这个产品在该阶段没有数据", "Product without data in a stage"),
    Text("“{stage}”在系统边界内，但没有“{product}”的数据。", "“{stage}” is inside the boundary but has no data of “{product}”."),
    Text("请填写该产品的数据（确实为零的填 0），或把适用于所有产品的行的“所属产品”留空。", "Give the product's data (0 where it is really zero), or leave the product blank on rows that apply to all."),
)
DECLARED_WITHOUT_PRODUCT = warning(
    "declared-without-product",
    Text("已有结果未注明产品", "Earlier result without its product"),
    Text("本次核算有 {count} 个产品，这一行没有注明是哪个产品的结果，未核对。", "There are {count} products, and the row does not say whose result it is; it was not compared."),
    Text("请在“产品”列选择产品。", "Choose the product in the column Product."),
)
DECLARED_SUBJECT_UNKNOWN = warning(
    "declared-subject-unknown",
    Text("不知道是哪个因子", "Unknown factor of a report"),
    Text("因子库中没有“{typed}”这种能源或材料，它也不是 GWP，这一行没有核对。", "The library knows no energy or material “{typed}”, and it is not GWP; the row was not checked."),
    Text("请填写电力、燃料的名称，或 GWP。", "Name electricity, a fuel, or GWP."),
)
RESULT_NOT_KNOWN = error(
    "result-not-known",
    Text("结果无法得出", "Result not known"),
    Text("“{product}”的碳足迹无法得出：{lines} 的单位产品活动数据算不出来。", "The footprint of “{product}” cannot be worked out: the activity per unit of {lines} is not known."),
    Text("请核对这些行的产量和分摊权重：全部为 0 时无法分摊。", "Check outputs and allocation weights behind these rows: if all of them are 0, nothing can be divided."),
)
SETTING_DEFAULTED = note(
    "setting-defaulted",
    Text("采用缺省设置", "Default setting"),
    Text("“{field}”没有填写，采用“{value}”。", "“{field}” is not set: “{value}” is used."),
    Text("请咨询机构确认。", "For the consultant to confirm."),
)
FACTOR_SET_UNKNOWN = error(
    "factor-set-unknown",
    Text("因子集不存在", "Unknown factor set"),
    Text("因子库中没有名为“{typed}”的因子集。", "The factor library has no factor set named “{typed}”."),
    Text("请从下列名称中选择：{choices}。", "Choose one of: {choices}."),
)
