import type { Issue } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import type { PartitionResult } from "../partition-result.js"
import { boundsOfDigest } from "./digest-bounds.js"
import type { PlanDigest } from "./plan-digest.js"

/** Figures that differ by less than this share of a total are the same, summed in another order. */
const SAME = 1e-9

const REMEDY = "pass the plan as it was returned, or its JSON copy"

/** Where the parts of a plan, each of the right kind, contradict each other or are out of range. O(accounts + k M). */
export function findPlanFaults(plan: PartitionResult, ownerOf: ReadonlyMap<string, number>): Issue[] {
  const issues: Issue[] = []
  const fault = (path: string, rule: string, got: unknown = NOTHING): void => void issues.push(issue("result-invalid", path, rule, got, REMEDY))
  const { digest, territories } = plan
  const names = Object.keys(digest.measures)
  findDigestFaults(digest, names, fault)
  const k = territories.length
  const listed = digest.territories
  if (k === 0 || k !== (typeof listed === "number" ? listed : listed.length)) {
    fault("plan.territories", `must be the ${typeof listed === "number" ? listed : listed.length} of plan.digest.territories, 1 or more`, k)
  }
  const counts = new Int32Array(k)
  for (const t of ownerOf.values()) counts[t]++
  const first = new Map<string, number>()
  territories.forEach((territory, t) => {
    const { id, center, accountCount, cost, measures, prices } = territory
    const path = `plan.territories[${t}]`
    if (first.has(id)) fault(`${path}.id`, `must be unique, but territories[${first.get(id)}] has the same`, id)
    first.set(id, t)
    if (typeof listed !== "number" && listed[t]?.id !== id) fault(`${path}.id`, `must be ${show(listed[t]?.id)}, as in plan.digest.territories`, id)
    if (!isPlaceOf(digest.space, center)) fault(`${path}.center`, digest.space === "none" ? "must be null, as the accounts have no places" : `must be a place on the ${digest.space}`)
    if (accountCount !== counts[t]) fault(`${path}.accountCount`, `must be the ${formatCount(counts[t], "row")} that the alignment has for it`, accountCount)
    if (cost === null && digest.space !== "none") fault(`${path}.cost`, "must be a number where accounts have places", cost)
    if (cost !== null && cost < 0) fault(`${path}.cost`, "must be 0 or more", cost)
    for (const [part, record] of Object.entries({ measures, prices })) {
      if (!isSameSet(Object.keys(record), names)) fault(`${path}.${part}`, `must have the measures of plan.digest, ${names.map(show).join(", ")}`)
    }
    for (const name of names) {
      if (!Object.hasOwn(measures, name) || !Object.hasOwn(prices, name)) continue
      const { activity, min, max } = measures[name]
      if (activity < 0) fault(`${path}.measures.${name}.activity`, "must be 0 or more", activity)
      if ((prices[name] > 0 && min === null) || (prices[name] < 0 && max === null)) fault(`${path}.prices.${name}`, "must be 0 where the bound of its side is open", prices[name])
    }
  })
  if (issues.length === 0) findBoundFaults(plan, names, fault)
  return issues
}

/** A plan of accounts without places may have centers that were given, but no others. */
function isPlaceOf(space: PlanDigest["space"], center: PartitionResult["territories"][number]["center"]): boolean {
  if (center === null || space === "none") return space === "none"
  if ("x" in center) return space === "plane"
  return space === "globe" && Math.abs(center.latitude) <= 90 && Math.abs(center.longitude) <= 180
}

type Fault = (path: string, rule: string, got?: unknown) => void

function findDigestFaults(digest: PlanDigest, names: readonly string[], fault: Fault): void {
  const oneOf = (path: string, value: unknown, choices: readonly unknown[]): void => {
    if (!choices.includes(value)) fault(path, `must be ${choices.map(show).join(" or ")}`, value)
  }
  oneOf("plan.digest.space", digest.space, ["globe", "plane", "none"])
  oneOf("plan.digest.centers", digest.centers, ["mean", "account"])
  oneOf("plan.digest.compactness.power", digest.compactness.power, [1, 2])
  oneOf("plan.digest.compactness.distance", digest.compactness.distance, [undefined, true])
  if (digest.compactness.distance === true && typeof digest.territories === "number") fault("plan.digest.territories", "must be listed where distances were given", digest.territories)
  if (names.length === 0) fault("plan.digest.measures", "must name at least one measure")
  for (const name of names) {
    for (const key of ["tolerance", "min", "max"] as const) {
      const bound = digest.measures[name][key]
      if (typeof bound === "number" && bound < 0) fault(`plan.digest.measures.${name}.${key}`, "must be 0 or more", bound)
    }
  }
}

/** The targets and bounds of a plan follow from its digest and its activities. */
function findBoundFaults(plan: PartitionResult, names: readonly string[], fault: Fault): void {
  const { digest, territories } = plan
  const M = names.length
  const totals = Float64Array.from(names, (name) => territories.reduce((sum, { measures }) => sum + measures[name].activity, 0))
  const rows = boundsOfDigest(digest, territories.length, totals, [])
  territories.forEach(({ measures }, t) => {
    names.forEach((name, m) => {
      const expected = rows[t * M + m]
      for (const key of ["target", "min", "max"] as const) {
        const had = measures[name][key]
        const has = expected[key]
        const size = Math.max(totals[m], Math.abs(has ?? 0))
        if (had === null || has === null ? had !== has : !(Math.abs(had - has) <= SAME * size)) {
          fault(`plan.territories[${t}].measures.${name}.${key}`, `must be ${show(has)}, by plan.digest and the activities`, had)
        }
      }
    })
  })
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others)
  return some.length === known.size && some.every((one) => known.has(one))
}
