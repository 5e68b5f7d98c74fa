import type { KpiFlag, KpiVerdict } from "../performance/performance-result.js"

/** What the flags of a value mean. */
const FLAGS: Readonly<Record<KpiFlag, string>> = Object.freeze({ "no-denominator": "nothing to divide by", "out-of-range": "beyond the range of numbers", "rows-alike": "all rows alike", "too-few-rows": "too few rows", "too-few-clusters": "too few clusters", "rows-skewed": "too few rows for their skewness" })

/** Why a value is missing or weak, in words; of an unknown flag its name. */
export function flagWords(flag: string): string {
  return Object.hasOwn(FLAGS, flag) ? FLAGS[flag as KpiFlag] : flag
}

/** Why a territory is not in a chart, in words: its value if it has one, what its flag says, what it exceeds all the same. */
export function absenceWords(name: string, { value, flag, atLeast }: KpiVerdict, write: (value: number) => string): string {
  const words = [value === null ? "no value" : write(value), ...(flag === null ? [] : [flagWords(flag)]), ...(Number.isFinite(atLeast) ? [`at least ${write(atLeast as number)}`] : [])]
  return `${name} (${words.join(", ")})`
}
