import { boxOf, isInRegion, ringSteps, STEPS_PER_DEGREE, type Box, type Region } from "../../math/geo/region.js"
import { placeInside } from "../../math/geo/region-geometry.js"
import { turnsFrom } from "../../math/geo/longitude-frame.js"
import { placeInFrame, type MapFrame } from "./map-frame.js"
import { mergeAreas } from "./merge-areas.js"
import type { AreaTable } from "./read-topology.js"

/** Areas that one territory encloses and does not have. */
export interface EnclosedGroup {
  readonly encloser: string
  /** Ascending. */
  readonly areas: readonly number[]
}

/**
 * Groups of areas, connected by common borders, that no way leads out of but through one territory: what is left of the topology
 * without the territory falls into groups, and those that border on it and lie inside of its outline are enclosed. O(territories *
 * borders), and the merged shape of each territory that has such a neighbor.
 *
 * @param members areas of each territory
 * @param neighbors areas that area a borders on
 * @param regions the area's shape in the frame
 */
export function findEnclosed(table: AreaTable, members: ReadonlyMap<string, readonly number[]>, neighbors: readonly (readonly number[])[], regions: readonly Region[], frame: MapFrame): EnclosedGroup[] {
  const n = table.ids.length
  const seen = new Int32Array(n).fill(-1)
  const boxes = regions.map(boxOf)
  return [...members].flatMap(([encloser, own], round) => {
    for (const a of own) seen[a] = round
    let outline: Region | null = null
    const ownBox = around(own, boxes)
    const groups: EnclosedGroup[] = []
    for (const a of own) {
      for (const start of neighbors[a]) {
        if (seen[start] === round) continue
        // everything that can be reached from here without passing through the territory
        seen[start] = round
        const group = [start]
        for (const b of group) {
          for (const next of neighbors[b]) {
            if (seen[next] === round) continue
            seen[next] = round
            group.push(next)
          }
        }
        if (!isPossible(ownBox, group, boxes)) continue
        outline ??= placeInFrame(mergeAreas(table, own), frame).filter((ring) => ringSteps(ring) > 0)
        const shape = group.map((b) => regions[b]).find((region) => region.length > 0)
        if (shape !== undefined && isEnclosed(shape, outline, frame)) groups.push({ encloser, areas: group.sort((x, y) => x - y) })
      }
    }
    return groups
  })
}

/** Whether the boxes of what would be enclosed lie in that of the territory. */
function isPossible(outer: Box, group: readonly number[], boxes: readonly Box[]): boolean {
  return group.every((b) => boxes[b].minX > boxes[b].maxX || (boxes[b].minX >= outer.minX && boxes[b].maxX <= outer.maxX && boxes[b].minY >= outer.minY && boxes[b].maxY <= outer.maxY))
}

function around(areas: readonly number[], boxes: readonly Box[]): Box {
  return areas.reduce((all, a) => ({ minX: Math.min(all.minX, boxes[a].minX), minY: Math.min(all.minY, boxes[a].minY), maxX: Math.max(all.maxX, boxes[a].maxX), maxY: Math.max(all.maxY, boxes[a].maxY) }), boxOf([]))
}

function isEnclosed(shape: Region, outline: Region, { cut }: MapFrame): boolean {
  const { longitude, latitude } = placeInside(shape)
  const x = longitude * STEPS_PER_DEGREE
  return outline.some((ring) => isInRegion(x + turnsFrom(cut, x), latitude * STEPS_PER_DEGREE, [ring]))
}
