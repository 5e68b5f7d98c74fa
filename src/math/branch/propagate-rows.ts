import type { Relaxation } from "./relaxation.js"
import type { WholeProgram } from "./whole-program.js"

/** Passes over all pairs, at most: further ones rarely find anything. */
const PASSES = 6

/** Pairs that were forbidden, in order, so that they can be given back. */
export interface Trail {
  readonly pairs: number[]
}

/**
 * Forbids pairs that cannot be in any plan: those that put a row above its bound on top of the least that the other
 * accounts put there, and those that leave a row short of what all other accounts can give at most. O(entries) a pass.
 *
 * @returns false where no plan of allowed pairs is left
 */
export function createPropagation(
  program: WholeProgram,
  { allowed, choices, forbid }: Pick<Relaxation, "allowed" | "choices" | "forbid">,
  trail: Trail,
): () => boolean {
  const { n, k, rowCount: R, start, row, part, lower, upper, slack } = program
  const least = new Float64Array(R)
  const most = new Float64Array(R)
  // of one account: by row it touches, by how many of its territories, and with how much
  const touched = new Int32Array(R)
  const count = new Int32Array(R)
  const low = new Float64Array(R)
  const high = new Float64Array(R)
  const here = new Float64Array(R)

  /** Collects what account i can give to the rows it touches; answers how many these are. */
  function look(i: number): number {
    let rows = 0
    for (let t = 0; t < k; t++) {
      const p = i * k + t
      if (allowed[p] === 0) continue
      for (let e = start[p]; e < start[p + 1]; e++) {
        const r = row[e]
        if (count[r] === 0) {
          touched[rows++] = r
          low[r] = part[e]
          high[r] = part[e]
        } else {
          low[r] = Math.min(low[r], part[e])
          high[r] = Math.max(high[r], part[e])
        }
        count[r]++
      }
    }
    for (let at = 0; at < rows; at++) {
      const r = touched[at]
      if (count[r] < choices[i]) low[r] = 0
      count[r] = 0
    }
    return rows
  }

  function canStay(i: number, t: number, rows: number): boolean {
    const p = i * k + t
    for (let e = start[p]; e < start[p + 1]; e++) here[row[e]] = part[e]
    let isFine = true
    for (let at = 0; at < rows && isFine; at++) {
      const r = touched[at]
      isFine = least[r] - low[r] + here[r] <= upper[r] + slack[r] && most[r] - high[r] + here[r] >= lower[r] - slack[r]
    }
    for (let e = start[p]; e < start[p + 1]; e++) here[row[e]] = 0
    return isFine
  }

  return () => {
    for (let pass = 0; pass < PASSES; pass++) {
      least.fill(0)
      most.fill(0)
      for (let i = 0; i < n; i++) {
        if (choices[i] === 0) return false
        const rows = look(i)
        for (let at = 0; at < rows; at++) {
          least[touched[at]] += low[touched[at]]
          most[touched[at]] += high[touched[at]]
        }
      }
      for (let r = 0; r < R; r++) if (least[r] > upper[r] + slack[r] || most[r] < lower[r] - slack[r]) return false
      let isChanged = false
      for (let i = 0; i < n; i++) {
        if (choices[i] < 2) continue
        const rows = look(i)
        for (let t = 0; t < k; t++) {
          if (allowed[i * k + t] === 0 || canStay(i, t, rows)) continue
          forbid(i, t)
          trail.pairs.push(i * k + t)
          isChanged = true
        }
        if (choices[i] === 0) return false
      }
      if (!isChanged) return true
    }
    return true
  }
}
