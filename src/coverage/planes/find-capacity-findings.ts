import { sumOf } from "../../math/stats/sum-of.js"
import { distanceKm } from "../../math/geo/sphere.js"
import { formatAmount } from "../../model/format-amount.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import type { Claims } from "../claims.js"
import { makeFinding, type Finding } from "../finding.js"
import type { AccountIds } from "../read-account-ids.js"
import type { AccountPlaces } from "../read-account-places.js"
import type { ListedTerritories } from "../read-coverage-territories.js"
import { atStake, quote, severityOf } from "../word-finding.js"

/** Activity above a capacity by less than this share of it is rounding. */
const ROUNDING = 1e-9

/** Territories whose accounts need more than they can give. An account in several territories counts in each. O(claims). */
export function findExceeded(accounts: AccountIds, claims: Claims, listed: ListedTerritories | null, capacity: Readonly<Record<string, number>>, measures: readonly MeasureColumn[]): Finding[] {
  const members = membersOf(accounts, claims)
  const findings: Finding[] = []
  for (const [territoryId, rows] of members) {
    const own = listed?.specs[listed.indexOf.get(territoryId) as number]?.capacity
    for (const { name, activities } of measures) {
      const most = own !== undefined && Object.hasOwn(own, name) ? own[name] : Object.hasOwn(capacity, name) ? capacity[name] : Infinity
      const needed = sumOf(activities, rows)
      if (!(needed > most * (1 + ROUNDING))) continue
      const share = (needed - most) / needed
      const severity = Object.fromEntries(Object.entries(severityOf(rows, measures)).map(([measure, amount]) => [measure, measure === name ? needed - most : amount * share]))
      findings.push(makeFinding({
        plane: "capacity",
        code: "capacity-exceeded",
        territoryIds: [territoryId],
        severity,
        message: `Territory ${quote(territoryId)} needs ${formatAmount(needed)} of ${name}, but can give ${formatAmount(most)}: ${formatAmount(needed - most)} too much.`,
        suggestion: `Move ${name} ${formatAmount(needed - most)} to territories with room, or add as much capacity.`,
      }))
    }
  }
  return findings
}

/** Accounts farther than `most` from the center of a territory that they are in, where it has one. O(claims). */
export function findTooFar(accounts: AccountIds, claims: Claims, listed: ListedTerritories, places: AccountPlaces, most: number, measures: readonly MeasureColumn[]): Finding[] {
  const findings: Finding[] = []
  const unit = places.space === "globe" ? " km" : ""
  for (const i of accounts.order) {
    for (const territoryId of claims.claimants[i]) {
      const center = listed.specs[listed.indexOf.get(territoryId) as number]?.center
      if (center === undefined || Number.isNaN(places.first[i])) continue
      const distance = "x" in center
        ? Math.hypot(places.first[i] - center.x, places.second[i] - center.y)
        : distanceKm(places.first[i], places.second[i], center.longitude, center.latitude)
      if (!(distance > most)) continue
      const severity = severityOf([i], measures)
      findings.push(makeFinding({
        plane: "capacity",
        code: "account-too-far",
        accountId: accounts.ids[i],
        territoryIds: [territoryId],
        severity,
        message: `Account ${quote(accounts.ids[i])}${atStake(severity)} is ${formatAmount(distance)}${unit} from the center of ${quote(territoryId)}, more than ${formatAmount(most)}.`,
        suggestion: `Assign ${quote(accounts.ids[i])} to a territory whose center is nearer, or serve it from afar.`,
      }))
    }
  }
  return findings
}

/** Listed territories without a rep, where reps are listed at all. O(k + claims). */
export function findUnstaffed(accounts: AccountIds, claims: Claims, { specs }: ListedTerritories, measures: readonly MeasureColumn[]): Finding[] {
  if (!specs.some(({ repIds }) => repIds !== undefined)) return []
  const members = membersOf(accounts, claims)
  return specs
    .filter(({ repIds }) => repIds === undefined || repIds.length === 0)
    .map(({ id }) => {
      const severity = severityOf(members.get(id) ?? [], measures)
      return makeFinding({ plane: "capacity", code: "territory-unstaffed", territoryIds: [id], severity, message: `Territory ${quote(id)}${atStake(severity)} has no rep.`, suggestion: `Name a rep of ${quote(id)}, or merge it with a neighbor.` })
    })
}

/** Rows by territory, in the order of account ids. */
function membersOf(accounts: AccountIds, claims: Claims): Map<string, number[]> {
  const members = new Map<string, number[]>()
  for (const i of accounts.order) {
    for (const id of claims.claimants[i]) {
      const rows = members.get(id)
      if (rows === undefined) members.set(id, [i])
      else rows.push(i)
    }
  }
  return members
}
