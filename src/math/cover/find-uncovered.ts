import { addBit, addBits, countShared, emptyBits, firstBit, hasAny, hasBit, keepBits, keyOfBits, listBits, sharedBits, type Bits } from "./bits.js"
import { pickDimension } from "./pick-dimension.js"

/**
 * Boxes in a product of finite dimensions: a box is a set of classes in every dimension, and holds the points whose class is in its
 * set everywhere. Stored twice: `holders[d][c]` are the boxes whose set in dimension d has class c, `sides[d][r]` the classes of box r there.
 */
export interface Boxes {
  readonly count: number
  readonly holders: readonly (readonly Bits[])[]
  readonly sides: readonly (readonly Bits[])[]
}

/** Boxes by class as boxes by class and by box. O(classes x boxes). */
export function turnBoxes(count: number, holders: readonly (readonly Bits[])[]): Boxes {
  const sides = holders.map((classes) => {
    const own = Array.from({ length: count }, () => emptyBits(classes.length))
    classes.forEach((bits, c) => listBits(bits).forEach((r) => addBit(own[r], c)))
    return own
  })
  return { count, holders, sides }
}

/** Counted work: one step is the look at one word of the boxes of one class. */
export interface Work {
  left: number
}

/** Whether boxes cover a part of space. */
export type Cover =
  | { readonly isCovered: true; /** Boxes that cover it together, not always the fewest. */ readonly by: Bits }
  | { readonly isCovered: false; /** A class per dimension, which no box holds. */ readonly point: readonly number[] }
  | { readonly isCovered: null; /** Classes per dimension: the whole part is covered if, and only if, this smaller one is. */ readonly open: readonly (readonly number[])[] }

/** So many parts proven to be covered are remembered. */
const MOST_REMEMBERED = 200_000
/** Sums of volumes nearer to 1 than this are counted anew in whole numbers. */
const NEAR = 1e-9

/**
 * Decides whether boxes cover a part of space, itself a box: a proof, a point outside, or what is left open when the work is spent.
 *
 * Shannon's expansion: one dimension after the other is set to each of its classes, and the boxes that do not hold the class are
 * dropped. Four shortcuts: a box that holds all that is left ends a branch; a class whose boxes are all among those of another
 * class makes that other one needless (the unate reduction of Brayton et al.); boxes whose volumes sum to less than the whole leave a
 * point out, and disjoint ones that sum to the whole cover it; what is left after different choices but keeps the same boxes is decided once.
 *
 * Exponential in the number of dimensions at worst: the problem is the tautology of formulas in disjunctive normal form, and coNP-complete.
 * Deterministic: ties go to the smaller dimension and class.
 *
 * Source: Brayton, Hachtel, McMullen & Sangiovanni-Vincentelli, Logic Minimization Algorithms for VLSI Synthesis, 1984, sections 3.1 and 4.2.
 *
 * @param part classes per dimension, ascending; an empty list is an empty part, which is covered
 * @param among the boxes that count
 * @param work goes down by what was spent, also below 0
 */
export function findUncovered(boxes: Boxes, part: readonly (readonly number[])[], among: Bits, work: Work): Cover {
  const d = part.length
  const by = emptyBits(boxes.count)
  if (part.some((classes) => classes.length === 0)) return { isCovered: true, by }

  // boxes that meet the part, and those that hold all of it in a dimension
  const active = emptyBits(boxes.count)
  const wide = part.map(() => emptyBits(boxes.count))
  const sought = part.map((classes, at) => classBits(classes, boxes.holders[at].length))
  const counts = new Int32Array(boxes.count * d)
  for (const r of listBits(among)) {
    let meets = true
    for (let at = 0; at < d && meets; at++) {
      counts[r * d + at] = countShared(boxes.sides[at][r], sought[at])
      work.left -= sought[at].length
      meets = counts[r * d + at] > 0
    }
    if (!meets) continue
    addBit(active, r)
    for (let at = 0; at < d; at++) if (counts[r * d + at] === part[at].length) addBit(wide[at], r)
  }

  const point: number[] = part.map((classes) => classes[0])
  const covered = new Set<string>()
  /** Where the search stands: the dimension of every level, and its classes that are not decided. */
  const levels: { at: number; classes: readonly number[] }[] = []
  // small dimensions first: a class that alone matters is found there at little cost
  const whole = part.map((_, at) => at).sort((a, b) => part[a].length - part[b].length || a - b)
  const answer = search(whole, active)
  if (answer === true) return { isCovered: true, by }
  if (answer === false) return { isCovered: false, point }
  return { isCovered: null, open: openPart() }

  /** true: covered; false: `point` is not; null: the work is spent. */
  function search(dimensions: readonly number[], active: Bits): boolean | null {
    const all = active.slice()
    for (const at of dimensions) keepBits(all, wide[at])
    const first = firstBit(all)
    if (first !== null) {
      addBit(by, first)
      return true
    }
    if (!hasAny(active)) return false // any class will do, and the first ones stand in the point
    let key = ""
    for (const at of dimensions) key += String.fromCharCode(at)
    key += keyOfBits(active)
    if (covered.has(key)) return true
    if (work.left < 0) return null

    const left = listBits(active)
    work.left -= left.length
    const volumes = left.map((r) => dimensions.reduce((volume, at) => volume * (counts[r * d + at] / part[at].length), 1))
    const sum = volumes.reduce((total, volume) => total + volume, 0)
    if (Math.abs(sum - 1) < NEAR && areDisjoint(left, dimensions, active) && fillExactly(left, dimensions)) {
      addBits(by, active)
      return remember(key)
    }

    if (sum < 1 - NEAR && leadOut(left, volumes, dimensions)) return false

    const { at, classes } = pickDimension(boxes.holders, part, dimensions, active, left.length, work)
    const others = dimensions.filter((other) => other !== at)
    const branches = classes.map((c) => {
      const rest = sharedBits(active, boxes.holders[at][c])
      let volume = 0
      for (let m = 0; m < left.length; m++) if (hasBit(rest, left[m])) volume += volumes[m] / counts[left[m] * d + at]
      return { c, rest, volume }
    })
    // least covered first: a point outside, if there is one, is probably there
    branches.sort((a, b) => a.volume - b.volume || a.c - b.c)
    for (let b = 0; b < branches.length; b++) {
      levels.push({ at, classes: branches.slice(b).map(({ c }) => c) })
      const isCovered = search(others, branches[b].rest)
      if (isCovered === false) point[at] = branches[b].c
      if (isCovered !== true) return isCovered
      levels.pop()
    }
    return remember(key)
  }

  /**
   * Where volumes sum to less than the whole, some class of every dimension has boxes of which the same is true: going from one to the next
   * leads to a point outside, without a search (the method of conditional expectations, Erdos & Selfridge 1973).
   */
  function leadOut(left: readonly number[], volumes: readonly number[], dimensions: readonly number[]): boolean {
    let inside = left.map((r, m) => ({ r, volume: volumes[m] }))
    for (const at of dimensions) {
      if (inside.every(({ r }) => hasBit(wide[at], r))) continue
      const sums = new Float64Array(boxes.holders[at].length)
      for (const one of inside) {
        one.volume /= counts[one.r * d + at]
        for (const c of listBits(boxes.sides[at][one.r])) sums[c] += one.volume
        work.left -= counts[one.r * d + at] >> 5
      }
      const least = part[at].reduce((best, c) => (sums[c] < sums[best] ? c : best))
      point[at] = least
      inside = inside.filter(({ r }) => hasBit(boxes.holders[at][least], r))
      for (const one of inside) one.volume *= part[at].length
    }
    return inside.length === 0 // always, but for rounding
  }

  function remember(key: string): true {
    if (covered.size < MOST_REMEMBERED) covered.add(key)
    return true
  }

  /** No two of the boxes share a point in the dimensions that are left. */
  function areDisjoint(left: readonly number[], dimensions: readonly number[], active: Bits): boolean {
    work.left -= left.length * active.length * dimensions.length
    return left.every((r) => {
      const meets = active.slice()
      for (const at of dimensions) {
        const some = emptyBits(boxes.count)
        for (const c of part[at]) if (hasBit(boxes.sides[at][r], c)) addBits(some, boxes.holders[at][c])
        work.left -= counts[r * d + at] * some.length
        keepBits(meets, some)
      }
      return countShared(meets, meets) === 1
    })
  }

  /** The volumes sum to the whole in whole numbers, however large. */
  function fillExactly(left: readonly number[], dimensions: readonly number[]): boolean {
    const sum = left.reduce((total, r) => total + dimensions.reduce((volume, at) => volume * BigInt(counts[r * d + at]), 1n), 0n)
    return sum === dimensions.reduce((volume, at) => volume * BigInt(part[at].length), 1n)
  }

  /** As far as one class only is open at a level, the next level tells more. */
  function openPart(): (readonly number[])[] {
    const open = part.slice()
    for (const { at, classes } of levels) {
      open[at] = classes.slice().sort((a, b) => a - b)
      if (classes.length > 1) break
    }
    return open
  }
}

function classBits(classes: readonly number[], count: number): Bits {
  const bits = emptyBits(count)
  for (const c of classes) addBit(bits, c)
  return bits
}
