/**
 * The same program under names, as YALPS and javascript-lp-solver take it: v<column>, a<account>, b<bound>.
 *
 * @param {ReturnType<typeof import("./linear-program.js").writeLinearProgram>} program
 */
export function nameProgram({ compiled: { n, k, M }, costs, amounts, low, high }) {
  /** @type {Record<string, { equal: number } | { min: number, max?: number }>} */
  const constraints = {}
  for (let i = 0; i < n; i++) constraints[`a${i}`] = { equal: 1 }
  for (let r = 0; r < k * M; r++) constraints[`b${r}`] = { min: low[r], ...(high[r] < Infinity ? { max: high[r] } : {}) }
  /** @type {Record<string, Record<string, number>>} */
  const variables = {}
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < k; t++) {
      /** @type {Record<string, number>} */
      const row = { cost: costs[i * k + t], [`a${i}`]: 1 }
      for (let m = 0; m < M; m++) row[`b${t * M + m}`] = amounts[i * M + m]
      variables[`v${i * k + t}`] = row
    }
  }
  return { constraints, variables }
}
