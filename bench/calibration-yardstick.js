// Whether a verdict of comparePerformance contradicts the figures beside it, and whom it accuses where some really differ: a part of calibration.js.
import { comparePerformance } from "equiterra"
import { streams } from "./random-streams.js"

const percent = (count, of) => (of === 0 ? "-" : Number(((100 * count) / of).toFixed(1)))

/** Factors of the 24 territories by what is different. */
const WORLDS = {
  none: () => 1,
  "2 below by 40 %": (t) => (t < 2 ? 0.6 : 1),
  "5 above by half": (t) => (t < 5 ? 1.5 : 1),
  "6 below by 40 %": (t) => (t < 6 ? 0.6 : 1),
  "3 and 3": (t) => (t < 3 ? 1.5 : t < 6 ? 0.6 : 1),
  "a giant above by half": (t) => (t < 1 ? 1.5 : 1),
  "a giant as all": () => 1,
}
export const YARDSTICKS = ["proportion", "count", "amount", "sums"].flatMap((kind) => Object.keys(WORLDS).map((what) => [kind, what]))

function poisson(mean, uniform) {
  let product = uniform()
  let count = 0
  for (const limit = Math.exp(-mean); product > limit; count++) product *= uniform()
  return count
}

export function yardstick(kind, what, runs) {
  const { uniform, normal } = streams(15000 + YARDSTICKS.findIndex(([own, name]) => own === kind && name === what))
  const counts = { accuses: 0, falseOf: 0, found: 0, real: 0, verdicts: 0, against: 0, outside: 0 }
  for (let run = 0; run < runs; run++) {
    const factors = Array.from({ length: 24 }, (_, t) => WORLDS[what](t))
    const rows = factors.flatMap((factor, t) => {
      const n = what.startsWith("a giant") && t === 0 ? 2000 : 100
      if (kind === "sums") return [{ t: `t${t}`, of: 10 * n, y: Array.from({ length: 10 * n }, uniform).filter((u) => u < 0.1 * factor).length }]
      return Array.from({ length: n }, () => ({ t: `t${t}`, of: 1, y: kind === "proportion" ? (uniform() < 0.3 * factor ? 1 : 0) : kind === "count" ? poisson(factor, uniform) : factor * Math.exp(normal() - 0.5) }))
    })
    const own = kind === "amount" ? { numerator: "y" } : { numerator: "y", denominator: "of", kind: kind === "sums" ? "proportion" : kind }
    const { territories, kpis } = comparePerformance(rows, { territory: "t", kpis: { y: own }, seed: run })
    const whole = kpis.y.value ?? NaN
    let [right, wrong] = [0, 0]
    for (const { id, kpis: { y } } of territories) {
      if (y.verdict !== "above" && y.verdict !== "below") continue
      counts.verdicts++
      const factor = factors[Number(id.slice(1))]
      if (y.verdict === (factor > 1 ? "above" : factor < 1 ? "below" : "")) right++
      else wrong++
      // against all, and against what it says that it was held against; and inside of its own interval
      const side = y.verdict === "above" ? 1 : -1
      if (side * ((y.value ?? NaN) - whole) <= 0 || side * ((y.value ?? NaN) - (y.comparedWith?.value ?? NaN)) <= 0) counts.against++
      if (y.interval !== null && y.interval.low <= whole && whole <= y.interval.high) counts.outside++
    }
    if (wrong > 0) counts.accuses++
    counts.falseOf += right + wrong === 0 ? 0 : wrong / (right + wrong)
    counts.found += right
    counts.real += factors.filter((factor) => factor !== 1).length
  }
  return {
    kind, different: what, runs, accuses: percent(counts.accuses, runs), falseOfAll: percent(counts.falseOf, runs), found: percent(counts.found, counts.real),
    verdicts: counts.verdicts, wrongSide: counts.against, wholeInInterval: counts.outside,
  }
}
