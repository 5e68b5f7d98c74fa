import { expect, test } from "vitest"
import { placeLabels } from "../../src/report/place-labels.js"

// pixels that Chromium measures for semibold DejaVu Sans of 13 px, the widest of the usual fonts
test.each([["Pamela Ansman-Wolfe", 163.2], ["Tete Mensa-Annan", 135.0], ["Linda Mitchell", 102.9], ["ZIP 503", 55.5]])("%s stays inside the map at either edge", (text, width) => {
  for (const x of [0, 400]) {
    const [label] = placeLabels([{ text, x, y: 100 }], 13, 400, 200)
    expect(label.x - width / 2).toBeGreaterThanOrEqual(0)
    expect(label.x + width / 2).toBeLessThanOrEqual(400)
  }
})
