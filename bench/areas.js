// How long it takes to draw and check territories as areas and polygons, and whether both ways agree.
// node bench/areas.js [folder of *_zcta2010_simplified.topojson]: counties of us-atlas, and ZIP codes where a folder is given.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { checkAreas, dissolveAreas, drawTerritories } from "equiterra"

const root = fileURLToPath(new URL("..", import.meta.url))
const TERRITORIES = 100

const rows = [bench("us-atlas counties", join(root, "node_modules/us-atlas/counties-10m.json"), { object: "counties" }, TERRITORIES)]
const [folder] = process.argv.slice(2)
if (folder !== undefined) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".topojson")).sort()) rows.push(bench(name.slice(0, 2), join(folder, name), { areaId: "ZCTA5CE10" }, 10))
}
const titles = Object.keys(rows[0]).filter((title) => title !== "name")
console.table(Object.fromEntries(titles.map((title) => [title, Object.fromEntries(rows.map((row) => [row.name, row[title]]))])))

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
