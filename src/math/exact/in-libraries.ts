/**
 * What the bundled libraries (projections, spatial index, statistics) get in place of the functions of `Math` that
 * engines round differently: tsup.config.ts injects these names into every bundled file.
 *
 * @module
 */
export { acos as "Math.acos", asin as "Math.asin" } from "./asin.js"
export { atan as "Math.atan", atan2 as "Math.atan2" } from "./atan2.js"
export { cos as "Math.cos" } from "./cos.js"
export { exp as "Math.exp" } from "./exp.js"
export { hypot as "Math.hypot" } from "./hypot.js"
export { log as "Math.log" } from "./log.js"
export { log1p as "Math.log1p" } from "./log1p.js"
export { log2 as "Math.log2" } from "./log2.js"
export { log10 as "Math.log10" } from "./log10.js"
export { pow as "Math.pow" } from "./pow.js"
export { sin as "Math.sin" } from "./sin.js"
export { tan as "Math.tan" } from "./tan.js"
