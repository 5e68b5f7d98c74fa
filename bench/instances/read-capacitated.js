import { readNumbers } from "./read-numbers.js"

/** The literature's p where a file's header says something else. */
const TERRITORIES_OF = { "cccp/TA25": 5 }

/**
 * `n p`, then `x y capacity demand` for every account. A territory may take demand up to the capacity; the cost is the sum of
 * straight distances to a central account (cpmp, the capacitated p-median) or to the plain mean (cccp, capacitated centered
 * clustering), each account counting once.
 *
 * @param {string} text
 * @param {string} folder "cpmp" or "cccp"
 * @param {string} instance
 */
export function readCapacitated(text, folder, instance) {
  const [n, p, ...rest] = readNumbers(text)
  if (n === undefined) throw new Error("is empty")
  if (rest.length !== 4 * n) throw new Error(`${n} accounts are to have 4 numbers each, but there are ${rest.length}`)
  const accounts = Array.from({ length: n }, (_, i) => ({ id: `a${i + 1}`, x: rest[4 * i], y: rest[4 * i + 1], demand: rest[4 * i + 3] }))
  const capacity = rest[2]
  for (let i = 0; i < n; i++) if (rest[4 * i + 2] !== capacity) throw new Error("capacities that differ by center are not read")
  return {
    accounts,
    options: {
      territories: TERRITORIES_OF[`${folder}/${instance}`] ?? p,
      measures: { demand: { value: "demand", min: null, max: capacity } },
      compactness: { weight: () => 1, power: /** @type {const} */ (1) },
      centers: /** @type {"account" | "mean"} */ (folder === "cpmp" ? "account" : "mean"),
    },
    // OR-Library's own problems take whole numbers, rounded down, for distances
    ...(/^cpmp\d\d$/.test(instance) ? { publishedCost: (judged) => flooredCost(accounts, judged) } : {}),
  }
}

/** The sum of distances rounded down, every territory served from the account that is best by these. */
function flooredCost(accounts, { alignment }) {
  const place = new Map(accounts.map((account) => [account.id, account]))
  const members = new Map()
  for (const { accountId, territoryId } of alignment) members.set(territoryId, [...(members.get(territoryId) ?? []), place.get(accountId)])
  let total = 0
  for (const group of members.values()) {
    total += Math.min(...group.map((center) => group.reduce((sum, { x, y }) => sum + Math.floor(Math.hypot(x - center.x, y - center.y)), 0)))
  }
  return total
}
