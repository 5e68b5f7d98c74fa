/** Uniform and standard normal numbers (Box & Muller 1958) from two combined generators (L'Ecuyer 1988), the same in every engine. */
export function streams(seed) {
  let s = seed * 7919 + 1
  let t = seed * 104729 + 1
  const uniform = () => {
    s = (s * 40014) % 2147483563
    t = (t * 40692) % 2147483399
    const z = (s - t + 2147483562) % 2147483562
    return (z === 0 ? 2147483562 : z) / 2147483563
  }
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) }
}
