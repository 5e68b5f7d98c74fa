import type { KpiFlag } from "../performance/performance-result.js"

/** What the flags of a value mean. */
const FLAGS: Readonly<Record<KpiFlag, string>> = Object.freeze({ "no-denominator": "nothing to divide by", "out-of-range": "beyond the range of numbers", "too-few-rows": "too few rows" })

/** Why a value is missing or weak, in words; of an unknown flag its name. */
export function flagWords(flag: string): string {
  return Object.hasOwn(FLAGS, flag) ? FLAGS[flag as KpiFlag] : flag
}
