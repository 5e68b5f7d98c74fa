/** All numbers of a text, in order; anything else is an error. */
export function readNumbers(text) {
  const numbers = text.trim().split(/\s+/).map(Number)
  if (numbers.some((number) => !Number.isFinite(number))) throw new Error("the file is to hold numbers only")
  return numbers
}
