import type { Options } from "tsup"

/** One door per module beside the main one; see "exports" in package.json. */
const doors = ["scoring", "partition", "coverage", "performance", "report"]

const config: (options: Options) => Options = (options) => ({
  entry: { index: "src/index.ts", ...Object.fromEntries(doors.map((door) => [door, `src/${door}/index.ts`])) },
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  splitting: true, // one copy of every class, also across the CJS doors
  treeshake: true,
  sourcemap: true,
  clean: options.dts !== false, // `--no-dts` (the demo) must not delete the types of a full build
  // Bundled, with their notices in LICENSE: kdbush, the d3 modules and clipper2-ts are ESM only and would break require() in Jest and older
  // Node releases; the Node build of the LP solver would load fs and child_process.
  // simple-statistics takes logarithms, which have to be ours (below).
  noExternal: ["kdbush", /^d3-/, "javascript-lp-solver", "clipper2-ts", "simple-statistics"],
  esbuildOptions(esbuild) {
    esbuild.conditions = ["browser", "import", "default"]
    esbuild.mainFields = ["module", "main"]
    // sines and logarithms of libraries too, so that every engine computes the same bits
    esbuild.inject = [...(esbuild.inject ?? []), "src/math/exact/in-libraries.ts"]
  },
  // TypeScript 6 refuses the baseUrl that tsup's declaration build sets
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
})

export default config
