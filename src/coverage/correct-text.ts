import { compareIds } from "../model/compare-ids.js"
import { nearestId } from "../model/nearest-name.js"

/** A text as it was probably meant, and the question that asks whether it was. */
export interface Correction {
  readonly meant: string
  /** Ends with a question mark: `were leading zeros lost?`. */
  readonly question: string
}

const LOOK_ALIKE = "was it typed in other characters that look alike"

/** What happens to codes on their way through spreadsheets and forms, in the order in which it is undone. */
const MISHAPS: readonly { readonly undo: (text: string) => string; readonly question: string }[] = Object.freeze([
  { undo: (text: string): string => text.replace(/\s+/g, ""), question: "were spaces added" },
  { undo: (text: string): string => text.replace(/\p{Cf}+/gu, ""), question: "were invisible characters added" },
  { undo: (text: string): string => text.normalize("NFKC"), question: "was it typed in full-width characters" },
  { undo: (text: string): string => (/[0-9]/.test(text) ? text.replace(/[Oo]/g, "0") : text), question: "was the letter O typed for the digit 0" },
  { undo: (text: string): string => (/[0-9]/.test(text) ? text.replace(/[Il]/g, "1") : text), question: "was the letter I or l typed for the digit 1" },
  { undo: (text: string): string => (/^[0-9]+\.0+$/.test(text) ? text.slice(0, text.indexOf(".")) : text), question: "was it read as a number with decimals" },
  { undo: withoutPlusFour, question: "is it a ZIP+4 code" },
])

/** The ZIP code of `07001-1234`, also with its leading zeros lost, and of the nine digits without the dash; any other text as it is. */
export function withoutPlusFour(text: string): string {
  if (/^[0-9]{3,5}-[0-9]{4}$/.test(text)) return text.slice(0, -5)
  return /^[0-9]{9}$/.test(text) ? text.slice(0, 5) : text
}

/**
 * Undoes one mishap after the other until a text is one that there is; leading zeros come last. Null: it never is. O(letters).
 *
 * @param withZeros the text with the leading zeros that it may have lost; null where there is no such text
 */
function undoMishaps(text: string, isKnown: (text: string) => boolean, withZeros: (text: string) => string | null): Correction | null {
  const questions: string[] = []
  const found = (meant: string): Correction => ({ meant, question: `${questions.join(", and ")}?` })
  let now = text
  for (const { undo, question } of MISHAPS) {
    const next = undo(now)
    if (next === now) continue
    questions.push(question)
    now = next
    if (isKnown(now)) return found(now)
  }
  const padded = withZeros(now)
  if (padded === null || padded === now || !isKnown(padded)) return null
  questions.push(padded.length > now.length ? "were leading zeros lost" : "were leading zeros added")
  return found(padded)
}

/** A code of `digits` digits as it was probably meant: `7601` as `07601`, `0703O` as `07030`, `07001-1234` as `07001`. O(letters). */
export function correctDigits(text: string, digits: number): Correction | null {
  const isCode = (code: string): boolean => code.length === digits && /^[0-9]+$/.test(code)
  return undoMishaps(text, isCode, (code) => (/^[0-9]+$/.test(code) ? code.padStart(digits, "0") : null))
}

/** Without leading zeros, but for the last. */
const withoutZeros = (text: string): string => text.replace(/^0+(?=.)/, "")
/** What two spellings of a word have in common. */
const folded = (text: string): string => composed(text).toLowerCase()
/** What two texts that look alike have in common. */
const composed = (text: string): string => text.normalize("NFKC").replace(/\p{Cf}+/gu, "").trim().replace(/\s+/g, " ")

/** What tells two texts apart that look alike. */
function askAlike(listed: string, text: string): string {
  let [one, other] = [listed, text]
  // spaces, and invisible characters
  for (const { undo, question } of MISHAPS.slice(0, 2)) {
    one = undo(one)
    other = undo(other)
    if (one === other) return `${question}?`
  }
  return `${LOOK_ALIKE}?`
}

/** Corrects texts by a list of those that there are; of several that would do, the smallest. */
export interface ListCorrector {
  /**
   * @param isNearWanted also listed values that are one or two letters away: O(listed values), for those in other spellings O(letters)
   */
  correct(text: string, isNearWanted: boolean): Correction | null
}

/** Prepares to correct texts by a list. O(listed letters), when it is first needed. */
export function createListCorrector(listed: { readonly size: number; has(text: string): boolean; keys(): Iterable<string> }): ListCorrector {
  let byFold: ReadonlyMap<string, string> | null = null
  let byZeros: ReadonlyMap<string, string> | null = null
  const index = (keyOf: (text: string) => string): ReadonlyMap<string, string> => {
    const found = new Map<string, string>()
    // the smallest of one spelling is written last
    for (const value of [...listed.keys()].sort(compareIds).reverse()) found.set(keyOf(value), value)
    return found
  }
  const ask = (meant: string | undefined): Correction | null => (meant === undefined ? null : { meant, question: `did you mean ${JSON.stringify(meant)}?` })
  return {
    correct(text, isNearWanted) {
      byFold ??= index(folded)
      byZeros ??= index(withoutZeros)
      const zeros = byZeros
      if (listed.has(text.trim())) return { meant: text.trim(), question: "were spaces added?" }
      const like = byFold.get(folded(text))
      if (like !== undefined && composed(like) === composed(text)) return { meant: like, question: askAlike(like, text) }
      const spelling = ask(like) ?? undoMishaps(text, (code) => listed.has(code), (code) => zeros.get(withoutZeros(code)) ?? null)
      if (spelling !== null || !isNearWanted) return spelling
      return ask(nearestId(text, listed) ?? undefined)
    },
  }
}
