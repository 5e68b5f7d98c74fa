/** @param {number | null | undefined} share of 1 */
export function percent(share) {
  return share === null || share === undefined ? null : Number((100 * share).toFixed(1)) + 0 // no -0
}

/** @param {number | null | undefined} amount */
export function thousands(amount) {
  return amount === null || amount === undefined ? null : Math.round(amount / 1000)
}

/** @param {number | null | undefined} amount */
export function millions(amount) {
  return amount === null || amount === undefined ? null : Number((amount / 1e6).toFixed(1))
}

/**
 * The change to a ratio's limits, in words.
 * @param {{ low: number, high: number } | null | undefined} interval
 */
export function changeRange(interval) {
  return interval === null || interval === undefined ? "-" : `${percent(interval.low - 1)} to ${percent(interval.high - 1)}`
}

/** @param {readonly string[]} words */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}

/**
 * t2 before t10.
 * @param {string} a
 * @param {string} b
 */
export function byNumber(a, b) {
  return a.length - b.length || (a < b ? -1 : 1)
}
