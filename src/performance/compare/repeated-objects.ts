/** Numbers of some records: row j of both columns is of record `rows[j]`. */
interface Columns {
  readonly rows: Int32Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

/** Bits a record: one of eight records or fewer then shares its bit with another by chance. */
const BITS_A_RECORD = 8

/**
 * How many records are the same object as one before them. The engine gives every object that it is asked for an identity, which takes longer than
 * all reading of numbers; so only those are asked for whose group and numbers are those of another record. A record whose accessors answer
 * otherwise the second time is not found. O(records x columns).
 */
export function countRepeated(records: readonly unknown[], groupOf: Int32Array, columns: readonly Columns[]): number {
  const hashes = hashRecords(groupOf, columns)
  let length = 1
  while (32 * length < BITS_A_RECORD * records.length) length *= 2
  const [once, twice] = [new Int32Array(length), new Int32Array(length)]
  for (let i = 0; i < hashes.length; i++) {
    const word = (hashes[i] >>> 5) & (length - 1)
    const bit = 1 << (hashes[i] & 31)
    twice[word] |= once[word] & bit
    once[word] |= bit
  }
  const seen = new Set<unknown>()
  let asked = 0
  for (let i = 0; i < hashes.length; i++) {
    if ((twice[(hashes[i] >>> 5) & (length - 1)] & (1 << (hashes[i] & 31))) === 0) continue
    seen.add(records[i])
    asked++
  }
  return asked - seen.size
}

/** Of each record one number made of its group and its numbers. */
function hashRecords(groupOf: Int32Array, columns: readonly Columns[]): Int32Array {
  const hashes = groupOf.slice()
  for (const { rows, numerators, denominators } of columns) {
    const [above, below] = [wordsOf(numerators), wordsOf(denominators)]
    for (let j = 0; j < rows.length; j++) {
      const hash = Math.imul(hashes[rows[j]] ^ above[2 * j] ^ Math.imul(above[2 * j + 1], 0x85ebca6b), 0xcc9e2d51)
      hashes[rows[j]] = Math.imul(hash ^ (hash >>> 15) ^ below[2 * j] ^ Math.imul(below[2 * j + 1], 0xc2b2ae35), 0x1b873593)
    }
  }
  // what differs in the first bits is to differ in the last: the finalizer of MurmurHash3, Appleby 2011
  for (let i = 0; i < hashes.length; i++) {
    let hash = hashes[i]
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hashes[i] = hash ^ (hash >>> 16)
  }
  return hashes
}

/** Two words a number. */
function wordsOf(numbers: Float64Array): Int32Array {
  return new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
}
