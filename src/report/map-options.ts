import type { Account, Field } from "../model/account.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { MapProjection } from "./fit-map.js"
import type { Boundary } from "./read-boundary.js"
import type { Names } from "./territory-names.js"

/** How `renderMap` draws. */
export interface MapOptions<A = Account> {
  /** Heading inside the picture; default none. */
  readonly title?: string
  /** Pixels, 120 to 8,000; default 960. */
  readonly width?: number
  /** Pixels in all, 80 to 8,000; default: as high as the data ask for. */
  readonly height?: number
  /** Base map in the accounts' coordinates: states, counties. Areas are clipped to it. Default none. */
  readonly boundary?: Boundary
  /** Default "auto". */
  readonly projection?: MapProjection
  /** A number >= 0 of each account, shown as the area of its dot; default: all dots are equal. */
  readonly size?: Field<A>
  /** Names to show instead of ids, by territory id; default: the plan's. An id that is not on the map throws. */
  readonly names?: Names
  /** Colors to use, `#rrggbb` or a CSS color name, by territory id; the rest are chosen so that neighbors differ. An id that is not on the map throws. */
  readonly colors?: Readonly<Record<string, string>>
  /** Shade the land nearest to each territory's accounts; default true. */
  readonly areas?: boolean
  /** Write territory names; default true. */
  readonly labels?: boolean
  /** Explain the marks below the map; default true. */
  readonly legend?: boolean
  /** At most so many accounts are drawn, 1 to 1,000,000; what is left out is stated on the map. Default 20,000 (about 250 kB). */
  readonly maxDots?: number
  /** Beginning of the ids inside the SVG, letters, digits and "-"; give several maps on one page different ones. Default "map". */
  readonly idPrefix?: string
}

/** What holds where `renderMap` is told nothing else. */
export const DEFAULT_MAP_OPTIONS: Readonly<Required<Pick<MapOptions, "width" | "projection" | "areas" | "labels" | "legend" | "maxDots" | "idPrefix">>> = Object.freeze({
  /** Pixels: fills a page of a report, and half a wide screen. */
  width: 960,
  projection: "auto",
  areas: true,
  labels: true,
  legend: true,
  /** More dots than this only make a file slow; about 250 kB of SVG. */
  maxDots: 20_000,
  idPrefix: "map",
})

const KEYS = ["title", "width", "height", "boundary", "projection", "size", "names", "colors", "areas", "labels", "legend", "maxDots", "idPrefix"]

/** Lists what is wrong with the options, apart from `boundary` and `size`, which are checked where they are read. */
export function checkMapOptions(options: MapOptions<never>, path: string, issues: Issue[]): void {
  if (!isPlainObject(options)) {
    issues.push(issue("option-type", path === "" ? "options" : path, "must be an object", options))
    return
  }
  checkKeys(options, KEYS, path, issues)
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`)
  const projection: unknown = options.projection
  const idPrefix: unknown = options.idPrefix
  const title: unknown = options.title
  const inRange = (value: unknown, low: number, high: number): boolean => typeof value === "number" && value >= low && value <= high
  for (const [key, low, high] of [["width", 120, 8000], ["height", 80, 8000], ["maxDots", 1, 1_000_000]] as const) {
    const value: unknown = options[key]
    if (value !== undefined && !inRange(value, low, high)) issues.push(issue("option-range", at(key), `must be a number from ${low} to ${high}`, value))
  }
  for (const key of ["areas", "labels", "legend"] as const) {
    const value: unknown = options[key]
    if (value !== undefined && typeof value !== "boolean") issues.push(issue("option-type", at(key), "must be true or false", value))
  }
  if (title !== undefined && typeof title !== "string") issues.push(issue("option-type", at("title"), "must be a string", title))
  if (projection !== undefined && !(["auto", "albers-usa", "mercator"] as unknown[]).includes(projection)) {
    issues.push(issue("option-range", at("projection"), 'must be "auto", "albers-usa" or "mercator"', projection))
  }
  if (idPrefix !== undefined && !(typeof idPrefix === "string" && /^[A-Za-z][A-Za-z0-9-]*$/.test(idPrefix))) {
    issues.push(issue("option-range", at("idPrefix"), "must be letters, digits and -, a letter first", idPrefix))
  }
  checkTexts(options.names, at("names"), () => true, "must be a string", issues)
  // nothing but a plain color: url(...) would fetch
  checkTexts(options.colors, at("colors"), (color) => /^(#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3}|[A-Za-z]+)$/.test(color), "must be #rrggbb or a color name", issues)
}

function checkTexts(texts: unknown, path: string, isGood: (text: string) => boolean, rule: string, issues: Issue[]): void {
  if (texts === undefined) return
  if (!isPlainObject(texts)) {
    issues.push(issue("option-type", path, "must be an object with a string for each territory id", texts))
    return
  }
  for (const id of Object.keys(texts)) {
    const text = texts[id]
    if (typeof text !== "string" || !isGood(text)) issues.push(issue("option-type", `${path}[${JSON.stringify(id)}]`, rule, text))
  }
}

/** Names and colors for territories that are not on the map: misspelt ids would go unseen. */
export function checkTerritoriesOfMap(options: MapOptions<never>, territoryIds: readonly string[], issues: Issue[]): void {
  const known = new Set(territoryIds)
  for (const key of ["names", "colors"] as const) {
    for (const id of Object.keys(options[key] ?? {})) {
      if (known.has(id)) continue
      const rule = `is no territory of the alignment: ${show(id)}`
      issues.push(issue("id-unknown", `${key}[${JSON.stringify(id)}]`, rule, NOTHING, suggestName(id, territoryIds, "leave it out")))
    }
  }
}
