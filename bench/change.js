// evaluateChange and planTest: how often a verdict is chance, whether intervals hold the truth, and whether the minimum detectable effect is found
// as often as it says: npx tsup --no-dts --silent && node bench/change.js [RUNS]
// Months of every territory depend on each other (autoregressive, 0.7 from month to month), with seasons and shocks that all have in common. Seeded.
import { evaluateChange, planTest, toTable } from "equiterra"
import { createRandom } from "./random.js"

const [runs = 1000] = process.argv.slice(2).map(Number)
const BEFORE = 24
const AFTER = 12
const PERIODS = Array.from({ length: BEFORE + AFTER }, (_, p) => `${2018 + Math.floor(p / 12)}-${String((p % 12) + 1).padStart(2, "0")}`)

/** Territories of one account each: the test sees sums only. `noise` is the standard deviation of a month's own noise, by territory. */
function makeWorld(seed, noise) {
  const random = createRandom(seed)
  for (let warm = 0; warm < 10; warm++) random()
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  const shocks = PERIODS.map((_, p) => 0.3 * Math.sin((p * Math.PI) / 6) + 0.1 * normal())
  return noise.map((sd) => {
    const level = 1000 * Math.exp(0.5 * normal())
    let drift = normal() / Math.sqrt(1 - 0.7 ** 2)
    return PERIODS.map((_, p) => {
      drift = 0.7 * drift + normal()
      return level * Math.exp(shocks[p] + sd * drift)
    })
  })
}

const alignmentOf = (world) => world.map((_, t) => ({ accountId: `a${t}`, territoryId: `t${t}` }))
const recordsOf = (world, isTreated, effect) => world.flatMap((values, t) => values.map((sales, p) => ({ account: `a${t}`, month: PERIODS[p], sales: isTreated(t) && p >= BEFORE ? sales * (1 + effect) : sales })))

function evaluate(world, treatedCount, effect, seed) {
  const records = recordsOf(world, (t) => t < treatedCount, effect)
  const alignment = alignmentOf(world)
  const treated = alignment.slice(0, treatedCount).map(({ territoryId }) => territoryId)
  return evaluateChange(records, { account: "account", period: "month", outcome: "sales", alignment, treated, changedAt: PERIODS[BEFORE], seed })
}

const percent = (count, of) => Number(((100 * count) / of).toFixed(1))

function study(name, treatedCount, controlCount, noiseOf = (_) => 0.05) {
  const noise = Array.from({ length: treatedCount + controlCount }, (_, t) => noiseOf(t < treatedCount))
  const results = Array.from({ length: runs }, (_, run) => evaluate(makeWorld(run + 1, noise), treatedCount, 0, run))
  const isAlarm = ({ verdict }) => verdict === "higher" || verdict === "lower"
  const mdes = results.flatMap(({ minimumDetectableEffect }) => minimumDetectableEffect?.relative ?? []).sort((a, b) => a - b)
  const mde = mdes.length === 0 ? null : mdes[Math.floor(mdes.length / 2)]
  const planted = mde === null ? [] : Array.from({ length: runs }, (_, run) => evaluate(makeWorld(100_000 + run, noise), treatedCount, mde, run))
  const holds = (list, truth) => {
    const known = list.flatMap(({ effect }) => effect?.relativeInterval ?? [])
    return known.length === 0 ? null : percent(known.filter(({ low, high }) => low <= truth && truth <= high).length, known.length)
  }
  return {
    territories: name,
    runs,
    "false alarms": percent(results.filter(isAlarm).length, runs),
    "interval holds 0": holds(results, 0),
    "MDE, median": mde === null ? null : percent(mde, 1),
    "found if planted": mde === null ? null : percent(planted.filter(({ verdict }) => verdict === "higher").length, runs),
    "interval holds it": mde === null ? null : holds(planted, mde),
    "trend warned": percent(results.filter(({ warnings }) => warnings.some(({ code }) => code === "trend-differs")).length, runs),
    "noise warned": percent(results.filter(({ warnings }) => warnings.some(({ code }) => code === "noise-uneven")).length, runs),
  }
}

/** Planned on the months before, judged after a year: is what the plan foresees found? */
function planned(count, controlsPerTreated, territories) {
  const options = { account: "account", period: "month", outcome: "sales", controlsPerTreated, count, plannedPeriods: AFTER }
  const plans = Array.from({ length: runs }, (_, run) => {
    const world = makeWorld(200_000 + run, Array.from({ length: territories }, () => 0.05))
    return { world, plan: planTest(recordsOf(world, () => false, 0).filter(({ month }) => month < PERIODS[BEFORE]), { ...options, alignment: alignmentOf(world), seed: run }) }
  })
  const foreseen = plans.map(({ plan }) => plan.minimumDetectableEffect ?? NaN).sort((a, b) => a - b)[Math.floor(runs / 2)]
  const verdicts = (effect) => plans.map(({ world, plan: { treated, controls, seed } }) =>
    evaluateChange(recordsOf(world, (t) => treated.includes(`t${t}`), effect), { account: "account", period: "month", outcome: "sales", alignment: alignmentOf(world), treated, controls, changedAt: PERIODS[BEFORE], seed }).verdict)
  return {
    plan: `${count} of ${territories}, ${controlsPerTreated} controls each`,
    runs,
    "MDE foreseen, median": percent(foreseen, 1),
    "false alarms": percent(verdicts(0).filter((verdict) => verdict === "higher" || verdict === "lower").length, runs),
    "found if planted": percent(verdicts(foreseen).filter((verdict) => verdict === "higher").length, runs),
  }
}

console.log("No effect, then the minimum detectable effect planted; %. Stated: 5 % false alarms, intervals of 95 %, found in 80 %")
console.log(toTable([
  study("3 + 3", 3, 3),
  study("3 + 4", 3, 4),
  study("4 + 4", 4, 4),
  study("3 + 9", 3, 9),
  study("5 + 15", 5, 15),
  study("5 twice as noisy + 15", 5, 15, (isTreated) => (isTreated ? 0.1 : 0.05)),
  study("5 + 15 twice as noisy", 5, 15, (isTreated) => (isTreated ? 0.05 : 0.1)),
]))
console.log("\nPlanned by planTest on two years of months, then a year with and without the effect that it foresees; %")
console.log(toTable([planned(4, 1, 12), planned(4, 2, 12), planned(5, 3, 20)]))
