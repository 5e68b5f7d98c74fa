/** Digits that two amounts in one sentence must share to look the same. */
const DIGITS = 6

/**
 * An amount as a sentence shows it, the same in every locale: 1,033,483.12. Two decimals, or six significant digits where that
 * is more, without zeros at the end. Numbers of 1e21 and more, and below 1e-6, keep their exponent.
 */
export function formatAmount(amount: number): string {
  const size = Math.abs(amount)
  if (size === 0) return "0"
  if (size < 1e-6) return String(Number(amount.toPrecision(DIGITS)))
  const decimals = Math.max(2, DIGITS - 1 - Number(size.toExponential().split("e")[1]))
  return groupThousands(String(Number(amount.toFixed(Math.min(decimals, 100)))))
}

/** A count with its noun: 1 account, 2,296 accounts. */
export function formatCount(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${groupThousands(String(count))} ${count === 1 ? singular : plural}`
}

/** Puts separators into a decimal number: "-1234567.5" becomes "-1,234,567.5". One with an exponent stays as it is. */
export function groupThousands(number: string): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(number) ?? []
  if (whole === undefined) return number
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ?? "")
}
