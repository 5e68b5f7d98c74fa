import { createExplainer, type AccountExplanation, type PartitionOptions, type PartitionResult, type TerritoryChoice } from "equiterra"
import { expect } from "vitest"
import { explainAgain } from "./explain-again"
import { readPlanOptions, type Row } from "./recompute-plan"

/** Explains every account once, and holds that against what is recomputed; answers how many were decided by what. */
export function checkExplained(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>): Record<string, number> {
  const again = explainAgain(accounts, plan, options)
  const { names, values } = readPlanOptions(accounts, options)
  const explainer = createExplainer(accounts, plan, options)
  const counts: Record<string, number> = {}
  const near = (got: number, want: number, size: number): void => expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-8 * size)
  accounts.forEach(({ id }, i) => {
    const told = explainer.explainAccount(id)
    const choices = again.choicesOf(i)
    const own = choices.find((one) => one.id === told.territoryId) as (typeof choices)[number]
    expect(told.territoryId).toBe(plan.alignment[i].territoryId)
    const size = Math.max(...choices.map(({ cost, reduced }) => cost + Math.abs(cost - reduced)))
    near(told.distance as number, own.distance, Math.max(...choices.map(({ distance }) => distance)))
    near(told.cost as number, own.cost, size)
    expect(told.nearest.distance).toBeLessThanOrEqual(Math.min(...choices.map(({ distance }) => distance)) * (1 + 1e-9))
    const others = choices.filter((one) => one.id !== own.id && again.isEligible(i, one.id))
    if (told.runnerUp === null) expect(others).toEqual([])
    else near(told.runnerUp.totalChange, Math.min(...others.map(({ reduced }) => reduced)) - own.reduced, size)
    for (const choice of [told.nearest, told.runnerUp, told.alternative]) {
      if (choice === null) continue
      const there = choices.find((one) => one.id === choice.territoryId) as (typeof choices)[number]
      near(choice.cost as number, there.cost, size)
      near(choice.extraCost, there.cost - own.cost, size)
      near(choice.totalChange, there.reduced - own.reduced, size)
      near(choice.extraCost + names.reduce((sum, name) => sum + choice.priceChanges[name], 0), choice.totalChange, size)
      for (const name of names) {
        const priceOf = (territoryId: string): number => plan.territories.find((one) => one.id === territoryId)?.prices[name] as number
        near(choice.priceChanges[name], (priceOf(own.id) - priceOf(choice.territoryId)) * values[name][i], size)
      }
    }
    expect([id, told.decidedBy]).toEqual([id, again.decidedBy(i)])
    checkParts(told)
    counts[told.decidedBy] = (counts[told.decidedBy] ?? 0) + 1
  })
  return counts
}

/** What goes with what. */
function checkParts({ decidedBy, alternative, measure, brokenBound, distance, message, accountId, territoryId }: AccountExplanation): void {
  expect(alternative === null).toBe(decidedBy === "nearest")
  if (decidedBy === "balance" || decidedBy === "whole") expect(measure).not.toBeNull()
  else expect(measure).toBeNull()
  if (decidedBy === "whole") expect(brokenBound).not.toBeNull()
  if (brokenBound !== null) expect(brokenBound.side === "max" ? brokenBound.activity > brokenBound.limit : brokenBound.activity < brokenBound.limit).toBe(true)
  if (alternative !== null) expect(alternative.distance).toBeLessThan(distance as number)
  if (decidedBy === "balance") expect((alternative as TerritoryChoice).priceChanges[measure as string]).toBeGreaterThan(0)
  for (const part of [accountId, JSON.stringify(territoryId), alternative === null ? "nearest" : JSON.stringify(alternative.territoryId)]) expect(message).toContain(part)
  expect(message).not.toMatch(/NaN|undefined|Infinity|e-\d/)
}
