/** A set of numbers from 0 up, 32 to a word. */
export type Bits = Uint32Array

/** The empty set, with room for 0 to count - 1. */
export function emptyBits(count: number): Bits {
  return new Uint32Array(Math.max(1, (count + 31) >>> 5))
}

export function addBit(bits: Bits, i: number): void {
  bits[i >>> 5] |= 1 << (i & 31)
}

export function hasBit(bits: Bits, i: number): boolean {
  return ((bits[i >>> 5] >>> (i & 31)) & 1) === 1
}

/** How many bits of a word are set (Warren, Hacker's Delight, 2nd ed. 2012, section 5-1). */
export function countWord(word: number): number {
  let w = word - ((word >>> 1) & 0x55555555)
  w = (w & 0x33333333) + ((w >>> 2) & 0x33333333)
  return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How many members two sets share. */
export function countShared(a: Bits, b: Bits): number {
  let count = 0
  for (let w = 0; w < a.length; w++) count += countWord(a[w] & b[w])
  return count
}

/** What two sets share, as a new set. */
export function sharedBits(a: Bits, b: Bits): Bits {
  const shared = new Uint32Array(a.length)
  for (let w = 0; w < a.length; w++) shared[w] = a[w] & b[w]
  return shared
}

/** Adds the members of the second set to the first. */
export function addBits(to: Bits, from: Bits): void {
  for (let w = 0; w < to.length; w++) to[w] |= from[w]
}

/** Takes out of the first set what the second does not hold. */
export function keepBits(of: Bits, these: Bits): void {
  for (let w = 0; w < of.length; w++) of[w] &= these[w]
}

export function hasAny(bits: Bits): boolean {
  for (let w = 0; w < bits.length; w++) if (bits[w] !== 0) return true
  return false
}

/** The smallest member; null: the set is empty. */
export function firstBit(bits: Bits): number | null {
  for (let w = 0; w < bits.length; w++) if (bits[w] !== 0) return (w << 5) + 31 - Math.clz32(bits[w] & -bits[w])
  return null
}

/** The members, ascending. */
export function listBits(bits: Bits): number[] {
  const members: number[] = []
  for (let w = 0; w < bits.length; w++) {
    for (let rest = bits[w]; rest !== 0; rest &= rest - 1) members.push((w << 5) + 31 - Math.clz32(rest & -rest))
  }
  return members
}

/** Text that two sets of one size share only if they are equal. */
export function keyOfBits(bits: Bits): string {
  let key = ""
  for (let w = 0; w < bits.length; w++) key += String.fromCharCode(bits[w] & 0xffff, bits[w] >>> 16)
  return key
}
