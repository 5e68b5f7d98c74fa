/**
 * Text that is already safe inside HTML and SVG. Only {@link markup} and {@link joinMarkup} make it: it is a class, and none
 * that is exported, so that no object of a caller's (`{ markup: "<img ...>" }` in a stored plan) can pass for it.
 */
export type Markup = SafeText

class SafeText {
  /** Not there when it runs: it keeps the compiler from taking objects of the same form. */
  private declare readonly brand: true
  constructor(readonly markup: string) {}
}

type Part = string | number | Markup | readonly Markup[] | null

/**
 * Builds HTML and SVG: the literal parts are taken as they are, every interpolated string is escaped. So a name cannot
 * become a tag by forgetting a call; it would take a call to let it.
 *
 * Interpolate strings and finite numbers (escaped), markup or lists of markup (as they are), null (nothing).
 */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = literals[0]
  for (let p = 0; p < parts.length; p++) text += render(parts[p]) + literals[p + 1]
  return new SafeText(text)
}

/** Lists of markup as one, without anything between. */
export function joinMarkup(parts: readonly Markup[]): Markup {
  return new SafeText(parts.map((part) => part.markup).join(""))
}

function render(part: Part): string {
  if (part === null) return ""
  if (typeof part === "string") return escapeText(part)
  if (part instanceof SafeText) return part.markup
  return Array.isArray(part) ? part.map(render).join("") : escapeText(String(part))
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
  ["`", "&#96;"],
])

/** A caller's string as text or attribute value of HTML or SVG: made visible by {@link visibleText}, then escaped. O(length). */
export function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (character) => ENTITIES.get(character) as string)
}

/**
 * A caller's string as a reader may see it: without the controls that reorder text (Unicode TR9: an id must not be able to
 * show itself as another one), with line breaks and tabs as blanks, and with U+FFFD for what neither XML nor a terminal may
 * be given (other controls, noncharacters, half a surrogate pair). O(length).
 */
export function visibleText(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\t\n\r\u2028\u2029]/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/gu, "\ufffd")
}
