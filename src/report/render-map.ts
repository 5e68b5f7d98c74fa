import type { LocatedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { guardCall } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import type { PartitionResult } from "../partition/partition-result.js"
import { drawMap, type DrawnMap } from "./draw-map.js"
import { checkMapOptions, checkTerritoriesOfMap, type MapOptions } from "./map-options.js"
import { markup, type Markup } from "./markup.js"
import { readOwnership } from "./ownership.js"
import { SVG_FONTS } from "./svg-fonts.js"

/**
 * Draws who owns what as one SVG file: accounts as dots colored by territory, the land nearest to each territory's accounts
 * in a pale shade of it, territory names, and centers where a plan is given.
 *
 * An account without territory (a gap) is a hollow black circle, and the land nearest to it stays blank; one in several
 * territories (an overlap) is a disk split between two colors in a black ring, on hatched land. Areas are the union of the
 * Voronoi cells of the accounts on the picture, clipped to the base map or, without one, to a rounded hull: they show which
 * side of the map a territory works on, not a legal border. A territory all of whose accounts are at places of others, as in
 * a building that two share, has a part of the land around, and the legend says so.
 *
 * Deterministic: the same input gives the same bytes, and shuffling the accounts changes nothing. O(n) and O(m log m) for m
 * drawn dots. Not suitable for print atlases: it knows no roads and no scale bar.
 *
 * @param accounts on the globe (degrees) or on a plane (x, y; y upward)
 * @param alignment rows, or a plan, whose centers and names are then drawn too
 * @param options all optional; see {@link MapOptions}
 * @returns an SVG document as text, without script or remote reference; all names are escaped
 * @throws TerritoryError for unusable accounts, accounts without places, rows with unknown accounts, unknown or impossible options, names or colors of
 * territories that are not on the map
 * @example
 * const accounts = [
 *   { id: "a", longitude: -93.6, latitude: 41.6 },
 *   { id: "b", longitude: -91.5, latitude: 41.7 },
 * ]
 * const svg = renderMap(accounts, [{ accountId: "a", territoryId: "west" }, { accountId: "b", territoryId: "east" }], { width: 480 })
 * svg.startsWith("<svg") // true
 */
export function renderMap<A extends LocatedAccount>(accounts: readonly A[], alignment: Alignment | PartitionResult, options: MapOptions<A> = {}): string {
  return guardCall({ accounts, alignment, options }, (own) => renderMapUnguarded(own.accounts, own.alignment, own.options))
}

function renderMapUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  alignment: Alignment | PartitionResult,
  options: MapOptions<A>,
): string {
  const issues: Issue[] = []
  const own = ownOptions(options, ["boundary"])
  checkMapOptions(own, "", issues)
  throwIssues(issues)
  const ownership = readOwnership(accounts, alignment, "alignment")
  checkTerritoriesOfMap(own, ownership.territoryIds, issues)
  if (ownership.table.space === "none") issues.push(issue("place-missing", "accounts", NO_MAP, NOTHING, "give longitude and latitude, or x and y; a table of the plan (toTable) needs neither"))
  throwIssues(issues)
  return svgElement(drawMap(accounts, ownership, own), markup` xmlns="http://www.w3.org/2000/svg"`).markup
}

/** Why there is no map of accounts that have no places. */
export const NO_MAP = "have no places (longitude and latitude, or x and y), so there is nothing to draw on a map"

/** The svg element around a drawn map. Inside an HTML page it needs no namespace. */
export function svgElement(map: DrawnMap, namespace: Markup = markup``): Markup {
  return markup`<svg${namespace} viewBox="0 0 ${map.width} ${map.height}" width="${map.width}" height="${map.height}" role="img" aria-label="${map.summary}" font-family="${SVG_FONTS}">${map.content}</svg>`
}
