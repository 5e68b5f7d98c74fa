/** Columns that a terminal gives a character: none to combining marks, two to East Asian wide ones and emoji, else one. */
function columnsOf(character: string): number {
  const code = character.codePointAt(0) as number
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200d) || (code >= 0xfe00 && code <= 0xfe0f)) return 0
  const wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3)
  return wide || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) || (code >= 0x1f300 && code <= 0x1faff) ? 2 : 1
}

/** Columns that a text takes in a terminal (the main ranges of Unicode Annex 11). */
export function textColumns(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOf(character)
  return columns
}

/** About how wide a text is in a proportional sans serif, in font sizes; a little too wide rather than too narrow. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) {
    const columns = columnsOf(character)
    width += columns === 2 ? 1 : columns === 0 ? 0 : /[ilj.,:;'|!()[\] ]/.test(character) ? 0.32 : /[A-Zmw@%&\u2014]/.test(character) ? 0.74 : 0.57
  }
  return width
}

/** The text, or as much of its beginning as has room, with an ellipsis. */
export function cutText(text: string, widthInSizes: number): string {
  if (textWidth(text) <= widthInSizes) return text
  let kept = ""
  let width = textWidth("\u2026")
  for (const character of text) {
    width += textWidth(character)
    if (width > widthInSizes) break
    kept += character
  }
  return `${kept.trimEnd()}\u2026`
}

/** Words in lines that have room; a word that has none on a line of its own is cut. */
export function wrapText(text: string, widthInSizes: number): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`
    if (textWidth(longer) <= widthInSizes) {
      line = longer
      continue
    }
    if (line !== "") lines.push(line)
    line = cutText(word, widthInSizes)
  }
  return line === "" ? lines : [...lines, line]
}
