import type { Shape } from "../model/check-shape.js"

const texts: Shape = { listOf: "text" }

const disruption = { movedCount: "number", movedWeight: "number", movedShare: "number", cost: "number", maxMovedShare: "number or null", price: "number" } as const

const reachable: Shape = {
  nullOr: { listOf: { fields: { territoryId: "text", measure: "text", activity: "number", deviation: "number or null" } } },
}

/** What `partitionAccounts` and `evaluateAlignment` return, but for the alignment, which is checked against the accounts. */
export const PLAN_SHAPE: Shape = {
  fields: {
    territories: {
      listOf: {
        fields: {
          id: "text",
          center: { nullOr: "place" },
          accountCount: "number",
          cost: "number or null",
          measures: { recordOf: { fields: { activity: "number", target: "number", min: "number or null", max: "number or null", deviation: "number or null" } } },
          prices: { recordOf: "number" },
        },
        optional: { name: "text" },
      },
    },
    imbalance: { recordOf: "number or null" },
    cost: "number or null",
    certificate: { fields: { scope: "text", lowerBound: "number or null", relaxedCost: "number or null", gap: "number or null" }, optional: { isOptimal: "flag" } },
    violations: { listOf: { fields: { criterion: "text", territoryId: "text", message: "text" } } },
    infeasibility: { nullOr: { fields: { kind: "text", message: "text", measures: texts, territoryIds: texts, accountIds: texts, relaxations: { listOf: { fields: { message: "text" } } } }, optional: { reachable } } },
    warnings: { listOf: { fields: { message: "text" } } },
    stoppedBy: "text",
    iterations: "number",
    seed: "number",
  },
  optional: { disruption: { nullOr: { fields: disruption } } },
}
