import { expect, test } from "vitest"
import { watchFields } from "../src/model/watch-fields.js"

const VALUES: readonly unknown[] = [1, 2, 0, -0, NaN, Infinity, "1", "", null, undefined, true]

test("every change of a value to another is found, of whatever types, in a field that begins as a number or as text, and nothing else", () => {
  for (const first of [7, "seven"]) {
    for (const before of VALUES) {
      for (const after of VALUES) {
        const rows: { v: unknown; w: number }[] = [{ v: first, w: 1 }, { v: before, w: 2 }, { v: first, w: 3 }]
        const findChange = watchFields("rows", rows, new Set(["v", "w", "absent"]))
        expect(findChange?.() ?? null).toBeNull()
        rows[1].v = after
        expect(findChange?.()?.path ?? null, `${String(before)} to ${String(after)}`).toBe(Object.is(before, after) ? null : "rows[1].v")
      }
    }
  }
})
