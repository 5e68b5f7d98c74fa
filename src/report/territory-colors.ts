/**
 * Twelve colors that stay apart for color-blind readers: chosen so that the least distance (OKLab, Ottosson 2020) of any
 * pair, seen normally and simulated for deuteranopia and protanopia (Machado et al. 2009), is as large as a search over
 * hue, chroma and lightness could make it: 0.08. Okabe & Ito's eight, filled up to twelve, reach 0.04.
 */
const PALETTE = ["#1e49b7", "#ebb432", "#278d96", "#c55065", "#35c47f", "#7b65e0", "#d37812", "#75cde3", "#7f3e48", "#cd82f8", "#786823", "#82218c"] as const

/** The least of the three distances between two colors, in hundredths; the table is symmetric. */
const DISTANCES: readonly (readonly number[])[] = [
  [0, 43, 20, 18, 36, 11, 31, 37, 19, 22, 26, 8],
  [43, 0, 23, 24, 8, 37, 14, 21, 38, 29, 27, 44],
  [20, 23, 0, 9, 17, 14, 15, 21, 15, 15, 15, 15],
  [18, 24, 9, 0, 13, 20, 12, 22, 11, 21, 9, 18],
  [36, 8, 17, 13, 0, 28, 10, 13, 28, 18, 21, 32],
  [11, 37, 14, 20, 28, 0, 30, 25, 23, 12, 27, 15],
  [31, 14, 15, 12, 10, 30, 0, 23, 23, 27, 10, 32],
  [37, 21, 21, 22, 13, 25, 23, 0, 35, 10, 31, 35],
  [19, 38, 15, 11, 28, 23, 23, 35, 0, 31, 9, 12],
  [22, 29, 15, 21, 18, 12, 27, 10, 31, 0, 29, 28],
  [26, 27, 15, 9, 21, 27, 10, 31, 9, 29, 0, 20],
  [8, 44, 15, 18, 32, 15, 32, 35, 12, 28, 20, 0],
]

/**
 * Colors territories so that neighbors differ: greedily, those with most neighbors first (Welsh & Powell 1967), each
 * taking a color that no neighbor has, of these one that is used least, and of these the one most unlike the neighbors'.
 * Up to twelve territories all differ. Ties go to the smaller index. O(k * neighbors).
 *
 * @param neighbors territories bordering on territory t
 * @param given colors that are settled, null where one is to be chosen
 */
export function colorTerritories(neighbors: readonly ReadonlySet<number>[], given: readonly (string | null)[]): string[] {
  const palette: readonly string[] = PALETTE
  const chosen = given.map((color) => (color === null ? -1 : palette.indexOf(color)))
  const used = palette.map((_, c) => chosen.filter((other) => other === c).length)
  const order = given.map((_, t) => t).filter((t) => given[t] === null)
  order.sort((s, t) => neighbors[t].size - neighbors[s].size || s - t)
  for (const t of order) {
    const around = [...neighbors[t]].map((other) => chosen[other]).filter((c) => c !== -1)
    let best = 0
    let bestMerit: readonly number[] = [Infinity]
    for (let c = 0; c < palette.length; c++) {
      const nearest = around.reduce((least, other) => Math.min(least, DISTANCES[c][other]), 100)
      const merit = [nearest === 0 ? 1 : 0, used[c], -nearest]
      if (isLess(merit, bestMerit)) {
        best = c
        bestMerit = merit
      }
    }
    chosen[t] = best
    used[best]++
  }
  return given.map((color, t) => color ?? palette[chosen[t]])
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const p = a.findIndex((value, at) => value !== b[at])
  return p !== -1 && a[p] < b[p]
}
