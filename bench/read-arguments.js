import { parseArgs } from "node:util"
import { messageOf, UsageError } from "./usage-error.js"

export const USAGE = `npm run bench -- [options]
  --only CASE          a case by name, by its beginning, or by a pattern such as "hess-*"; may be repeated
  --all                the heavy cases too (1,000,000 accounts)
  --algorithm NAME     one of those that --list shows, or a file of yours, such as ./mine.mjs; may be repeated
  --data FOLDER        has us_zips.csv, us_block_group2020.csv.gz, or both (also in zips/ and census/): adds the United States
  --instances FOLDER   has hess/, cpmp/, cccp/, balanced_kmeans/, ctdp/, or some of them: adds published problems
  --json FILE          one row per case and algorithm, written anew after every row
  --resume             keeps the rows that --json FILE has already, and runs the others
  --markdown FILE      fills the tables between the marks in FILE, as in bench/README.md
  --limit SECONDS      for every run, instead of the limit of its case
  --memory MB          for every run, default 4000
  --seed N             for every case
  --time-limit-ms N    the option timeLimitMs for every case, instead of its own
  --all-centers        also proves a bound over all centers, outside the clock, where centers are accounts
  --list               shows cases and algorithms, runs nothing`

/** The largest memory that a run may take by default. */
const MEMORY = "4000"

/** @param {readonly string[]} words */
export function readArguments(words) {
  const values = parse(words)
  if (values.resume && values.json === undefined) throw new UsageError("--resume: needs --json FILE")
  return {
    ...values,
    limit: number("limit", values.limit),
    memory: /** @type {number} */ (number("memory", values.memory)),
    overrides: { ...named("seed", number("seed", values.seed)), ...named("timeLimitMs", number("time-limit-ms", values["time-limit-ms"])) },
  }
}

/** @param {readonly string[]} words */
function parse(words) {
  try {
    return parseKnown(words)
  } catch (error) {
    throw new UsageError(`${messageOf(error)} (npm run bench -- --help shows all)`)
  }
}

/** @param {readonly string[]} words */
function parseKnown(words) {
  return parseArgs({
    args: [...words],
    options: {
      only: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      algorithm: { type: "string", multiple: true, default: [] },
      data: { type: "string" },
      instances: { type: "string" },
      json: { type: "string" },
      resume: { type: "boolean", default: false },
      markdown: { type: "string" },
      limit: { type: "string" },
      memory: { type: "string", default: MEMORY },
      seed: { type: "string" },
      "time-limit-ms": { type: "string" },
      "all-centers": { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values
}

/**
 * The command that these arguments came from, without what is a matter of the machine: folders and files.
 *
 * @param {ReturnType<typeof readArguments>} args
 */
export function describeCommand({ all, data, instances, only, algorithm, limit, overrides, ...rest }) {
  return [
    "npm run bench --",
    ...only.map((name) => `--only ${name}`),
    ...(all ? ["--all"] : []),
    ...algorithm.map((name) => `--algorithm ${name}`),
    ...(data === undefined ? [] : ["--data FOLDER"]),
    ...(instances === undefined ? [] : ["--instances FOLDER"]),
    ...(limit === undefined ? [] : [`--limit ${limit}`]),
    ...(rest["all-centers"] ? ["--all-centers"] : []),
    ...Object.entries(overrides).map(([name, value]) => (name === "seed" ? `--seed ${value}` : `--time-limit-ms ${value}`)),
    "--markdown FILE",
  ].join(" ")
}

function number(name, text) {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) throw new UsageError(`--${name}: must be a number, 0 or more, got ${text}`)
  return value
}

function named(name, value) {
  return value === undefined ? {} : { [name]: value }
}
