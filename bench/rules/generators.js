import { createRandom, shuffled } from "../random.js"

/**
 * Rules on eight dimensions, from seeds: industry, segment and product are sets, employees, revenue and age are numbers, zip and phone prefixes.
 *
 * @typedef {import("equiterra").TerritoryRule} Rule
 */
export const dimensions = /** @type {const} */ ({
  industry: { kind: "set", required: true },
  segment: { kind: "set" },
  product: { kind: "set" },
  employees: { kind: "number", min: 0, whole: true },
  revenue: { kind: "number", min: 0 },
  age: { kind: "number", min: 0, whole: true },
  zip: { kind: "prefix", digits: 5, required: true },
  phone: { kind: "prefix" },
})

const NAMES = /** @type {(keyof typeof dimensions)[]} */ (Object.keys(dimensions))
const INDUSTRIES = list(20, (i) => `industry ${i}`)
const SEGMENTS = list(6, (i) => `segment ${i}`)
const PRODUCTS = list(10, (i) => `product ${i}`)
/** @type {Record<string, number>} */
const TOPS = { employees: 5000, revenue: 1_000_000, age: 60 }

/** Space is cut in two, again and again, along a dimension chosen by chance: tiles that cover it once. One tile may be left out. */
export function tiled(count, seed, left = 0) {
  const random = createRandom(seed)
  let tiles = [/** @type {Record<string, any>} */ ({})]
  while (tiles.length < count + left) {
    const [tile] = tiles.splice(Math.floor(random() * tiles.length), 1)
    const name = NAMES[Math.floor(random() * NAMES.length)]
    const halves = cut(name, tile[name], random)
    tiles.push(...(halves === null ? [tile] : halves.map((half) => ({ ...tile, [name]: half }))))
  }
  return tiles.slice(left).map((when, r) => ({ ...rule(r), when }))
}

/** Every rule narrows one that stands behind it: a tree of exceptions, ranked by depth, the last of which takes all. */
export function nested(count, seed) {
  const random = createRandom(seed)
  const made = [{ ...rule(0), rank: 100, when: /** @type {Record<string, any>} */ ({}) }]
  while (made.length < count) {
    const parent = made[Math.floor(random() * made.length)]
    const open = NAMES.filter((name) => parent.when[name] === undefined)
    if (open.length === 0) continue
    const name = open[Math.floor(random() * open.length)]
    made.push({ ...rule(made.length), rank: parent.rank - 1, when: { ...parent.when, [name]: some(name, random) } })
  }
  return made
}

/** Conditions on some dimensions, by chance; as many ranks as rules, or ten. */
export function random(count, seed, asked, ranks) {
  const draw = createRandom(seed)
  return list(count, (r) => {
    const names = shuffled(NAMES, draw).slice(0, asked)
    return { ...rule(r), rank: ranks === count ? r : Math.floor(draw() * ranks), when: Object.fromEntries(names.map((name) => [name, some(name, draw)])) }
  })
}

/** Many wide rules, each open in nearly all of every dimension, none covering another: near the point where they just cover, or just do not. */
export function adversarial(count, seed, values, asked) {
  const draw = createRandom(seed)
  const members = list(values, (v) => `v${v}`)
  const hard = Object.fromEntries(list(8, (d) => [`d${d}`, /** @type {const} */ ({ kind: "set", values: members, required: true })]))
  const rules = list(count, (r) => {
    const names = shuffled(list(8, (d) => `d${d}`), draw).slice(0, asked)
    return { ...rule(r), rank: r, when: Object.fromEntries(names.map((name) => [name, { values: members.filter(() => draw() < 0.5).concat(members[Math.floor(draw() * values)]) }])) }
  })
  return { dimensions: hard, rules }
}

function rule(r) {
  return { id: `r${String(r).padStart(4, "0")}`, territoryId: `t${r % 40}` }
}

/** A condition of one dimension. */
function some(name, random) {
  const pick = (values) => values.filter(() => random() < 0.3).concat(values[Math.floor(random() * values.length)])
  if (name === "zip") return { prefixes: list(1 + Math.floor(4 * random()), () => String(100 + Math.floor(900 * random()))) }
  if (name === "phone") return { prefixes: list(1 + Math.floor(4 * random()), () => `+${Math.floor(100 * random())}`), unspecified: random() < 0.5 }
  if (name in TOPS) {
    const min = Math.floor(TOPS[name] * random() * 0.8)
    return { ranges: [{ min, below: min + 1 + Math.floor(TOPS[name] * random() * 0.5) }], unspecified: random() < 0.3 }
  }
  return { values: pick(name === "industry" ? INDUSTRIES : name === "segment" ? SEGMENTS : PRODUCTS), other: random() < 0.3, unspecified: name !== "industry" && random() < 0.3 }
}

/** A condition in two halves; null where it cannot be halved. `undefined` is all there is. */
function cut(name, condition, random) {
  if (name in TOPS) {
    const { ranges: [range], unspecified } = condition ?? { ranges: [{ min: 0 }], unspecified: true }
    const top = range.below ?? TOPS[name]
    const at = range.min + 1 + Math.floor((top - range.min - 1) * random())
    return at <= range.min || at >= top ? null : [{ ranges: [{ ...range, below: at }], unspecified }, { ranges: [{ ...range, min: at }] }]
  }
  const key = name === "zip" || name === "phone" ? "prefixes" : "values"
  const known = name === "industry" ? INDUSTRIES : name === "segment" ? SEGMENTS : name === "product" ? PRODUCTS : list(name === "zip" ? 100 : 10, (i) => (name === "zip" ? String(i).padStart(2, "0") : `+${i}`))
  // what is left over where all zips are listed cannot be: no other
  const { [key]: members, ...special } = condition ?? { [key]: known, ...(name === "zip" ? {} : { other: true }), ...(name === "zip" || name === "industry" ? {} : { unspecified: true }) }
  if (members.length < 2) return null
  const at = 1 + Math.floor((members.length - 1) * random())
  return [{ [key]: members.slice(0, at), ...special }, { [key]: members.slice(at) }]
}

function list(length, make) {
  return Array.from({ length }, (_, i) => make(i))
}
