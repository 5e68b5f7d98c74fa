/** Sums that miss a bound by less than this share of the total are inside, as the library has it. */
const SLACK = 1e-12

/**
 * A problem of {@link makeProblem} as a program of whole accounts, from its options alone: what every pair costs, and rows of pairs
 * with their bounds. Where centers are accounts they are those given.
 *
 * @param {{ accounts: any[], options: any }} problem
 * @param {readonly { x: number, y: number }[]} centers by territory
 */
export function writeProgram({ accounts, options }, centers) {
  const { territories, measures, compactness, current = [], locked = [], together = [], disruption = {}, eligible } = options
  const k = territories.length
  const names = Object.keys(measures)
  const power = compactness.power ?? 2
  const weightField = compactness.weight ?? measures[names[0]].value
  const placeOf = new Map(territories.map((territory, t) => [territory.id, t]))
  const rowOf = new Map(accounts.map((account, i) => [account.id, i]))
  const home = new Array(accounts.length).fill(-1)
  for (const row of current) home[rowOf.get(row.accountId) ?? -1] = placeOf.get(row.territoryId)
  const given = compactness.distance === undefined ? null : new Map(compactness.distance.map((row) => [`${rowOf.get(row.accountId)} ${placeOf.get(row.territoryId)}`, row.distance]))
  const may = accounts.map((account, i) =>
    territories.map((territory, t) => {
      if (locked.includes(account.id)) return t === home[i]
      return (eligible === undefined || eligible(account, territory)) && (given === null || given.has(`${i} ${t}`))
    }),
  )
  // groups that share a member are one
  const groupOf = accounts.map((_, i) => [i])
  for (const ids of together) {
    const merged = [...new Set(ids.flatMap((id) => groupOf[rowOf.get(id) ?? -1]))]
    for (const i of merged) groupOf[i] = merged
  }
  const units = [...new Set(groupOf)]
  const allowed = units.map((unit) => territories.map((_, t) => unit.every((i) => may[i][t])))
  const unitOf = new Int32Array(accounts.length)
  units.forEach((unit, u) => unit.forEach((i) => (unitOf[i] = u)))
  const distanceOf = (i, t) => (given === null ? Math.hypot(accounts[i].x - centers[t].x, accounts[i].y - centers[t].y) : given.get(`${i} ${t}`))
  const moveWeight = accounts.map((account) => (disruption.weight === undefined ? 1 : account[disruption.weight]))
  const isMoved = (i, t) => home[i] >= 0 && home[i] !== t
  const penalty = disruption.penalty ?? 0
  const costs = units.map((unit, u) =>
    territories.map((_, t) => (allowed[u][t] ? unit.reduce((sum, i) => sum + accounts[i][weightField] * distanceOf(i, t) ** power + (isMoved(i, t) ? penalty * moveWeight[i] : 0), 0) : Infinity)),
  )
  const rows = []
  const addRow = (lower, upper, scale, partOf) => {
    const parts = []
    units.forEach((unit, u) => {
      for (let t = 0; t < k; t++) {
        if (!allowed[u][t]) continue
        const part = unit.reduce((sum, i) => sum + partOf(i, t), 0)
        if (part !== 0) parts.push([u, t, part / scale])
      }
    })
    rows.push({ lower: lower / scale, upper: upper / scale, parts })
  }
  for (const name of names) {
    const { value, tolerance = 0.05, min, max } = measures[name]
    const total = accounts.reduce((sum, account) => sum + account[value], 0)
    for (let t = 0; t < k; t++) {
      const target = (territories[t].share ?? 1 / k) * total
      const least = territories[t].min?.[name] ?? (min !== undefined && min !== null ? min : tolerance === null ? -Infinity : target * (1 - tolerance))
      const most = territories[t].max?.[name] ?? (max !== undefined && max !== null ? max : tolerance === null ? Infinity : target * (1 + tolerance))
      addRow(least, most, total, (i, at) => (at === t ? accounts[i][value] : 0))
    }
  }
  const owned = home.reduce((sum, t, i) => sum + (t >= 0 ? moveWeight[i] : 0), 0)
  const isForced = (i) => home[i] >= 0 && !allowed[unitOf[i]][home[i]]
  const hasLimits = options.disruption !== undefined && owned > 0
  if (hasLimits && disruption.maxMovedShare !== undefined) addRow(-Infinity, disruption.maxMovedShare * owned, owned, (i, t) => (isMoved(i, t) ? moveWeight[i] : 0))
  for (let t = 0; hasLimits && t < k; t++) {
    const today = home.reduce((sum, at, i) => sum + (at === t ? moveWeight[i] : 0), 0)
    if (today === 0) continue
    const forced = home.reduce((sum, at, i) => sum + (at === t && isForced(i) ? moveWeight[i] : 0), 0)
    const off = disruption.maxHandedOffShare
    const taken = disruption.maxTakenOverShare
    if (off !== undefined) addRow(-Infinity, Math.max(0, off * today - forced), owned, (i, at) => (home[i] === t && at !== t && !isForced(i) ? moveWeight[i] : 0))
    if (taken !== undefined) addRow(-Infinity, taken * today, owned, (i, at) => (at === t && isMoved(i, at) && !isForced(i) ? moveWeight[i] : 0))
  }
  return { units, unitOf, allowed, costs, rows }
}

/**
 * What a plan costs in that program, and whether it keeps everything: Infinity where it does not.
 *
 * @param {ReturnType<typeof writeProgram>} program
 * @param {readonly number[]} owner by unit
 * @param {number} slack
 */
export function costOfPlan({ costs, rows }, owner, slack = SLACK) {
  const isInside = rows.every(({ lower, upper, parts }) => {
    const sum = parts.reduce((all, [u, t, part]) => all + (owner[u] === t ? part : 0), 0)
    return sum >= lower - slack && sum <= upper + slack
  })
  return isInside ? owner.reduce((sum, t, u) => sum + costs[u][t], 0) : Infinity
}

/**
 * The best plan of whole accounts by HiGHS, a branch-and-cut solver.
 *
 * @param {any} highs
 * @param {ReturnType<typeof writeProgram>} program
 * @param {number} seconds at most
 * @returns {{ status: "optimal" | "infeasible" | "open", owner: number[] | null }}
 */
export function solveWhole(highs, { units, allowed, costs, rows }, seconds) {
  const { modelStatus, objectiveSense } = highs.constants
  const columns = []
  const columnOf = new Map()
  units.forEach((_, u) =>
    allowed[u].forEach((may, t) => {
      if (!may) return
      columnOf.set(`${u} ${t}`, columns.length)
      columns.push([u, t])
    }),
  )
  const entries = columns.map(([u]) => [[u, 1]])
  rows.forEach(({ parts }, r) => {
    for (const [u, t, part] of parts) entries[columnOf.get(`${u} ${t}`)].push([units.length + r, part])
  })
  const starts = [0]
  for (const own of entries) starts.push(starts[starts.length - 1] + own.length)
  const ones = units.map(() => 1)
  return highs.withModel((model) => {
    model.options.set("output_flag", false)
    model.options.set("mip_rel_gap", 0)
    model.options.set("mip_abs_gap", 0)
    model.options.set("time_limit", seconds)
    model.options.set("mip_feasibility_tolerance", 1e-9)
    model.options.set("primal_feasibility_tolerance", 1e-9)
    model.passModel({
      numCols: columns.length,
      numRows: units.length + rows.length,
      sense: objectiveSense.minimize,
      colCost: columns.map(([u, t]) => costs[u][t]),
      colLower: columns.map(() => 0),
      colUpper: columns.map(() => 1),
      integrality: Int32Array.from(columns, () => 1),
      rowLower: [...ones, ...rows.map(({ lower }) => lower)],
      rowUpper: [...ones, ...rows.map(({ upper }) => upper)],
      matrix: { format: "csc", numCols: columns.length, numRows: units.length + rows.length, starts, indices: entries.flatMap((own) => own.map(([r]) => r)), values: entries.flatMap((own) => own.map(([, value]) => value)) },
    })
    const status = model.run().modelStatus
    if (status === modelStatus.infeasible) return { status: "infeasible", owner: null }
    if (status !== modelStatus.optimal) return { status: "open", owner: null }
    const shares = model.getSolution().colValue
    const owner = units.map(() => -1)
    columns.forEach(([u, t], column) => {
      if (shares[column] > 0.5) owner[u] = t
    })
    return { status: "optimal", owner }
  })
}
