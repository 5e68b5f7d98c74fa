/** All numbers of a text, in order; anything else is an error. */
export function readNumbers(text) {
  const words = text.trim() === "" ? [] : text.trim().split(/\s+/)
  const odd = words.find((word) => !Number.isFinite(Number(word)))
  if (odd !== undefined) throw new Error(`is to hold numbers only, not ${JSON.stringify(odd)}`)
  return words.map(Number)
}
