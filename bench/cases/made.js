import { makeAccounts } from "../make-accounts.js"
import { gridCenters, homeCenters, spreadCenters } from "../make-centers.js"

export const ONE = { workload: { value: "workload" } }
export const TWO = { workload: { value: "workload" }, potential: { value: "potential" } }

/** What a certificate of divisible accounts may leave open. */
const EXACT = 1e-9

/** Problems made from seeds, which need no data. Those of 1,000,000 accounts are heavy: run with --all, or by name. */
export function listMadeCases() {
  return [
    ...[[200, 5], [1000, 10], [2000, 20], [5000, 20], [10_000, 50], [30_000, 50]].map(([n, k]) => fixedCase(n, k, { linear: true })),
    fixedCase(10_000, 10, { series: ["fixed centers, 1 measure, k = n / 1,000"] }),
    fixedCase(10_000, 100, { series: ["fixed centers, 1 measure, k = 100"] }),
    fixedCase(100_000, 100, { linear: true, series: ["fixed centers, 1 measure, k = 100", "fixed centers, 1 measure, k = n / 1,000"], reach: { seconds: 1, relaxedGap: EXACT } }),
    fixedCase(100_000, 100, { centers: "homes", reach: { seconds: 1, relaxedGap: EXACT } }),
    fixedCase(100_000, 100, { centers: "grid", reach: { seconds: 1, relaxedGap: EXACT } }),
    fixedCase(1_000_000, 100, { series: ["fixed centers, 1 measure, k = 100"], heavy: true }),
    fixedCase(1_000_000, 1000, { series: ["fixed centers, 1 measure, k = n / 1,000"], heavy: true, reach: { seconds: 10, relaxedGap: EXACT, peakMB: 1500 } }),
    fixedCase(1_000_000, 1000, { centers: "homes", heavy: true, reach: { seconds: 30, relaxedGap: EXACT, peakMB: 1500 } }),
    fixedCase(10_000, 10, { m: 2, series: ["fixed centers, 2 measures, k = n / 1,000"] }),
    fixedCase(100_000, 100, { m: 2, series: ["fixed centers, 2 measures, k = n / 1,000"] }),
    fixedCase(1_000_000, 1000, { m: 2, series: ["fixed centers, 2 measures, k = n / 1,000"], heavy: true }),
    freeCase(200, 5, { m: 2 }),
    freeCase(2000, 24, { m: 2, seed: 1 }),
    freeCase(30_000, 100, { m: 2, seed: 2 }),
    freeCase(10_000, 10, { series: ["free centers, 1 measure, k = n / 1,000"] }),
    freeCase(100_000, 100, { series: ["free centers, 1 measure, k = n / 1,000"] }),
    freeCase(1_000_000, 1000, { series: ["free centers, 1 measure, k = n / 1,000"], heavy: true }),
  ]
}

/**
 * @param {number} n
 * @param {number} k
 * @param {{ m?: 1 | 2, centers?: "spread" | "homes" | "grid", linear?: boolean, series?: string[], heavy?: boolean, reach?: object }} settings
 */
function fixedCase(n, k, settings) {
  const { m = 1, centers = "spread", ...rest } = settings
  const place = { spread: spreadCenters, homes: (accounts) => homeCenters(accounts, k, 7), grid: () => gridCenters(k) }[centers]
  const where = { spread: "well spread", homes: "at the homes of random accounts", grid: "on a grid" }[centers]
  return {
    name: ["fixed", short(n), k, ...(m === 2 ? ["2"] : []), ...(centers === "spread" ? [] : [centers])].join("-"),
    group: "fixed",
    fixed: true,
    what: `${k} fixed centers ${where}, ${m} measure${m === 1 ? "" : "s"} within 5 %`,
    limitSeconds: n >= 1e6 ? 180 : 60,
    size: n * k,
    ...rest,
    load() {
      const accounts = makeAccounts(n, 3)
      return { accounts, options: { territories: place(accounts, k), measures: m === 1 ? ONE : TWO } }
    },
  }
}

/**
 * @param {number} n
 * @param {number} k
 * @param {{ m?: 1 | 2, seed?: number, series?: string[], heavy?: boolean, reach?: object }} settings
 */
function freeCase(n, k, settings) {
  const { m = 1, seed = 3, ...rest } = settings
  return {
    name: ["free", short(n), k, ...(m === 2 ? ["2"] : [])].join("-"),
    group: "free",
    fixed: false,
    what: `${k} territories, ${m} measure${m === 1 ? "" : "s"} within 5 %`,
    limitSeconds: n >= 1e6 ? 300 : 120,
    size: n * k,
    ...rest,
    load: () => ({ accounts: makeAccounts(n, seed), options: { territories: k, measures: m === 1 ? ONE : TWO } }),
  }
}

function short(n) {
  return n >= 1e6 ? `${n / 1e6}m` : n >= 1e3 ? `${n / 1e3}k` : String(n)
}
