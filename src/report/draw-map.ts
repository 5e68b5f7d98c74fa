import type { Account, Field, LocatedAccount } from "../model/account.js"
import { throwIssues, type Issue } from "../model/error.js"
import { ownOptions } from "../model/own-options.js"
import { readField } from "../model/read-field.js"
import { drawDots, drawGap, drawOverlap, markStyle, pixels, type MarkStyle } from "./draw-dots.js"
import { drawCenter, drawLegend, legendEntries } from "./draw-legend.js"
import { fitMap, type MapFrame } from "./fit-map.js"
import { DEFAULT_MAP_OPTIONS, type MapOptions } from "./map-options.js"
import { markup, visibleText, type Markup } from "./markup.js"
import { placeLabels, type LabelWish } from "./place-labels.js"
import { readBoundary } from "./read-boundary.js"
import type { Ownership } from "./ownership.js"
import { shapeTerritories, type TerritoryAreas } from "./territory-areas.js"
import { colorTerritories } from "./territory-colors.js"
import { namer } from "./territory-names.js"
import { thinAccounts, type DrawnAccounts } from "./thin-accounts.js"

/** A drawn map. */
export interface DrawnMap {
  /** Everything inside the svg element. */
  readonly content: Markup
  readonly width: number
  readonly height: number
  /** What a reader who cannot see the map is told. */
  readonly summary: string
  /** Color of each territory, to give a second map the same. */
  readonly colors: ReadonlyMap<string, string>
}

/**
 * Draws the parts of a map from the ground up: paper, areas, base map, dots, gaps and overlaps, centers, labels, legend.
 * Static attributes hold the light colors, so the file is right in every program; the classes let a page change them.
 */
export function drawMap<A extends LocatedAccount>(accounts: readonly A[], ownership: Ownership, options: MapOptions<A>): DrawnMap {
  const settings = ownOptions({ ...DEFAULT_MAP_OPTIONS, ...withoutUndefined(options) }, ["boundary"])
  const issues: Issue[] = []
  const base = settings.boundary === undefined ? null : readBoundary(settings.boundary, ownership.table.space, "boundary", issues)
  const given = settings.size === undefined ? null : readField(accounts, settings.size, "accounts", "size", { noun: "size", minimum: 0 }, issues)
  throwIssues(issues)
  const sizes = given === null ? null : Float64Array.from(ownership.rows, (row) => given[row])

  // the box, the places, and who is drawn
  const top = settings.title === undefined || settings.title === "" ? 0 : 34
  const nameOf = namer(settings.names, ownership.territories)
  const legendRoom = settings.legend ? 28 : 0
  const boxHeight = settings.height === undefined ? null : Math.max(40, settings.height - top - legendRoom)
  const reach = 0.03 * settings.width
  const frame = fitMap(ownership.table, base, settings.projection, { width: settings.width, height: boxHeight, padding: base?.hasPolygons === true ? settings.width / 40 : reach + 4 })
  const drawn = thinAccounts(ownership, (i) => !Number.isNaN(frame.xs[i]), settings.maxDots)
  const areas = shapeTerritories(ownership, frame, drawn, reach)
  const settled = ownership.territoryIds.map((id) => (settings.colors !== undefined && Object.hasOwn(settings.colors, id) ? settings.colors[id] : null))
  const colors = colorTerritories(areas.neighbors, settled)
  const style = markStyle(drawn.drawnCount, drawn.gaps.length + drawn.overlaps.length, frame.width * frame.height, sizes !== null)
  const names = ownership.territoryIds.map(nameOf)
  const centers = ownership.territories.map(({ center }) => (center === null ? null : frame.place(center)))

  const scene: Scene = { ownership, frame, drawn, areas, colors, names, style, centers, prefix: settings.idPrefix }
  const called = drawTerritoryNames(scene, settings.labels)

  // the legend, whose height is known only once it is set
  const entries = !settings.legend ? [] : legendEntries({
    style,
    sizeName: sizeName(settings.size),
    territories: settings.labels ? [] : names.map((name, t) => ({ name, color: colors[t] })),
    hasCenters: centers.some((center) => center !== null),
    gapCount: ownership.gapCount,
    overlapCount: ownership.overlapCount,
    accountCount: ownership.owners.length,
    drawnCount: drawn.drawnCount,
    outsideCount: frame.outsideCount,
    besideCount: areas.beside.length,
    unnamedCount: called.leftOut,
  })
  const legend = drawLegend(entries, frame.width)
  const height = settings.height ?? top + frame.height + legend.height
  const heading = top === 0 ? null : markup`<text class="eq-text" x="12" y="23" font-size="15" font-weight="600" fill="#111">${settings.title as string}</text>`
  const content = markup`${definitions(scene, base?.hasPolygons ?? false)}<rect class="eq-paper" width="${settings.width}" height="${height}" fill="#fff"/>${heading}<g transform="translate(0,${top})"><g clip-path="url(#${settings.idPrefix}-box)">${settings.areas ? drawAreas(scene) : null}${drawBase(scene)}${drawAccounts(scene, sizes)}</g>${called.picture}<g transform="translate(0,${frame.height})">${legend.picture}</g></g>`
  return {
    content,
    width: settings.width,
    height,
    summary: `Map of ${ownership.owners.length} accounts in ${names.length} territories, ${ownership.gapCount} without territory, ${ownership.overlapCount} in several`,
    colors: new Map(ownership.territoryIds.map((id, t) => [id, colors[t]])),
  }
}

interface Scene {
  readonly ownership: Ownership
  readonly frame: MapFrame
  readonly drawn: DrawnAccounts
  readonly areas: TerritoryAreas
  readonly colors: readonly string[]
  readonly names: readonly string[]
  readonly style: MarkStyle
  readonly centers: readonly ({ readonly x: number; readonly y: number } | null)[]
  readonly prefix: string
}

/** The base map is written once and used to clip and to draw. */
function definitions({ frame, areas, prefix }: Scene, hasPolygons: boolean): Markup {
  const base = frame.basePath === null ? null : markup`<path id="${prefix}-base" d="${frame.basePath}"/>`
  const byBase = hasPolygons && frame.basePath !== null
  const land = byBase ? markup`<use href="#${prefix}-base"/>` : markup`<path d="${areas.hullPath}"/>`
  // accounts in a corner of a large base map shade that corner only
  const corner = byBase && !frame.fitsBase ? markup`<clipPath id="${prefix}-reach"><path d="${areas.hullPath}"/></clipPath>` : null
  const hatch = areas.overlapPath === "" ? null : markup`<pattern id="${prefix}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="eq-hatch" d="M0,0v6" stroke="#333" stroke-width="2.4"/></pattern>`
  return markup`<defs>${base}<clipPath id="${prefix}-box"><rect width="${frame.width}" height="${frame.height}"/></clipPath><clipPath id="${prefix}-land"${corner === null ? null : markup` clip-path="url(#${prefix}-reach)"`}>${land}</clipPath>${corner}${hatch}</defs>`
}

function drawAreas({ areas, colors, names, prefix }: Scene): Markup {
  const isBeside = new Set(areas.beside)
  const titleOf = (t: number): string => (isBeside.has(t) ? `${names[t]}: shares its places with others` : names[t])
  const shapes = areas.paths.map((path, t) =>
    path === "" ? markup`` : markup`<path class="eq-area" d="${path}" fill="${colors[t]}" fill-opacity="0.28"><title>${titleOf(t)}</title></path>`)
  const hatched = areas.overlapPath === "" ? null : markup`<path d="${areas.overlapPath}" fill="url(#${prefix}-hatch)" fill-opacity="0.35"/>`
  return markup`<g clip-path="url(#${prefix}-land)"><g class="eq-border" stroke="#fff" stroke-width="1.6" stroke-linejoin="round">${shapes}</g>${hatched}</g>`
}

function drawBase({ frame, prefix }: Scene): Markup {
  if (frame.basePath === null) return markup``
  return markup`<use class="eq-base" href="#${prefix}-base" fill="none" stroke="#777" stroke-opacity="0.45" stroke-width="0.6" stroke-linejoin="round"/>`
}

function drawAccounts({ ownership, frame, drawn, colors, names, style }: Scene, sizes: Float64Array | null): Markup {
  const called = (i: number): string => {
    const { id, name } = ownership.accounts[i] as Account
    return typeof name === "string" && name !== "" ? `${id} ${name}` : id
  }
  const overlaps = Array.from(drawn.overlaps, (i) => {
    const sharers = ownership.sharers.get(i) as readonly number[]
    return drawOverlap(frame.xs[i], frame.ys[i], style, colors[sharers[0]], colors[sharers[1]], `${called(i)}: in ${sharers.map((t) => names[t]).join(", ")}`)
  })
  const gaps = Array.from(drawn.gaps, (i) => drawGap(frame.xs[i], frame.ys[i], style, `${called(i)}: without territory`))
  return markup`<g fill="none" stroke-linecap="round">${drawDots(ownership, frame, drawn, sizes, style, colors)}</g>${overlaps}${gaps}`
}

interface TerritoryNames {
  readonly picture: Markup
  readonly leftOut: number
}

function drawTerritoryNames({ ownership, frame, drawn, names, centers }: Scene, withLabels: boolean): TerritoryNames {
  const marks = centers.map((center) => (center === null ? markup`` : drawCenter(center.x, center.y)))
  if (!withLabels) return { picture: markup`<g>${marks}</g>`, leftOut: 0 }
  const size = names.length <= 15 ? 13 : names.length <= 40 ? 11 : names.length <= 80 ? 10 : 9
  const middles = middleOfDots(ownership, frame, drawn)
  const wishes: LabelWish[] = []
  names.forEach((name, t) => {
    const at = centers[t] ?? middles[t]
    if (at !== null && at !== undefined) wishes.push({ text: visibleText(name), ...at })
  })
  const placed = placeLabels(wishes, size, frame.width, frame.height)
  const words = placed.map((label) => markup`<text x="${pixels(label.x)}" y="${pixels(label.y)}">${label.text}</text>`)
  const picture = markup`<g>${marks}</g><g class="eq-label" font-size="${size}" font-weight="600" text-anchor="middle" fill="#111" stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">${words}</g>`
  return { picture, leftOut: wishes.length - placed.length }
}

/** Where to name a territory whose center is not known: the mean of its dots. */
function middleOfDots(ownership: Ownership, frame: MapFrame, drawn: DrawnAccounts): ({ x: number; y: number } | null)[] {
  const sums = ownership.territoryIds.map(() => ({ x: 0, y: 0, count: 0 }))
  const add = (i: number, t: number): void => {
    sums[t].x += frame.xs[i]
    sums[t].y += frame.ys[i]
    sums[t].count++
  }
  for (const i of drawn.owned) add(i, ownership.owners[i])
  for (const i of drawn.overlaps) for (const t of ownership.sharers.get(i) as readonly number[]) add(i, t)
  return sums.map(({ x, y, count }) => (count === 0 ? null : { x: x / count, y: y / count }))
}

function sizeName(size: Field<never> | undefined): string | null {
  return size === undefined ? null : typeof size === "string" ? size : "size"
}

/** Keys that are set to undefined count as absent. */
function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
