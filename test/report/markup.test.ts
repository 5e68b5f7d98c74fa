import fc from "fast-check"
import { expect, test } from "vitest"
import { escapeText, joinMarkup, markup, visibleText } from "../../src/report/markup.js"
import { HOSTILE } from "./sample.js"
import { readDocument } from "./well-formed.js"

test("markup and attribute characters are escaped, the backtick too", () => {
  expect(escapeText(`<a b="c" d='e'>&\``)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;")
})

test("controls that reorder text are removed, other controls and half surrogates become visible", () => {
  expect(visibleText("a\u202eb\u2066c\u200f")).toBe("abc")
  expect(visibleText("a\nb\tc")).toBe("a b c")
  expect(visibleText("a\u0000b\u001b[31m\u009b")).toBe("a\ufffdb\ufffd[31m\ufffd")
  expect(visibleText("x\ud800y")).toBe("x\ufffdy")
  expect(visibleText("\ud83d\ude00 \u00e9 \u6771")).toBe("\ud83d\ude00 \u00e9 \u6771")
})

test("every interpolated string is escaped, markup is not escaped twice", () => {
  const inner = markup`<b>${HOSTILE}</b>`
  const whole = markup`<p title="${HOSTILE}">${inner}${[inner, inner]}${null}${7}</p>`.markup
  expect(readDocument(whole).elements.map((element) => element.name)).toEqual(["p", "b", "b", "b"])
  expect(whole).not.toContain("<img")
  expect(joinMarkup([inner, inner]).markup).toBe(inner.markup + inner.markup)
})

test("an object that only looks like markup, as parsed JSON may, is text", () => {
  const forged = JSON.parse(`{ "markup": ${JSON.stringify(HOSTILE)} }`) as string
  expect(markup`<p>${forged}${[forged as never]}</p>`.markup).toBe("<p>[object Object][object Object]</p>")
})

test("whatever the text, a document with it stays well formed and has only its own elements", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const { elements } = readDocument(markup`<p title="${text}">${text}</p>`.markup)
    return elements.length === 1
  }))
  fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }), (text) => {
    return readDocument(markup`<p title="${text}">${text}</p>`.markup).elements.length === 1
  }))
})

test("a million characters take linear time", () => {
  expect(escapeText("<".repeat(1_000_000))).toHaveLength(4_000_000)
})
