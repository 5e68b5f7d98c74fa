/**
 * A hash of 64 bits of a value's JSON, in hexadecimal: two multiplicative hashes in integers of 32 bits, the same in every engine.
 * It finds differences; it keeps no secrets.
 *
 * @param {unknown} value a string stays as it is
 */
export function hashOf(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  let one = 0x811c9dc5
  let other = 0x9747b28c
  for (let c = 0; c < text.length; c++) {
    const code = text.charCodeAt(c)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ (code + (one >>> 24)), 0x5bd1e995)
    other ^= other >>> 15
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("")
}
