import { classifyDensity, comparePerformance, evaluateChange, renderCaterpillar, renderFunnel, renderSlope } from "equiterra"
import { byNumber, changeRange, listed, millions, percent, thousands } from "./figures.js"
import { LAST_MONTH, PARTIAL, PARTIAL_MONTHS } from "./periods.js"

const TO_2019 = "sales of 2019 per dollar of 2018"
const TO_2020 = "sales of 2020 per dollar of 2019"
const TO_2021 = "sales of 2021 per dollar of 2020"
const TO_PART = `${PARTIAL_MONTHS} ${PARTIAL} per dollar of ${PARTIAL_MONTHS} 2021`

/**
 * 2020 with verdicts, and the first ten months of 2022 against the same of 2021.
 * Every store is a row, so that a verdict knows how much luck a territory's stores have.
 */
export function judgedYears(records, fields, stores, totals) {
  const rows = storeRows(records, fields, stores)
  /** @returns {import("equiterra").Kpi<any>} */
  const growth = (from, to) => ({ numerator: to, denominator: from, where: (store) => store[from] !== 0 || store[to] !== 0 })
  const kpis = { [TO_2019]: growth("in2018", "in2019"), [TO_2020]: growth("in2019", "in2020"), [TO_2021]: growth("in2020", "in2021"), [TO_PART]: growth("part2021", "part2022") }
  const verdict = comparePerformance(rows, { territory: "territoryId", segment: "density", kpis })
  const territories = [...verdict.territories].sort((a, b) => byNumber(a.id, b.id))
  const scene = { verdict, territories, rows }
  const odd = territories.filter(({ kpis }) => isApart(kpis[TO_2020]) || isApart(kpis[TO_2020].likeForLike)).map(({ id }) => id)
  return { odd, ...year2020(scene, totals), ...year2022(scene, records, fields, totals) }
}

function storeRows(records, fields, stores) {
  const owner = new Map(fields.alignment.map(({ accountId, territoryId }) => [accountId, territoryId]))
  const { accounts } = classifyDensity(stores)
  const rows = new Map(accounts.map((row, s) => [row.accountId, { id: row.accountId, name: stores[s].name, territoryId: owner.get(row.accountId) ?? null, density: row.class, in2018: 0, in2019: 0, in2020: 0, in2021: 0, part2021: 0, part2022: 0 }]))
  for (const { storeId, month, sales } of records) {
    const row = rows.get(storeId)
    if (row === undefined || month < "2018") continue
    if (month < PARTIAL) row[`in${month.slice(0, 4)}`] += sales
    if (month >= "2021" && month.slice(5) <= LAST_MONTH) row[`part${month.slice(0, 4)}`] += sales
  }
  return [...rows.values()]
}

function year2020({ verdict, territories, rows }, totals) {
  const total = (year) => totals.find(({ period }) => period === year)?.outcome ?? NaN
  const [grown, grownBefore] = [total("2020") / total("2019") - 1, total("2019") / total("2018") - 1].map(percent)
  const values = territories.map(({ kpis }) => percent((kpis[TO_2020].value ?? NaN) - 1) ?? NaN)
  const range = `from ${Math.min(...values)} % to ${Math.max(...values)} %`
  const raw = apart(territories, TO_2020)
  const like = territories.filter(({ kpis }) => isApart(kpis[TO_2020].likeForLike))
  const table = territories.map(({ id, kpis }) => {
    const own = kpis[TO_2020]
    return {
      territory: id, "2020, %": growthOf(own), "expected by its mix, %": percent(expectedOf(own)), "like for like": own.likeForLike?.verdict ?? "-",
      "as it stands, 95 % interval": changeRange(own.interval), "as it stands": own.verdict, "2019, %": growthOf(kpis[TO_2019]), "2021, %": growthOf(kpis[TO_2021]), "largest store, % of sales": percent(largest(rows, id, "in2019").share),
    }
  })
  const bySegment = verdict.segments.map(({ id, kpis }) => ({ stores: id, "stores that count": kpis[TO_2020].n, "2019, %": growthOf(kpis[TO_2019]), "2020, %": growthOf(kpis[TO_2020]), "2020, 95 % interval": changeRange(kpis[TO_2020].interval), "2021, %": growthOf(kpis[TO_2021]) }))
  const chart = { kpi: TO_2020 }
  const part = {
    title: "2020 against 2019: a shift for all, and who stands apart",
    lead: `All of Iowa bought ${grown} % more in 2020, after ${grownBefore} % more in 2019. By territory it is ${range}; ${raw.length === 0 ? "as they stand, none of these differences can be told from the luck of single stores" : `only ${named(raw, TO_2020)} can be told from the luck of single stores`}. Compared like for like, rural stores with rural and urban with urban, ${like.length === 0 ? "none" : `only ${named(like, TO_2020, true)}`} ${like.length > 1 ? "stand" : "stands"} apart. Which of the others grew more than which cannot be concluded.`,
    charts: [
      { caption: "Sales of each territory, millions of dollars; the mark at the right is the verdict on its growth, like for like", draw: (width, idPrefix) => drawSlopes(territories.map(({ id, kpis }) => ({ id, before: kpis[TO_2020].denominator, after: kpis[TO_2020].numerator, verdict: kpis[TO_2020].likeForLike?.verdict })), { beforeLabel: "2019", afterLabel: "2020", width, idPrefix }) },
      { caption: "As they stand: how far each may lie from the whole by chance; between the lines nothing needs an explanation", draw: (width, idPrefix) => renderFunnel(verdict, { ...chart, width, idPrefix, labels: "all" }) },
      { caption: "As they stand: how sure each value is, and which rank it may have", draw: (width, idPrefix) => renderCaterpillar(verdict, { ...chart, width, idPrefix }) },
    ],
    tables: [{ caption: "Growth on the year before", rows: table }, { caption: "Rural, suburban and urban: a third of the stores each, by how many stores lie within 10 km", rows: bySegment }],
    notes: [
      ...territories.filter((one) => raw.includes(one) || like.includes(one)).map(({ id, kpis }) => `${storeNote(rows, id, "in2019", "in2020", "2019", "2020")} Stores of its mix grew by ${percent(expectedOf(kpis[TO_2020]))} % in all territories together, its own by ${growthOf(kpis[TO_2020])} %.`),
      `Growth of 2019 by territory lacks stores that closed and have no place, ${percent(totals.find(({ period }) => period === "2018")?.unplacedShare)} % of 2018: it is a little too high, for all (${growthOf(verdict.kpis[TO_2019])} % instead of ${grownBefore} %). An interval that spans 0 does not say that nothing happened; it says that these stores cannot tell.`,
      `Verdicts are drawn of 2020 and of ${PARTIAL}, as territories stand and like for like. Each of the four may call someone apart in 5 % of cases where nobody differs: of a single verdict ask why before acting on it.`,
    ],
  }
  const said = `2020: sales grew by ${grown} % (${grownBefore} % the year before), by territory ${range}. ${raw.length === 0 ? "As they stand, none" : `Only ${named(raw, TO_2020)}`} can be told from the others; with rural, suburban and urban stores compared like for like, ${like.length === 0 ? "none" : `only ${named(like, TO_2020, true)}`} ${like.length > 1 ? "stand" : "stands"} apart. Nobody is to be praised or blamed for the rest of the differences.`
  return { section2020: part, said2020: said }
}

function year2022({ territories, rows }, records, fields, totals) {
  const yearly = evaluateChange(records, { ...fields, period: "month", periodLength: "year", partial: [PARTIAL], yearToDate: true })
  const lately = evaluateChange(records.filter(({ month }) => month >= "2021"), { ...fields, period: "month", changedAt: `${PARTIAL}-01` })
  const cell = new Map(yearly.history.map((row) => [`${row.territoryId} ${row.period}`, row.value]))
  const toDate = yearly.totals.filter(({ period }) => period >= "2018")
  const label = (year) => `${PARTIAL_MONTHS} ${year}`
  const slopeOf = new Map(lately.slopes.map((slope) => [slope.territoryId, slope]))
  const table = territories.map(({ id, kpis }) => ({
    territory: id, "on 2021, %": percent(slopeOf.get(id)?.change), "like for like": kpis[TO_PART].likeForLike?.verdict ?? "-", "95 % interval": changeRange(kpis[TO_PART].interval), "as it stands": kpis[TO_PART].verdict,
    ...Object.fromEntries(toDate.map(({ period }) => [label(period), thousands(cell.get(`${id} ${period}`))])),
  }))
  const part = toDate.find(({ period }) => period === PARTIAL)?.outcome ?? NaN
  const same = toDate.find(({ period }) => period === "2021")?.outcome ?? NaN
  const whole = totals.find(({ period }) => period === "2021")?.outcome ?? NaN
  const [fair, wrong] = [part / same - 1, part / whole - 1].map(percent)
  table.push({ territory: "all", "on 2021, %": fair, "like for like": "-", "95 % interval": "-", "as it stands": "-", ...Object.fromEntries(toDate.map(({ period, outcome }) => [label(period), thousands(outcome)])) })
  const raw = apart(territories, TO_PART)
  const section = {
    title: `${PARTIAL}: a part of a year, compared with the same part`,
    lead: `${PARTIAL} ends in October. Against the same ten months of 2021 sales are ${signed(fair)} %; against the whole of 2021 they would seem to be ${signed(wrong)} %, which only says that two months are missing. ${raw.length === 0 ? "No territory can be told from the others." : `Only ${named(raw, TO_PART)} can be told from the others.`} What the whole year will be cannot be concluded: November and December are not in it.`,
    charts: [{ caption: "Sales of each territory, January to October only, millions of dollars; the mark at the right is the verdict on its growth, like for like", draw: (width, idPrefix) => drawSlopes(lately.slopes.map(({ territoryId, before, after }) => ({ id: territoryId, before, after, verdict: territories.find(({ id }) => id === territoryId)?.kpis[TO_PART].likeForLike?.verdict })), { beforeLabel: "2021", afterLabel: PARTIAL, width, idPrefix }) }],
    tables: [{ caption: "January to October of every year, thousands of dollars", rows: table, isPart: (name) => name === label(PARTIAL) }],
    notes: [...raw.map(({ id }) => storeNote(rows, id, "part2021", "part2022", label("2021"), label(PARTIAL))), `Compared: ${lately.compared?.before[0]} to ${lately.compared?.before.at(-1)} with ${lately.compared?.after[0]} to ${lately.compared?.after.at(-1)}.`],
  }
  return { section2022: section, said2022: `${PARTIAL}: ten months, ${signed(fair)} % on the same ten months of 2021. ${raw.length === 0 ? "No territory stands apart." : `Only ${named(raw, TO_PART)} can be told from the others.`}` }
}

/** Those that stand apart in color. */
function drawSlopes(slopes, options) {
  const isOne = slopes.some(isApart)
  const rows = slopes.map((slope) => ({ ...slope, before: millions(slope.before), after: millions(slope.after), group: !isOne ? null : isApart(slope) ? "stands apart" : "like the others" }))
  return renderSlope(rows, isOne ? { ...options, highlight: ["stands apart"] } : options)
}

/** The store whose sales changed most, of a territory that stands apart: a verdict is on stores, not on people. */
function storeNote(rows, territoryId, from, to, fromLabel, toLabel) {
  const own = rows.filter((row) => row.territoryId === territoryId)
  const change = own.reduce((sum, row) => sum + row[to] - row[from], 0)
  const most = own.reduce((best, row) => (Math.abs(row[to] - row[from]) > Math.abs(best[to] - best[from]) ? row : best))
  const rest = own.filter((row) => row !== most)
  const restGrowth = rest.reduce((sum, row) => sum + row[to], 0) / rest.reduce((sum, row) => sum + row[from], 0) - 1
  return `${territoryId}: of its change of ${millions(change)} million dollars from ${fromLabel} to ${toLabel}, ${millions(most[to] - most[from])} million are one store (${most.id}, ${most.name}); without it ${signed(percent(restGrowth))} %.`
}

function largest(rows, territoryId, field) {
  const own = rows.filter((row) => row.territoryId === territoryId)
  return { share: Math.max(...own.map((row) => row[field])) / own.reduce((sum, row) => sum + row[field], 0) }
}



function apart(territories, kpi) {
  return territories.filter(({ kpis }) => isApart(kpis[kpi]))
}

function named(territories, kpi, isLike = false) {
  return territories.length === 0 ? "none" : listed(territories.map(({ id, kpis }) => `${id} (${(isLike ? kpis[kpi].likeForLike : kpis[kpi]).verdict})`))
}

const growthOf = (kpi) => (kpi.value === null ? null : percent(kpi.value - 1))

/** The growth that a territory's stores would have at the rates of all. */
function expectedOf({ denominator, likeForLike }) {
  return likeForLike === null || denominator === 0 ? null : likeForLike.expected / denominator - 1
}

const signed = (value) => (value > 0 ? `+${value}` : `${value}`)

function isApart(judged) {
  return judged?.verdict === "above" || judged?.verdict === "below"
}
