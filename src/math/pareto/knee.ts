import { largestOf, smallestOf } from "../stats/extremes.js"

/**
 * Rows of figures with every figure from 0, the least of any row, to 1, the largest; a figure that is the same in all rows is 0.
 * O(n x figures).
 */
export function scaleRows(rows: readonly (readonly number[])[]): number[][] {
  const width = rows.length === 0 ? 0 : rows[0].length
  const least = Array.from({ length: width }, (_, f) => smallestOf(rows.map((row) => row[f])))
  const span = least.map((low, f) => largestOf(rows.map((row) => row[f])) - low)
  return rows.map((row) => row.map((figure, f) => (span[f] > 0 ? (figure - least[f]) / span[f] : 0)))
}

/**
 * The knee of a frontier: the row that bulges most from the plane through the extreme ones, below which a little less of one
 * figure takes much more of the others. In scaled figures the plane is sum = 1, so the knee has the least sum; ties go to the
 * first. Null where fewer than three rows leave nothing between the extremes. O(n x figures).
 *
 * Source: Das, "On characterizing the 'knee' of the Pareto curve based on normal-boundary intersection", Structural Optimization 18,
 * 1999; Branke, Deb, Dierolf & Osswald, "Finding knees in multi-objective optimization", PPSN VIII, 2004.
 *
 * @param scaled rows that do not dominate each other, as of {@link scaleRows}
 */
export function findKnee(scaled: readonly (readonly number[])[]): number | null {
  if (scaled.length < 3) return null
  const sums = scaled.map((row) => row.reduce((sum, figure) => sum + figure, 0))
  return sums.indexOf(smallestOf(sums))
}
