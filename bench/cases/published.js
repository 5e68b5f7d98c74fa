import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { BEST_KNOWN } from "../instances/best-known.js"
import { readBalancedKMeans } from "../instances/read-balanced-k-means.js"
import { readCapacitated } from "../instances/read-capacitated.js"
import { readCommercialTerritories } from "../instances/read-commercial-territories.js"
import { readDistricts } from "../instances/read-districts.js"
import { messageOf, UsageError } from "../usage-error.js"

/** Folder, the names of its files, how long to search, how near to the best known value to come, and how to read a file. */
const FAMILIES = [
  { folder: "hess", files: /^tract_.*\.json$/, timeLimitMs: 10_000, excess: 0.01, read: readDistricts, what: "US districting by census tracts, Hess's model, contiguity left out" },
  { folder: "cpmp", files: /\.(txt|dat)$/, timeLimitMs: 60_000, excess: 0.01, read: readCapacitated, what: "capacitated p-median" },
  { folder: "cccp", files: /\.dat$/, timeLimitMs: 60_000, excess: 0.001, read: readCapacitated, what: "capacitated centered clustering" },
  { folder: "balanced_kmeans", files: /\.txt$/, timeLimitMs: 60_000, excess: 0.001, read: readBalancedKMeans, what: "k-means with clusters of equal size" },
  { folder: "ctdp", files: /\.dat$/, timeLimitMs: 5000, excess: 0.005, read: readCommercialTerritories, what: "commercial territory design, three measures, contiguity left out" },
]

/**
 * The published problems that FOLDER has, in hess/, cpmp/, cccp/, balanced_kmeans/ and ctdp/. A file without a best known value is
 * a case too; its row has no `excess`.
 *
 * @param {string} folder
 */
export function listPublishedCases(folder) {
  const families = FAMILIES.filter((family) => existsSync(join(folder, family.folder)))
  if (families.length === 0) throw new UsageError(`--instances ${folder}: has none of ${FAMILIES.map((family) => `${family.folder}/`).join(", ")}`)
  return families.flatMap(({ folder: room, files, timeLimitMs, excess, read, what }) =>
    readdirSync(join(folder, room))
      .filter((file) => files.test(file))
      .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
      .map((file) => {
        const instance = file.replace(/\.[a-z]+$/, "")
        const reference = BEST_KNOWN[room]?.[instance]
        return {
          name: `${room}-${instance}`,
          group: room,
          fixed: false,
          what,
          limitSeconds: timeLimitMs / 1000 + 60,
          reach: { violations: 0, ...(reference === undefined ? {} : { excess }) },
          load() {
            const { accounts, options, publishedCost } = readFile(join(folder, room, file), (text) => read(text, room, instance))
            return { accounts, options: { timeLimitMs, ...options }, ...(reference === undefined ? {} : { reference }), ...(publishedCost === undefined ? {} : { publishedCost }) }
          },
        }
      }),
  )
}

/**
 * What a file holds; what is wrong with it is told with its path.
 *
 * @param {string} path
 * @param {(text: string) => import("./index.js").LoadedCase} read
 */
function readFile(path, read) {
  try {
    return read(readFileSync(path, "utf8"))
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`)
  }
}
