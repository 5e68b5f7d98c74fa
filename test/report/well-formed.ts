/** Elements of HTML that have no end tag. */
const VOID = ["meta", "br", "hr", "img", "input", "link"]

/** One element of a document, as found. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/**
 * Reads a document by the rules of XML (void elements of HTML and the doctype excepted) and throws at the first breach: a tag
 * that is not closed or closes another, an attribute without quotes or given twice, a stray < or &, a character that XML
 * forbids. Independent of the writer under test.
 */
export function readDocument(text: string): { elements: readonly Element[]; texts: readonly string[] } {
  const elements: Element[] = []
  const texts: string[] = []
  const open: string[] = []
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) throw new Error("forbidden character")
  let at = text.startsWith("<!doctype html>") ? 15 : 0
  while (at < text.length) {
    if (text[at] !== "<") {
      const end = text.indexOf("<", at) === -1 ? text.length : text.indexOf("<", at)
      const piece = text.slice(at, end)
      // a style element holds no markup; elsewhere every & begins an entity and no > stands alone
      if (open.at(-1) !== "style" && /&(?!(amp|lt|gt|quot|#39|#96);)|>/.test(piece)) throw new Error(`stray & or > in ${piece}`)
      texts.push(piece)
      at = end
      continue
    }
    const end = text.indexOf(">", at)
    const tag = text.slice(at + 1, end)
    if (end === -1 || tag.includes("<")) throw new Error(`stray < at ${text.slice(at, at + 60)}`)
    at = end + 1
    if (tag.startsWith("/")) {
      const name = open.pop()
      if (name !== tag.slice(1)) throw new Error(`</${tag.slice(1)}> closes <${name}>`)
      continue
    }
    const shape = /^([a-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9-]*="[^"<]*")*)(\/?)$/.exec(tag)
    if (shape === null) throw new Error(`not a tag: <${tag}>`)
    const attributes = new Map<string, string>()
    for (const [, name, value] of shape[2].matchAll(/\s+([A-Za-z][A-Za-z0-9-]*)="([^"]*)"/g)) {
      if (attributes.has(name)) throw new Error(`${name} twice in <${tag}>`)
      if (/&(?!(amp|lt|gt|quot|#39|#96);)/.test(value)) throw new Error(`stray & in <${tag}>`)
      attributes.set(name, value)
    }
    elements.push({ name: shape[1], attributes })
    if (shape[3] === "" && !VOID.includes(shape[1])) open.push(shape[1])
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`)
  return { elements, texts }
}

/** Whether a document could run or fetch anything. */
export function reachesOut({ elements }: { readonly elements: readonly Element[] }): string[] {
  return elements.flatMap(({ name, attributes }) => {
    const found = ["script", "img", "image", "iframe", "object", "embed", "link", "foreignObject", "a", "animate", "set"].includes(name) ? [`<${name}>`] : []
    for (const [key, value] of attributes) {
      if (/^on/i.test(key)) found.push(`${key} of <${name}>`)
      if (["href", "src", "xlink:href"].includes(key) && !value.startsWith("#")) found.push(`${key}="${value}"`)
      if (/url\(/i.test(value) && !/^url\(#[A-Za-z0-9-]+\)$/.test(value)) found.push(`${key}="${value}"`)
    }
    return found
  })
}
