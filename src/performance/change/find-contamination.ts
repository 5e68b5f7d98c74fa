import { compareIds } from "../../model/compare-ids.js"
import type { Contamination } from "./change-result.js"
import type { History } from "./read-history.js"

/**
 * Accounts that had a treated owner and are a control's now, or the other way round, each with its share of the outcome before the change. O(n).
 *
 * @param owners before, by account
 * @param treated and @param controls territories by id
 * @param isBefore by period, whether it counts as before
 */
export function findContamination(history: History, owners: ReadonlyMap<string, string>, treated: ReadonlySet<string>, controls: ReadonlySet<string>, isBefore: readonly boolean[]): Contamination {
  const width = history.periods.names.length
  const sums = new Map<string, { outcome: number; readonly to: string }>()
  let all = 0
  for (const i of history.order) {
    const id = history.accountIds[i]
    const to = history.territoryIds[Math.floor(history.cells[i] / width)]
    if (id === null || to === undefined || !(treated.has(to) || controls.has(to))) continue
    const sum = sums.get(id) ?? { outcome: 0, to }
    if (isBefore[history.cells[i] % width]) {
      sum.outcome += history.amounts[i]
      all += history.amounts[i]
    }
    sums.set(id, sum)
  }
  const shareOf = (outcome: number): number | null => (all > 0 ? (outcome === 0 ? 0 : outcome / all) : null)
  const moved = [...sums].flatMap(([accountId, { outcome, to }]) => {
    const from = owners.get(accountId)
    if (from === undefined || from === to) return []
    const isMoved = (treated.has(from) && controls.has(to)) || (controls.has(from) && treated.has(to))
    return isMoved ? [{ accountId, from, to, outcome }] : []
  }).sort((a, b) => b.outcome - a.outcome || compareIds(a.accountId, b.accountId))
  const total = (rows: readonly { readonly outcome: number }[]): number | null => shareOf(rows.reduce((sum, { outcome }) => sum + outcome, 0))
  return {
    accounts: moved.map(({ accountId, from, to, outcome }) => ({ accountId, from, to, share: shareOf(outcome) })),
    accountCount: moved.length,
    share: total(moved),
    shareIntoTreated: total(moved.filter(({ to }) => treated.has(to))),
    shareOutOfTreated: total(moved.filter(({ to }) => controls.has(to))),
  }
}
