/** A stream of numbers in [0, 1), 53 bits each. */
export type Random = () => number

/**
 * A seeded stream of random numbers: sfc32 (Chris Doty-Humphrey, PractRand), seeded by splitmix32 and warmed up by 15
 * steps. The same seed gives the same stream on every runtime. Not suitable for secrets.
 *
 * @param seed a safe integer
 */
export function createRandom(seed: number): Random {
  // both halves of a large or negative seed count, and no two seeds share a state
  const mix = splitmix32(seed | 0)
  let a = mix()
  let b = mix()
  let c = mix() ^ Math.floor(seed / 0x1_0000_0000)
  let d = 1
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let step = 0; step < 15; step++) next()
  return () => (next() * 0x20_0000 + (next() >>> 11)) / 0x20_0000_0000_0000
}

/** Spreads one 32-bit seed over several words (Steele, Lea & Flood 2014, finalizer of MurmurHash3). */
function splitmix32(state: number): () => number {
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
}
