/** A stream of numbers: of {@link createRandom} in [0, 1), 53 bits each. */
export type Random = () => number

/**
 * A seeded stream of random numbers: sfc32 (Chris Doty-Humphrey, PractRand), seeded by splitmix32 and warmed up by 15
 * steps. The same seed and stream give the same numbers on every runtime. Not suitable for secrets.
 *
 * @param seed a safe integer
 * @param stream one of many streams of a seed, 0 to 2^32 - 1: (seed, stream) has nothing in common with (seed + 1, stream - 1),
 *   as `seed + stream` would have
 */
export function createRandom(seed: number, stream = 0): Random {
  const next = createWords(seed, stream)
  return () => (next() * 0x20_0000 + (next() >>> 11)) / 0x20_0000_0000_0000
}

/** The words of {@link createRandom}: whole numbers from 0 to 2^32 - 1, for loops that draw by the billion. */
export function createWords(seed: number, stream = 0): Random {
  // both halves of a large or negative seed count, the stream has a word of its own, and no two pairs share a state
  const mix = splitmix32(seed | 0)
  let a = mix()
  let b = mix()
  let c = mix() ^ Math.floor(seed / 0x1_0000_0000)
  let d = (1 + scramble(stream)) | 0
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
  return next
}

/** Spreads one 32-bit seed over several words: each step adds the golden ratio, as in Steele, Lea & Flood (OOPSLA 2014). */
function splitmix32(state: number): () => number {
  return () => {
    state = (state + 0x9e3779b9) | 0
    return scramble(state)
  }
}

/**
 * Mixes the bits of one word; one to one, and 0 stays 0. Shifts and factors were found by search, for the least bias in which
 * bits of the result a flipped bit changes: TheIronBorn, github.com/skeeto/hash-prospector, issue 19, 2022.
 */
function scramble(word: number): number {
  let z = word ^ (word >>> 16)
  z = Math.imul(z, 0x21f0aaad)
  z ^= z >>> 15
  z = Math.imul(z, 0x735a2d97)
  return z ^ (z >>> 15)
}
