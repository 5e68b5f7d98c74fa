import { compareIds } from "../model/compare-ids.js"
import { FINDING_CODES, type Finding } from "./finding.js"

const PLACE_OF: ReadonlyMap<string, number> = new Map(FINDING_CODES.map((code, place) => [code, place]))

/** By code in the order of all codes, then worst first by a measure, then by ids and days. Sorts in place. */
export function orderFindings(findings: Finding[], measure: string | null): Finding[] {
  const placeOf = ({ code }: Finding): number => PLACE_OF.get(code) ?? FINDING_CODES.length
  const amountOf = ({ severity }: Finding): number => (measure !== null && Object.hasOwn(severity, measure) ? severity[measure] : 0)
  return findings.sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      amountOf(b) - amountOf(a) ||
      compareIds(a.accountId ?? "", b.accountId ?? "") ||
      compareLists(a.territoryIds, b.territoryIds) ||
      compareLists(a.ownerIds, b.ownerIds) ||
      compareLists(a.areaIds, b.areaIds) ||
      compareIds(a.from ?? "", b.from ?? "") ||
      compareIds(a.message, b.message),
  )
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareIds(a[at], b[at])
    if (order !== 0) return order
  }
  return a.length - b.length
}
