// Run inside a copy of the project: the files of the plan in MUTANT_PLAN, in its order, in one process.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { BaseSequencer } from "vitest/node"

const root = fileURLToPath(new URL("../..", import.meta.url))
/** @type {{ files: string[] }} */
const { files } = JSON.parse(readFileSync(String(process.env.MUTANT_PLAN), "utf8"))

class InOrder extends BaseSequencer {
  async sort(specifications) {
    const place = (one) => files.findIndex((file) => one.moduleId.endsWith(`/${file}`))
    return [...specifications].sort((a, b) => place(a) - place(b))
  }
}

export default {
  root,
  resolve: { alias: { equiterra: `${root}src/index.ts` } },
  test: {
    include: files,
    runner: `${root}bench/mutants/runner.js`,
    testTimeout: 36_000_000,
    hookTimeout: 36_000_000,
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    isolate: false,
    sequence: { sequencer: InOrder },
  },
}
