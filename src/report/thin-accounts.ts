import { GAP, OVERLAP, type Ownership } from "./ownership.js"

/** Which accounts are drawn, ascending. */
export interface DrawnAccounts {
  readonly owned: Int32Array
  readonly gaps: Int32Array
  readonly overlaps: Int32Array
  readonly drawnCount: number
}

/** So many gaps, and so many overlaps, are shown even where their share of all accounts would come to less. */
const LEAST_MARKS = 500

/**
 * Chooses the accounts that are drawn when there are too many: every territory keeps one, gaps and overlaps keep their share
 * of the dots and at least 500, a quarter of the dots permitting. Within a group a hash of the id decides, so the choice
 * looks random, is the same every time, and does not depend on the order of the rows. O(n log n).
 *
 * @param showable whether account i has a place on the map
 */
export function thinAccounts(ownership: Ownership, showable: (i: number) => boolean, maxDots: number): DrawnAccounts {
  const { owners, table } = ownership
  const groups = { owned: [] as number[], gaps: [] as number[], overlaps: [] as number[] }
  for (let i = 0; i < owners.length; i++) {
    if (showable(i)) groups[owners[i] === GAP ? "gaps" : owners[i] === OVERLAP ? "overlaps" : "owned"].push(i)
  }
  const all = groups.owned.length + groups.gaps.length + groups.overlaps.length
  const room = (count: number): number => all <= maxDots ? count : Math.floor(Math.max((maxDots * count) / all, Math.min(LEAST_MARKS, maxDots / 4)))
  const gaps = keepSome(groups.gaps, room(groups.gaps.length), table.ids)
  const overlaps = keepSome(groups.overlaps, room(groups.overlaps.length), table.ids)
  const owned = keepOwned(groups.owned, maxDots - gaps.length - overlaps.length, owners, table.ids)
  return { owned, gaps, overlaps, drawnCount: owned.length + gaps.length + overlaps.length }
}

function keepOwned(rows: readonly number[], room: number, owners: Int32Array, ids: readonly string[]): Int32Array {
  if (rows.length <= room) return Int32Array.from(rows)
  const seen = new Set<number>()
  const firsts: number[] = []
  const others: number[] = []
  for (const i of rankByHash(rows, ids)) {
    if (seen.has(owners[i])) others.push(i)
    else {
      seen.add(owners[i])
      firsts.push(i)
    }
  }
  return Int32Array.from([...firsts, ...others.slice(0, Math.max(0, room - firsts.length))]).sort()
}

function keepSome(rows: readonly number[], room: number, ids: readonly string[]): Int32Array {
  return rows.length <= room ? Int32Array.from(rows) : rankByHash(rows, ids).slice(0, room).sort()
}

/** Room for 2^25 accounts beside 28 bits of hash: together the 53 bits that a number holds exactly. */
const ROWS = 33_554_432

/** Rows by the hash of their ids; of equal hashes the smaller row, which is the smaller id. */
function rankByHash(rows: readonly number[], ids: readonly string[]): Int32Array {
  const keys = Float64Array.from(rows, (i) => (hashText(ids[i]) >>> 4) * ROWS + i).sort()
  return Int32Array.from(keys, (key) => key % ROWS)
}

/** FNV-1a (Fowler, Noll & Vo 1991), 32 bits over UTF-16 units, with the finalizer of MurmurHash3 to spread serial numbers. */
function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let c = 0; c < text.length; c++) h = Math.imul(h ^ text.charCodeAt(c), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
