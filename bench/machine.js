import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { fileURLToPath } from "node:url"

const ROOT = new URL("../", import.meta.url)

/** What a table needs to be read later: machine, versions, date. */
export function describeMachine() {
  const { version, devDependencies } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"))
  const packages = ["@turf/clusters-kmeans", "highs", "yalps", "javascript-lp-solver"].map((name) => `${name} ${devDependencies[name]}`)
  return [
    `${new Date().toISOString().slice(0, 10)}; Node ${process.versions.node}; ${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, shared with others`,
    `Equiterra ${version}${commit()}; ${packages.join(", ")}`,
  ]
}

/** Where the sources are under git, which state of them ran. */
function commit() {
  try {
    const git = (...words) => execFileSync("git", words, { cwd: fileURLToPath(ROOT), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim()
    return ` at ${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--", "src") === "" ? "" : " with changes"}`
  } catch {
    return ""
  }
}
