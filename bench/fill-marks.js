import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { UsageError } from "./usage-error.js"

const START = "<!-- bench: what follows is written by npm run bench -- --markdown -->"
const END = "<!-- bench: end -->"

/**
 * Replaces what stands between the two marks of a Markdown file.
 *
 * @param {string} path
 * @param {string} text
 */
export function fillMarks(path, text) {
  const { page, from, to } = findMarks(path)
  writeFileSync(path, `${page.slice(0, from + START.length)}\n\n${text.trim()}\n\n${page.slice(to)}`)
}

/**
 * A Markdown file, and where its two marks begin.
 *
 * @param {string} path
 */
export function findMarks(path) {
  if (!existsSync(path)) throw new UsageError(`--markdown ${path}: there is no such file`)
  const page = readFileSync(path, "utf8")
  const [from, to] = [page.indexOf(START), page.indexOf(END)]
  if (from < 0 || to < from) throw new UsageError(`--markdown ${path}: must have the lines ${START} and ${END}`)
  return { page, from, to }
}
