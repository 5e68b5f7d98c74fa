// How long it takes to draw and check territories as areas and polygons, and whether both ways agree; and maps that nobody draws by hand: rings in
// rings, gaps without number, areas that nobody lists, in processor time.
// node bench/areas.js [folder of *_zcta2010_simplified.topojson]: counties of us-atlas, and ZIP codes where a folder is given.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { checkAreas, dissolveAreas, drawTerritories, resolveAreas } from "equiterra"

const root = fileURLToPath(new URL("..", import.meta.url))
const TERRITORIES = 100

const rows = [bench("us-atlas counties", join(root, "node_modules/us-atlas/counties-10m.json"), { object: "counties" }, TERRITORIES)]
const [folder] = process.argv.slice(2)
if (folder !== undefined) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".topojson")).sort()) rows.push(bench(name.slice(0, 2), join(folder, name), { areaId: "ZCTA5CE10" }, 10))
}
const titles = Object.keys(rows[0]).filter((title) => title !== "name")
console.table(Object.fromEntries(titles.map((title) => [title, Object.fromEntries(rows.map((row) => [row.name, row[title]]))])))

/** @type {Record<string, () => any>} */
const hard = {
  "2,000 rings in rings": () => checkAreas(ringsInRings(2000), { market: square(11) }),
  "200,000 gaps": () => checkAreas(manyGaps(200_000), { market: square(11) }),
  "64,000 areas, nearly all in no list": () => resolveAreas(fewListed(grid(253, 1))),
  "16,000 islands, nearly all in no list": () => resolveAreas(fewListed(grid(126, 0.5))),
}
console.table(Object.fromEntries(Object.entries(hard).map(([name, work]) => {
  const start = process.cpuUsage()
  const { summary, proposals } = work()
  const { user, system } = process.cpuUsage(start)
  return [name, { "processor ms": Math.round((user + system) / 1000), found: proposals === undefined ? summary.gapCount + summary.holeCount : proposals.length }]
})))

function box(west, south, east, north) {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]]
}

/** @returns {any} */
function square(d) {
  return { type: "Polygon", coordinates: [box(-d, -d, d, d)] }
}

/** @returns {any} */
function ringsInRings(n) {
  const coordinates = Array.from({ length: n }, (_, i) => [(10 * (i + 1)) / n, (10 * (i + 0.5)) / n].map((d, side) => (side === 0 ? box(-d, -d, d, d) : box(-d, -d, d, d).reverse())))
  return [{ type: "Feature", id: "a", properties: {}, geometry: { type: "MultiPolygon", coordinates } }]
}

/** @returns {any} */
function manyGaps(n) {
  const side = Math.ceil(Math.sqrt(n))
  const w = 20 / side
  const holes = Array.from({ length: n }, (_, i) => {
    const [x, y] = [(i % side) * w - 10, Math.floor(i / side) * w - 10]
    return box(x + w / 4, y + w / 4, x + (3 * w) / 4, y + (3 * w) / 4).reverse()
  })
  return [{ type: "Feature", id: "a", properties: {}, geometry: { type: "Polygon", coordinates: [box(-11, -11, 11, 11), ...holes] } }]
}

/**
 * A topology of side x side squares with common arcs; of a share less than 1 each stands by itself.
 *
 * @returns {any}
 */
function grid(side, share) {
  const at = (i) => -40 + (80 * i) / side
  const arcs = []
  const geometries = []
  if (share < 1) {
    for (let i = 0; i < side * side; i++) {
      const [x, y, w] = [at(i % side), at(Math.floor(i / side)), (80 * share) / side]
      geometries.push({ type: "Polygon", id: `a${i}`, arcs: [[arcs.push(box(x, y, x + w, y + w)) - 1]] })
    }
  } else {
    const rows = side * (side + 1)
    for (let i = 0; i < rows; i++) arcs.push([[at(i % side), at(Math.floor(i / side))], [at((i % side) + 1), at(Math.floor(i / side))]])
    for (let i = 0; i < rows; i++) arcs.push([[at(Math.floor(i / side)), at(i % side)], [at(Math.floor(i / side)), at((i % side) + 1)]])
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)]
      geometries.push({ type: "Polygon", id: `a${i}`, arcs: [[y * side + x, rows + (x + 1) * side + y, ~((y + 1) * side + x), ~(rows + x * side + y)]] })
    }
  }
  return { type: "Topology", arcs, objects: { areas: { type: "GeometryCollection", geometries } } }
}

function fewListed(topology) {
  const ids = topology.objects.areas.geometries.map(({ id }) => id)
  return { topology, lists: { a: ids.filter((_, i) => i % 97 === 0), b: ids.filter((_, i) => i % 97 === 1) } }
}

/** Territories by ranges of ids, with one area taken away and one given twice. */
function bench(name, path, names, k) {
  const topology = JSON.parse(readFileSync(path, "utf8"))
  const geometries = (topology.objects[names.object] ?? Object.values(topology.objects)[0]).geometries
  const ids = [...new Set(geometries.map((one) => (names.areaId === undefined ? one.id : one.properties[names.areaId])))].sort()
  const lists = Object.fromEntries(Array.from({ length: k }, (_, t) => [`t${String(t).padStart(3, "0")}`, ids.filter((_, i) => Math.floor((i * k) / ids.length) === t)]))
  const [whole, dissolveMs] = time(() => dissolveAreas(topology, lists, names))
  const [market] = time(() => dissolveAreas(topology, { market: ids }, names))
  const [clean, listsMs] = time(() => checkAreas({ topology, lists, ...names }))
  const [shapes, shapesMs] = time(() => checkAreas(whole, { market }))
  // one area in nobody's list, one in two
  lists.t000 = [...lists.t000.slice(1), lists.t001[0]]
  const faulty = checkAreas({ topology, lists, ...names })
  const drawn = checkAreas(dissolveAreas(topology, lists, names), { market })
  // accounts: a corner of every territory's every polygon
  const corners = whole.features.flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map(([ring]) => ring[0]))
  const accounts = corners.map(([longitude, latitude], i) => ({ id: `a${i}`, longitude, latitude }))
  const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `t${i % 10}` }))
  const [voronoi, drawMs] = time(() => drawTerritories(accounts, alignment, { market }))
  const covered = checkAreas(voronoi, { market })
  return {
    name,
    areas: ids.length,
    territories: k,
    "dissolve ms": dissolveMs,
    "lists ms": listsMs,
    "polygons ms": shapesMs,
    "market km2": Math.round(clean.summary.marketKm2),
    "off km2": Number((shapes.summary.marketKm2 - clean.summary.marketKm2).toFixed(3)),
    "gap km2: lists": Number(faulty.summary.gapKm2.toFixed(3)),
    "gap km2: polygons": Number(drawn.summary.gapKm2.toFixed(3)),
    "overlap km2: lists": Number(faulty.summary.overlapKm2.toFixed(3)),
    "overlap km2: polygons": Number(drawn.summary.overlapKm2.toFixed(3)),
    "draw ms": drawMs,
    "drawn and uncovered km2": Number((covered.summary.gapKm2 + covered.summary.overlapKm2).toFixed(4)),
  }
}

function time(work) {
  const start = performance.now()
  const result = work()
  return [result, Math.round(performance.now() - start)]
}
