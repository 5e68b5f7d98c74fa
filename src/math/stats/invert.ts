/** Where a rising function between `low` and `high` reaches p: by bisection to the last bits, some 60 to 120 looks. */
export function invert(rising: (x: number) => number, p: number, low: number, high: number): number {
  let [from, to] = [low, high]
  for (let step = 0; step < 200; step++) {
    const middle = (from + to) / 2
    if (middle <= from || middle >= to) break
    if (rising(middle) < p) from = middle
    else to = middle
  }
  return (from + to) / 2
}
