import { createRandom } from "../random.js"

/**
 * A small planning problem as a caller would state it, drawn from a seed: 3 to some hundred accounts, 2 to 12 territories, up to `mostPairs`
 * pairs of both; one to three measures in whole or broken numbers; tolerances, minima, capacities and shares, half of them around a
 * hidden plan that keeps them; and, each in some problems, locks, groups, licences, limits on moves, penalties, own distances,
 * squared or plain distances, weights of their own, and centers that are fixed or accounts.
 *
 * @param {number} seed
 * @param {number} mostPairs
 */
export function makeProblem(seed, mostPairs = 300) {
  const random = createRandom(seed + 1)
  for (let warm = 0; warm < 5; warm++) random()
  const pick = (values) => values[Math.floor(random() * values.length)]
  const k = 2 + Math.floor(random() ** 1.5 * 9)
  const n = Math.max(3, k, Math.min(Math.floor(mostPairs / k), Math.floor(3 * Math.exp(random() * Math.log(mostPairs / k / 3 + 1)))))
  const names = ["hours", "visits", "revenue"].slice(0, 1 + Math.floor(random() * 3))
  const isWhole = random() < 0.5
  const spread = pick([0.3, 0.6, 1.2])
  const side = pick([1, 10, 1000])
  const isGrid = random() < 0.2
  const place = () => (isGrid ? Math.floor(random() * 10) * (side / 10) : random() * side)
  const accounts = Array.from({ length: n }, (_, i) => {
    const account = { id: `a${String(i).padStart(3, "0")}`, x: place(), y: place(), need: Math.floor(random() * 4), effort: 0.5 + random() }
    for (const name of names) {
      const value = 6 * Math.exp(spread * (random() + random() + random() - 1.5) * 2)
      account[name] = isWhole ? Math.max(1, Math.round(value)) : value
    }
    if (random() < 0.03) account.effort = 0
    return account
  })
  const isMedoid = random() < 0.12
  /** @type {{ id: string, center?: { x: number, y: number }, centerFixed?: boolean, share?: number, min?: Record<string, number>, max?: Record<string, number> }[]} */
  const territories = Array.from({ length: k }, (_, t) => ({
    id: `t${String(t + 1).padStart(2, "0")}`,
    ...(isMedoid ? {} : { center: { x: place(), y: place() }, centerFixed: true }),
  }))
  // who may serve whom
  const hasLicences = random() < 0.3
  const licences = territories.map(() => [0, 1, 2, 3].filter(() => random() < 0.6))
  for (let need = 0; need < 4; need++) licences[Math.floor(random() * k)].push(need)
  const mayServe = (i, t) => !hasLicences || licences[t].includes(accounts[i].need)
  const together = []
  if (random() < 0.25) {
    const order = accounts.map((_, i) => i).sort((a, b) => accounts[a].x - accounts[b].x)
    for (let at = 0; at + 1 < n; at += 2 + Math.floor(random() * 8)) {
      const group = order.slice(at, at + 2 + Math.floor(random() * 2))
      if (territories.some((_, t) => group.every((i) => mayServe(i, t)))) together.push(group)
      at += group.length
    }
  }
  const groupOf = new Map(together.flatMap((group) => group.map((i) => [i, group])))
  const options = { territories, measures: {}, compactness: { power: pick([1, 2, 2]) } }
  if (random() < 0.3) options.compactness.weight = "effort"
  const rows = []
  const hasRows = !isMedoid && random() < 0.15
  if (hasRows) {
    const isPartial = random() < 0.5
    for (let i = 0; i < n; i++) {
      for (let t = 0; t < k; t++) {
        if (isPartial && !groupOf.has(i) && t !== i % k && random() < 0.3) continue
        const { x, y } = territories[t].center ?? { x: 0, y: 0 } // only medoids have none, and they have no rows
        rows.push({ accountId: accounts[i].id, territoryId: territories[t].id, distance: Math.hypot(accounts[i].x - x, accounts[i].y - y) * (1 + random()) })
      }
    }
    options.compactness.distance = rows
  }
  const listed = new Set(rows.map((row) => `${row.accountId} ${row.territoryId}`))
  const mayHave = (i, t) => mayServe(i, t) && (!hasRows || listed.has(`${accounts[i].id} ${territories[t].id}`))
  for (let i = 0; i < n; i++) {
    if (territories.some((_, t) => mayHave(i, t))) continue
    const t = territories.findIndex((_, at) => mayServe(i, at))
    rows.push({ accountId: accounts[i].id, territoryId: territories[t].id, distance: side })
    listed.add(`${accounts[i].id} ${territories[t].id}`)
  }
  if (hasLicences) options.eligible = (account, territory) => licences[Number(territory.id.slice(1)) - 1].includes(account.need)
  // a plan that is not far from the nearest: owners of today, or what bounds are drawn around
  const drawOwners = () => {
    const owner = new Array(n).fill(-1)
    const centers = territories.map(({ center }) => center ?? { x: place(), y: place() })
    for (let i = 0; i < n; i++) {
      if (owner[i] >= 0) continue
      const group = groupOf.get(i) ?? [i]
      const able = territories.map((_, t) => t).filter((t) => group.every((j) => mayHave(j, t)))
      const far = (t) => Math.hypot(accounts[i].x - centers[t].x, accounts[i].y - centers[t].y) + 0.5 * side * random()
      const t = able.reduce((best, at) => (best < 0 || far(at) < far(best) ? at : best), -1)
      for (const j of group) owner[j] = t
    }
    return owner
  }
  const sumOf = (owner, name, t) => owner.reduce((sum, own, i) => sum + (own === t ? accounts[i][name] : 0), 0)
  const isPlanted = random() < 0.5
  const hidden = isPlanted ? drawOwners() : null
  const size = n / k
  names.forEach((name, m) => {
    const measure = { value: name }
    if (hidden === null) {
      measure.tolerance = m > 0 && random() < 0.2 ? null : pick([0.02, 0.05, 0.1, 0.2]) + random() * Math.min(0.6, 1.2 / size)
      const total = accounts.reduce((sum, account) => sum + account[name], 0)
      if (random() < 0.15) measure.min = (0.7 * total) / k
      if (random() < 0.15) measure.max = (1.4 * total) / k
    } else {
      measure.tolerance = null
      const room = pick(isWhole ? [0, 0.03, 0.1, 0.2] : [0.02, 0.05, 0.1, 0.2])
      territories.forEach((territory, t) => {
        const sum = sumOf(hidden, name, t)
        if (random() < 0.85) territory.min = { ...territory.min, [name]: sum * (1 - room) }
        if (random() < 0.85) territory.max = { ...territory.max, [name]: sum * (1 + room) }
      })
    }
    options.measures[name] = measure
  })
  if (hidden === null && random() < 0.2) {
    const parts = territories.map(() => 0.5 + random())
    const all = parts.reduce((sum, part) => sum + part, 0)
    territories.forEach((territory, t) => (territory.share = parts[t] / all))
  }
  if (together.length > 0) options.together = together.map((group) => group.map((i) => accounts[i].id))
  if (isMedoid) options.centers = "account"
  if (random() < 0.4) {
    const owner = hidden !== null && random() < 0.7 ? hidden.slice() : drawOwners()
    // some have moved since
    const today = owner.map((t, i) => (groupOf.has(i) || random() < 0.8 ? t : Math.floor(random() * k)))
    options.current = accounts.map((account, i) => ({ accountId: account.id, territoryId: territories[today[i]].id }))
    if (random() < 0.3) options.current = options.current.filter(() => random() < 0.9)
    if (random() < 0.6) {
      options.disruption = { maxMovedShare: pick([0.1, 0.3, 0.6]) }
      if (random() < 0.3) options.disruption = { penalty: side ** options.compactness.power * 0.05 }
      if (random() < 0.3) options.disruption.weight = names[0]
      if (random() < 0.3) options.disruption.maxHandedOffShare = pick([0.2, 0.5])
      if (random() < 0.3) options.disruption.maxTakenOverShare = pick([0.3, 0.8])
    }
    if (random() < 0.5) {
      const listedNow = new Set(options.current.map((row) => row.accountId))
      options.locked = accounts.filter((account, i) => owner[i] === today[i] && listedNow.has(account.id) && mayHave(i, today[i]) && (groupOf.get(i) ?? [i]).every((j) => today[j] === today[i] && mayHave(j, today[i])) && random() < 0.15).map(({ id }) => id)
    }
  }
  return { seed, accounts, options }
}
