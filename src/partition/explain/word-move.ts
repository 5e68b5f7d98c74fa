import type { OwnerChange, PlanMove } from "./plan-move.js"
import { showPercent, showPercents, showRound, showShare } from "./show-figures.js"

/**
 * Says in one sentence what a move changes.
 *
 * @param cost and @param imbalance of the plan before
 */
export function wordMove(
  move: Omit<PlanMove, "message">,
  cost: number | null,
  imbalance: Readonly<Record<string, number | null>>,
): string {
  const effects = [wordMisplaced(move.misplacedChange), wordViolation(move.violationChange), wordCost(move.costChange, cost), wordPenalty(move.penaltyChange), ...wordImbalance(move, imbalance)]
  return `${wordChanges(move)}: ${effects.filter((effect) => effect !== "").join(", ")}.`
}

function wordChanges({ kind, changes }: Pick<PlanMove, "kind" | "changes">): string {
  const { from, to } = changes[0]
  const going = changes.filter((change) => change.from === from)
  if (kind === "move") return `move ${accounts(going)} from ${JSON.stringify(from)} to ${JSON.stringify(to)}`
  return `swap ${accounts(going)} of ${JSON.stringify(from)} with ${accounts(changes.filter((change) => change.from !== from))} of ${JSON.stringify(to)}`
}

function accounts(changes: readonly OwnerChange[]): string {
  return changes.length === 1 ? changes[0].accountId : `${changes[0].accountId} and its group (${changes.length} accounts)`
}

function wordMisplaced(change: number): string {
  return change === 0 ? "" : `${-change} ${change === -1 ? "account" : "accounts"} less where locks or eligibility do not allow it`
}

function wordViolation(change: number): string {
  return change === 0 ? "" : `what is outside the bounds shrinks by ${showPercent(-change)} of a target`
}

function wordCost(change: number, cost: number | null): string {
  if (cost === null) return ""
  if (change === 0) return "the cost stays"
  return `the cost ${change < 0 ? "falls" : "rises"} by ${showRound(Math.abs(change))}${cost > 0 ? ` (${showShare(Math.abs(change) / cost)})` : ""}`
}

function wordPenalty(change: number): string {
  return change === 0 ? "" : `the penalty for changes of owner ${change < 0 ? "falls" : "rises"} by ${showRound(Math.abs(change))}`
}

/** One phrase a measure; those without a deviation are left out. */
function wordImbalance({ imbalance }: Pick<PlanMove, "imbalance">, previous: Readonly<Record<string, number | null>>): string[] {
  return Object.entries(imbalance).flatMap(([name, after]) => {
    const before = previous[name]
    if (after === null || before === null) return []
    if (Math.abs(after - before) < 1e-12) return [`the largest deviation of ${name} stays ${showPercent(after)}`]
    const [was, is] = showPercents(before, after)
    return [`the largest deviation of ${name} ${after < before ? "falls" : "rises"} from ${was} to ${is}`]
  })
}
