/**
 * The known name that a misspelt one most probably means, or null when none is near (more than 2 edits, or more than 40 %
 * of its letters). Levenshtein distance, case ignored.
 */
function nearestName(name: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.min(2, Math.floor(name.length * 0.4)) + 1
  for (const candidate of known) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance)
    if (d < bestDistance) {
      best = candidate
      bestDistance = d
    }
  }
  return best
}

/** The remedy for a misspelt name, `did you mean "north"?`; `otherwise` where no known name is near, or where it is no name at all. */
export function suggestName(name: unknown, known: Iterable<string>, otherwise = ""): string {
  const near = typeof name === "string" ? nearestName(name, known) : null
  return near === null ? otherwise : `did you mean ${JSON.stringify(near)}?`
}

/** Among more ids than this no near one is looked for: comparing with all would take seconds. */
const MOST_IDS = 10_000

/** As {@link suggestName}, of ids that are the caller's own and may be many; `otherwise` where they are too many to compare. */
export function suggestId(id: unknown, known: { readonly size: number; keys(): Iterable<string> }, otherwise = ""): string {
  return known.size <= MOST_IDS ? suggestName(id, known.keys(), otherwise) : otherwise
}

/** Levenshtein distance (1965), one row at a time; answers `limit` as soon as the lengths alone exceed it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]
}
