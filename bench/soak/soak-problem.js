import { createRandom } from "../random.js"

/** Most accounts of a problem. */
const MOST_ACCOUNTS = 300

/**
 * A seeded problem of 1 to 300 accounts, as many of 3 to 10 as of 30 to 100 (log-uniform): mixtures of dense and sparse clusters, towns, lines, grids, one
 * place and none at all, plane and globe; equal, whole, log-normal and zero activities at any scale; one to three measures with
 * tolerances, tight windows and bounds that exclude each other; fixed, free and account centers; locks, groups, eligibility, current
 * owners with limits on moves, limits on distances, and distances of the caller's own.
 *
 * @param {number} seed
 */
export function soakProblem(seed) {
  const random = createRandom(seed + 1)
  for (let i = 0; i < 5; i++) random()
  const pick = (/** @type {readonly any[]} */ list) => list[Math.floor(random() * list.length)]
  const bell = () => random() + random() + random() + random() - 2
  const n = Math.floor(Math.exp(random() ** 2 * Math.log(MOST_ACCOUNTS + 1)))
  const k = 1 + Math.floor(Math.min(n, pick([3, 8, 30])) * random())
  const isPlaceless = random() < 0.1
  const isGlobe = random() < 0.3
  const scale = isGlobe ? 1 : pick([1e-6, 1, 1, 1000, 1e7])
  const map = pick(["mixture", "mixture", "towns", "line", "grid", "one place", "uniform"])
  const clusters = Array.from({ length: Math.max(2, k) }, (_, c) => ({ x: 10 * random(), y: 10 * random(), spread: c % 3 === 0 ? 0.02 : 0.6, share: c % 3 === 0 ? 20 : 1 }))
  const shares = clusters.reduce((sum, { share }) => sum + share, 0)
  const place = (/** @type {number} */ i) => {
    if (map === "one place") return { x: 3, y: 3 }
    if (map === "line") return { x: (10 * i) / n, y: 0 }
    if (map === "grid") return { x: i % 10, y: Math.floor(i / 10) % 10 }
    if (map === "uniform") return { x: 10 * random(), y: 10 * random() }
    let at = random() * shares
    let c = 0
    while (c < clusters.length - 1 && at > clusters[c].share) at -= clusters[c++].share
    const { x, y, spread } = clusters[c]
    return map === "towns" ? { x, y } : { x: x + spread * bell(), y: y + spread * bell() }
  }
  const locate = (/** @type {{ x: number, y: number }} */ { x, y }) => (isPlaceless ? {} : isGlobe ? { longitude: -100 + x, latitude: 36 + y / 2 } : { x: scale * x, y: scale * y })
  const unit = pick([1e-6, 1, 1, 1e6])
  const kind = pick(["equal", "equal", "whole", "log-normal", "zeros", "spread"])
  const amount = () => {
    if (kind === "equal") return unit
    if (kind === "whole") return unit * (1 + Math.floor(5 * random()))
    if (kind === "log-normal") return unit * Math.exp(3 * bell())
    if (kind === "zeros") return random() < 0.5 ? 0 : unit * random()
    return unit * 10 ** (6 * random() - 3)
  }
  const accounts = Array.from({ length: n }, (_, i) => ({ id: `a${i}`, ...locate(place(i)), m0: amount(), m1: amount(), m2: amount(), weight: random() < 0.1 ? 0 : random() }))
  if (accounts.every(({ weight }) => weight === 0)) accounts[0].weight = 1
  const names = ["m0", "m1", "m2"].slice(0, pick([1, 1, 2, 3]))
  const measures = Object.fromEntries(names.map((name) => {
    const mean = accounts.reduce((sum, account) => sum + account[name], 0) / k
    const tight = kind === "equal" ? { min: Math.floor(n / k) * unit, max: Math.ceil(n / k) * unit } : { tolerance: 0.001 }
    return [name, { value: name, ...pick([{}, { tolerance: 0.3 }, { tolerance: 0 }, tight, tight, { min: 1.1 * mean, max: null }, { min: null, max: 0.9 * mean }, { tolerance: null }]) }]
  }))
  const isFixed = !isPlaceless && random() < 0.4
  const isNamed = isFixed || random() < 0.5
  const territories = Array.from({ length: k }, (_, t) => ({ id: `T${t}`, ...(isFixed ? { center: locate({ x: 10 * random(), y: 10 * random() }), centerFixed: random() < 0.8 } : {}) }))
  const current = isNamed && random() < 0.4 ? accounts.filter(() => random() < 0.9).map(({ id }, i) => ({ accountId: id, territoryId: `T${(i * 7) % k}` })) : null
  const locked = current === null || random() < 0.7 ? null : current.filter(() => random() < 0.15).map(({ accountId }) => accountId)
  const hasOwnDistance = isNamed && random() < 0.12
  const options = {
    territories: isNamed ? territories : k,
    measures,
    compactness: {
      ...pick([{}, { power: 1 }, { weight: "weight" }, { weight: "weight", power: 1 }]),
      ...(hasOwnDistance ? { distance: ownDistances(accounts, territories, scale, random) } : {}),
    },
    ...(isPlaceless || hasOwnDistance ? {} : pick([{}, {}, { centers: "account" }])),
    ...pick([{}, {}, { starts: 1 }, { starts: 3, maxIterations: 3 }]),
    ...(isNamed && random() < 0.25 ? { eligible: (/** @type {{ id: string }} */ account, /** @type {{ id: string }} */ territory) => (Number(account.id.slice(1)) + Number(territory.id.slice(1))) % 3 !== 0 || territory.id === "T0" } : {}),
    ...(random() < 0.2 && n > 6 ? { together: [[accounts[0].id, accounts[3].id], [accounts[2].id, accounts[5].id, accounts[6].id]] } : {}),
    ...((!isPlaceless || hasOwnDistance) && random() < 0.2 ? { maxDistance: isGlobe ? 30 + 600 * random() : scale * (0.2 + 8 * random()) } : {}),
    ...(current === null ? {} : { current, disruption: pick([{ penalty: random() }, { maxMovedShare: random() }, { maxMovedShare: 0.2, maxTakenOverShare: 0.3 }, { penalty: 1e9 }]) }),
    ...(locked === null ? {} : { locked }),
    seed,
  }
  return { accounts, options }
}

/**
 * Distances that are symmetric to nothing: of every account to every territory, or without some pairs, each account keeping one.
 *
 * @param {readonly { id: string }[]} accounts
 * @param {readonly { id: string }[]} territories
 * @param {number} scale
 * @param {() => number} random
 */
function ownDistances(accounts, territories, scale, random) {
  const isPartial = random() < 0.5
  return accounts.flatMap(({ id }, i) =>
    territories.flatMap((territory, t) =>
      isPartial && t !== i % territories.length && random() < 0.3 ? [] : [{ accountId: id, territoryId: territory.id, distance: 10 * scale * random() }],
    ),
  )
}

/** Up to this many pairs whole plans are looked through by branch and bound, which makes a step of every node. */
const MOST_PAIRS = 3_000

/**
 * Steps that a problem may take: 20,000 and 20 for each pair of account and territory; a million more where whole plans are looked through.
 *
 * @param {number} n
 * @param {{ territories: number | readonly unknown[] }} options
 */
export function stepBudget(n, { territories }) {
  const k = typeof territories === "number" ? territories : territories.length
  return 20_000 + 20 * n * k + (n * k <= MOST_PAIRS ? 1_000_000 : 0)
}
