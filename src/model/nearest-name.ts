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
  if (typeof name !== "string") return otherwise
  const names = [...known]
  const marked = names.find((candidate) => isMarked(candidate, name))
  if (marked !== undefined) return markRemedy(marked)
  const near = nearestName(name, names)
  return near === null ? otherwise : `did you mean ${JSON.stringify(near)}?`
}

/**
 * The remedy where a field stands behind a byte-order mark, as the first column of a file does whose reader left the mark there; ""
 * where no field of the row does.
 */
export function suggestUnmarked(row: object, name: string): string {
  const found = Object.keys(row).find((key) => isMarked(key, name))
  return found === undefined ? "" : markRemedy(found)
}

/** Readers that meet a mark before a quote keep the quotes too. */
const isMarked = (candidate: string, name: string): boolean =>
  candidate.charCodeAt(0) === BYTE_ORDER_MARK && (candidate.slice(1) === name || candidate.slice(1) === `"${name}"`)

const BYTE_ORDER_MARK = 0xfeff

function markRemedy(candidate: string): string {
  return `the field is called "\\ufeff${candidate.slice(1)}": remove the byte-order mark when the file is read, text.replace(/^\\ufeff/, "")`
}

/** Among more ids than this no near one is looked for: comparing with all would take seconds. */
const MOST_IDS = 10_000

/** The known id that is nearest, as {@link suggestName} takes it; null also where they are too many to compare. */
export function nearestId(id: string, known: { readonly size: number; keys(): Iterable<string> }): string | null {
  return known.size <= MOST_IDS ? nearestName(id, known.keys()) : null
}

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
