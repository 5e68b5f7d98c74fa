import { fileURLToPath } from "node:url"
import type { ViteUserConfig } from "vitest/config"

const root = fileURLToPath(new URL("..", import.meta.url))

const config: ViteUserConfig = {
  root,
  resolve: { alias: { equiterra: `${root}src/index.ts` } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, pool: "forks", maxWorkers: 2, isolate: false },
}

export default config
