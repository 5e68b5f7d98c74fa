/** How often a step doubles, and how often what is between is halved. */
const DOUBLINGS = 100
const HALVINGS = 60

/**
 * The largest step known to have an excess, from one that has: doubled until there is none, then halved between.
 *
 * @param excess falls with the step
 * @param first the least step to go beyond `known`
 * @param most steps of so much or more are without a limit
 * @returns null where the excess never ends
 */
export function lastInside(excess: (step: number) => number, known: number, first: number, most: number = Infinity): number | null {
  let inside = known
  let outside = Math.max(2 * known, first)
  for (let doubling = 0; excess(outside) > 0; doubling++) {
    if (doubling === DOUBLINGS || outside >= most) return null
    inside = outside
    outside *= 2
  }
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (inside + outside) / 2
    if (excess(middle) > 0) inside = middle
    else outside = middle
  }
  return inside
}
