import { readFileSync, writeFileSync } from "node:fs"

const START = "<!-- bench: what follows is written by npm run bench -- --markdown -->"
const END = "<!-- bench: end -->"

/**
 * Replaces what stands between the two marks of a Markdown file.
 *
 * @param {string} path
 * @param {string} text
 */
export function fillMarks(path, text) {
  const page = readFileSync(path, "utf8")
  const [from, to] = [page.indexOf(START), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`--markdown ${path}: must have the lines ${START} and ${END}`)
  writeFileSync(path, `${page.slice(0, from + START.length)}\n\n${text.trim()}\n\n${page.slice(to)}`)
}
