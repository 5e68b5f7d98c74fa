const FORMAT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 })

/** An amount as a sentence shows it: 1,033,483.12; small ones by three digits, 0.00123. */
export function formatAmount(amount: number): string {
  return amount !== 0 && Math.abs(amount) < 0.1 ? String(Number(amount.toPrecision(3))) : FORMAT.format(amount)
}

/** "1 account", "51 accounts". */
export function formatCount(count: number, one: string, many: string): string {
  return `${FORMAT.format(count)} ${count === 1 ? one : many}`
}
