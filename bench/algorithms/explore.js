import { explorePlans } from "equiterra"

/** How many plans the bench asks for. */
const PLANS = 7

/** @type {import("./index.js").Algorithm} */
export default function (accounts, { onProgress, ...options }) {
  const { plans } = explorePlans(accounts, { ...options, plans: PLANS })
  if (plans.length < PLANS) throw new Error(`explorePlans found ${plans.length} plans, not ${PLANS}`)
  const inside = plans.filter(({ figures }) => Object.entries(options.measures).every(([name, { tolerance = 0.05 }]) => tolerance === null || (figures.imbalances[name] ?? 0) <= tolerance))
  const best = inside.reduce((least, plan) => ((plan.figures.cost ?? 0) < (least.figures.cost ?? 0) ? plan : least), inside[0] ?? plans[0])
  return best.plan
}
