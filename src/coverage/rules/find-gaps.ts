import { addBit, emptyBits, listBits, type Bits } from "../../math/cover/bits.js"
import { findUncovered, type Boxes, type Work } from "../../math/cover/find-uncovered.js"
import { wholeSpace, type RuleSpace } from "./rule-space.js"
import { shrinkPoint, type Shrunk } from "./shrink-point.js"

/** A gap, at a point of it and as a box. */
export interface Gap extends Shrunk {
  readonly point: readonly number[]
}

/** What rules leave out. */
export interface Gaps {
  readonly gaps: readonly Gap[]
  /** Nothing else is left out. False: there may be more. */
  readonly isAll: boolean
  /** Where no gap was found and the work is spent: the rules leave out something if, and only if, they do so here. Else null. */
  readonly open: readonly (readonly number[])[] | null
  /** Where there is no gap: rules that cover all together. */
  readonly by: Bits | null
}

/** Gaps for which there is room at first; it doubles, so that `maxFindings` may be any number. */
const FIRST_ROOM = 64

/**
 * Boxes of attribute space that no rule holds, one after the other: a box that was found counts as covered in the search for the next. They
 * may share points; none is in another.
 *
 * @param live the rules that count; each holds somewhere
 * @param most boxes to look for
 */
export function findGaps(space: RuleSpace, live: Bits, most: number, work: Work): Gaps {
  let room = Math.min(most, FIRST_ROOM)
  let boxes = withRoom(space, space.dimensions, space.sides, room)
  let among = widen(live, boxes.count)
  const gaps: Gap[] = []
  while (gaps.length < most) {
    const cover = findUncovered(boxes, wholeSpace(space), among, work)
    if (cover.isCovered === null) return { gaps, isAll: false, open: gaps.length === 0 ? cover.open : null, by: null }
    if (cover.isCovered) return { gaps, isAll: true, open: null, by: gaps.length === 0 ? narrow(cover.by, space.count) : null }
    const shrunk = shrinkPoint(space, cover.point, wholeSpace(space), live)
    if (gaps.length === room) {
      room = Math.min(most, 2 * room)
      boxes = withRoom(space, boxes.holders.map((holders) => ({ holders })), boxes.sides, room)
      among = widen(among, boxes.count)
    }
    const extra = space.count + gaps.length
    gaps.push({ point: cover.point, ...shrunk })
    addBit(among, extra)
    shrunk.part.forEach((classes, d) => {
      for (const c of classes) {
        addBit(boxes.holders[d][c], extra)
        addBit(boxes.sides[d][extra], c)
      }
    })
  }
  return { gaps, isAll: false, open: null, by: null }
}

/** The boxes of the rules, and room for so many of gaps. */
function withRoom(space: RuleSpace, dimensions: readonly { readonly holders: readonly Bits[] }[], sides: readonly (readonly Bits[])[], room: number): Boxes {
  const count = space.count + room
  const holders = dimensions.map((dimension) => dimension.holders.map((bits) => widen(bits, count)))
  return { count, holders, sides: sides.map((own, d) => [...own, ...Array.from({ length: count - own.length }, () => emptyBits(space.dimensions[d].classes.length))]) }
}

function widen(bits: Bits, size: number): Bits {
  const wide = emptyBits(size)
  wide.set(bits)
  return wide
}

function narrow(bits: Bits, size: number): Bits {
  const rules = emptyBits(size)
  for (const r of listBits(bits)) if (r < size) addBit(rules, r)
  return rules
}
