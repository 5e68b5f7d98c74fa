import type { Candidate } from "./recenter.js"

/** Less violation first, then less cost. */
export function isBetter(candidate: Candidate, than: Candidate | null): boolean {
  if (than === null) return true
  const difference = candidate.whole.violation - than.whole.violation
  return Math.abs(difference) > 1e-12 ? difference < 0 : candidate.cost < than.cost
}
