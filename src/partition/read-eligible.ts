import type { Eligibility } from "../math/transport/transport-problem.js"
import type { Issue } from "../model/error.js"
import { messageOf } from "../model/field-of.js"
import { issue, NOTHING, quiet, show } from "../model/issue.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { TerritorySpec } from "../model/territory.js"

/** Answers that are neither true nor false, or none, are named so often. */
const MAX_TYPES = 20
/** Pairs asked about between two pauses. */
const PAUSE = 1 << 13

/**
 * Asks for every account that is not locked which of the listed territories it may go to, and for every locked one whether it may
 * stay. Adds an issue for an account that may go nowhere, for a lock on a territory that its account may not be in, and for
 * answers that are neither true nor false, or thrown. O(n k) calls.
 *
 * @param lockedTo n: as read so far
 * @returns null where everything is allowed
 * @yields after every few ten thousand calls
 */
export function* readEligible<A>(
  accounts: readonly A[],
  eligible: (account: A, territory: TerritorySpec) => boolean,
  specs: readonly TerritorySpec[],
  { ids, order }: Pick<AccountTable, "ids" | "order">,
  lockedTo: Int32Array,
  issues: Issue[],
): Generator<undefined, Eligibility | null> {
  const n = accounts.length
  const k = specs.length
  const start = new Int32Array(n + 1)
  const territories: number[] = []
  const allowed: number[] = []
  let wrongTypes = 0
  for (let i = 0, asked = 0; i < n; i++) {
    const row = order[i]
    const locked = lockedTo[i]
    allowed.length = 0
    for (let t = locked < 0 ? 0 : locked; t < (locked < 0 ? k : locked + 1); t++) if (ask(row, t)) allowed.push(t)
    if (allowed.length === 0 && wrongTypes === 0) {
      const name = show(ids[row])
      if (locked >= 0) issues.push(issue("locked-ineligible", `accounts[${row}]`, `account ${name} is locked to territory ${show(specs[locked].id)}, but not eligible for it`, NOTHING, "unlock it, or make it eligible"))
      else issues.push(issue("account-ineligible", `accounts[${row}]`, `account ${name} is eligible for none of the ${k} territories`, NOTHING, "leave it out, or make it eligible for one"))
    }
    if (locked < 0 && allowed.length < k) for (const t of allowed) territories.push(t)
    start[i + 1] = territories.length
    asked += k
    if (asked >= PAUSE) {
      asked = 0
      yield undefined
    }
  }
  return territories.length === 0 ? null : { start, territories: Int32Array.from(territories), costs: null }

  function ask(row: number, t: number): boolean {
    let answer: unknown
    try {
      answer = eligible(accounts[row], specs[t])
    } catch (error) {
      const rule = `could not be asked for account ${show(ids[row])} and territory ${show(specs[t].id)}: ${show(messageOf(error))} was thrown`
      if (wrongTypes++ < MAX_TYPES) issues.push(issue("accessor-failed", "eligible", rule, NOTHING, "return true or false"))
      return false
    }
    if (typeof answer !== "boolean") quiet(answer)
    if (typeof answer !== "boolean" && wrongTypes++ < MAX_TYPES) {
      issues.push(issue("eligible-type", "eligible", `must return true or false, for account ${show(ids[row])} and territory ${show(specs[t].id)} too`, answer))
    }
    return answer === true
  }
}
