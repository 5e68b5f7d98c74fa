import { expect, test } from "vitest"
import * as equiterra from "../src/index.js"

/** Exported constants: whatever is no function and no class. */
const constants = Object.entries(equiterra).filter(([, value]) => typeof value !== "function")

test("defaults are called DEFAULT_ and what they are the defaults of, as everywhere", () => {
  expect(constants.map(([name]) => name).filter((name) => name.includes("DEFAULT")).sort()).toEqual([
    "DEFAULT_ACTIONS_OPTIONS",
    "DEFAULT_AREA_OPTIONS",
    "DEFAULT_CATERPILLAR_OPTIONS",
    "DEFAULT_CHANGE_OPTIONS",
    "DEFAULT_COMPARE_OPTIONS",
    "DEFAULT_COVERAGE_OPTIONS",
    "DEFAULT_CSV_OPTIONS",
    "DEFAULT_DENSITY_OPTIONS",
    "DEFAULT_EFFICIENCY_OPTIONS",
    "DEFAULT_EXPLORE_OPTIONS",
    "DEFAULT_FACTOR",
    "DEFAULT_FUNNEL_OPTIONS",
    "DEFAULT_KPI",
    "DEFAULT_MAP_OPTIONS",
    "DEFAULT_PARTITION_OPTIONS",
    "DEFAULT_PERFORMANCE_OPTIONS",
    "DEFAULT_REPORT_INPUT",
    "DEFAULT_RULE_OPTIONS",
    "DEFAULT_SALES_MODEL_OPTIONS",
    "DEFAULT_SCALE",
    "DEFAULT_SLOPE_OPTIONS",
    "DEFAULT_TABLE_OPTIONS",
    "DEFAULT_TEST_PLAN_OPTIONS",
    "DEFAULT_TOLERANCE",
    "DEFAULT_WHITE_SPACE_OPTIONS",
    "DEFAULT_WORKLOAD_OPTIONS",
  ])
})

test("no exported constant can be changed, however deep", () => {
  const isFrozen = (value: unknown): boolean => typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  expect(constants.filter(([, value]) => !isFrozen(value)).map(([name]) => name)).toEqual([])
})
