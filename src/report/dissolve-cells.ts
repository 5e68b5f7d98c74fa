/** Tenths of a pixel: finer than any screen shows, and coarse enough that corners of neighboring cells meet exactly. */
const STEPS_PER_PIXEL = 10

/**
 * Melts cells of one owner into areas: an edge that two of its cells share, once in each direction, is dropped, and what
 * remains is chained into rings. Corners are snapped to tenths of a pixel first; after that every cell is still a closed
 * ring, so at every corner as many edges arrive as leave, and the chains always close. That makes it safe against the
 * slivers on which general polygon union fails.
 *
 * @param cells closed rings of [x, y], pixels, all wound the same way, none overlapping another
 * @returns SVG path data, "" for nothing
 */
export function dissolveCells(cells: Iterable<readonly (readonly [number, number])[]>): string {
  const corners: { x: number; y: number }[] = []
  const cornerOf = new Map<string, number>()
  const next: number[][] = []
  const cornerAt = (point: readonly [number, number]): number => {
    const x = Math.round(point[0] * STEPS_PER_PIXEL)
    const y = Math.round(point[1] * STEPS_PER_PIXEL)
    const key = `${x},${y}`
    let v = cornerOf.get(key)
    if (v === undefined) {
      v = corners.push({ x, y }) - 1
      cornerOf.set(key, v)
      next.push([])
    }
    return v
  }

  // edges, each cancelling its opposite
  for (const cell of cells) {
    let from = cornerAt(cell[0])
    for (let c = 1; c < cell.length; c++) {
      const to = cornerAt(cell[c])
      if (to === from) continue
      const back = next[to].indexOf(from)
      if (back === -1) next[from].push(to)
      else next[to].splice(back, 1)
      from = to
    }
  }

  // rings
  let path = ""
  for (let start = 0; start < corners.length; start++) {
    while (next[start].length > 0) {
      let v = next[start].pop() as number
      let ring = `M${pixels(corners[start].x)},${pixels(corners[start].y)}`
      while (v !== start) {
        ring += `L${pixels(corners[v].x)},${pixels(corners[v].y)}`
        v = next[v].pop() as number
      }
      path += `${ring}Z`
    }
  }
  return path
}

function pixels(steps: number): string {
  return String(steps / STEPS_PER_PIXEL)
}
