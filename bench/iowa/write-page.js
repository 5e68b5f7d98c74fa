/** Widths of the drawings, pixels: for a page, and for a phone. */
const WIDE = 720
const NARROW = 384

/** One page that opens from disk: leads, drawings, tables. */
export function writePage(title, intro, conclusions, sections, source) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h1 { line-height: 1.2 } h2 { margin: 3rem 0 .5rem; padding-top: 1rem; border-top: 1px solid #ccd; font-size: 1.25rem }
p, li { max-width: 46rem } .lead { font-size: 1.05rem } .note, footer { color: #555; font-size: .9rem }
.said { background: #f3f6f9; border-left: 4px solid #0b5fa5; padding: .75rem 1rem .75rem 2rem; margin: 1rem 0 } .said li + li { margin-top: .5rem }
figure { margin: 1.25rem 0 } figcaption { font-weight: 600; color: #333; max-width: 46rem; margin-bottom: .25rem; font-size: .9rem }
svg { max-width: 100%; height: auto; display: block } .phone { display: none }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem }
th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid #ddd; white-space: nowrap } th { white-space: normal; vertical-align: bottom; line-height: 1.25 } .n { text-align: right }
th { min-width: 3.25rem } th:first-child, td:first-child { position: sticky; left: 0; background: #fff } th.part { white-space: nowrap } .pale { color: #777; background: #f4f4f4 } .part { background: #eef4fa; font-style: italic } .apart { font-weight: 600; color: #a03a00 }
@media (max-width: 600px) { body { margin: 1rem auto; font-size: 15px } h1 { font-size: 1.5rem } .page { display: none } .phone { display: block } th, td { padding: .25rem .45rem } td.long { white-space: normal; min-width: 6.5rem } }
@media print { section { break-inside: avoid-page } }
</style><h1>${escape(title)}</h1>${paragraphs(intro, "lead")}
<ul class="said">${conclusions.map((text) => `<li>${strong(text)}</li>`).join("")}</ul>
${sections.map((part, s) => `<section><h2>${escape(part.title)}</h2><p class="lead">${escape(part.lead)}</p>${part.charts.map((chart, c) => figure(chart, `s${s}c${c}`)).join("")}${part.tables.map(table).join("")}${paragraphs(part.notes, "note")}</section>`).join("\n")}
<footer><p>${escape(source)}</p></footer></html>\n`
}

/** Drawn twice, since letters of a shrunken picture cannot be read. */
function figure({ caption, draw }, idPrefix) {
  return `<figure><figcaption>${escape(caption)}</figcaption><div class="page">${draw(WIDE, `${idPrefix}-page`)}</div><div class="phone">${draw(NARROW, `${idPrefix}-phone`)}</div></figure>`
}

function table({ caption = "", rows, isPale = (_) => false, isPart = (_) => false }) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort((a, b) => place(rows, a) - place(rows, b))
  const columns = names.map((name) => {
    const isNumber = rows.some((row) => typeof row[name] === "number")
    const classes = [isNumber ? "n" : rows.some((row) => String(row[name]).length > 18) ? "long" : "", isPale(name) ? "pale" : "", isPart(name) ? "part" : ""].filter(Boolean).join(" ")
    return { name, classes, decimals: rows.some((row) => typeof row[name] === "number" && !Number.isInteger(row[name])) ? 1 : 0 }
  })
  const cell = (row, { name, classes, decimals }) => `<td class="${classes}${row[name] === "above" || row[name] === "below" ? " apart" : ""}">${show(row[name], decimals)}</td>`
  return `<figure>${caption === "" ? "" : `<figcaption>${escape(caption)}</figcaption>`}<div class="wide"><table><thead><tr>${columns.map(({ name, classes }) => `<th scope="col" class="${classes}">${escape(name)}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${columns.map((column) => cell(row, column)).join("")}</tr>`).join("\n")}</tbody></table></div></figure>`
}

/** The order in which the first row names its fields. */
function place(rows, name) {
  return Object.keys(rows[0]).indexOf(name)
}

function paragraphs(texts, kind) {
  return texts.map((text) => `<p class="${kind}">${escape(text)}</p>`).join("")
}

/** What stands before the first colon is said loud. */
function strong(text) {
  const [head, ...rest] = text.split(": ")
  return rest.length === 0 ? escape(text) : `<b>${escape(head)}:</b> ${escape(rest.join(": "))}`
}

function show(value, decimals) {
  return value === null || value === undefined ? "" : typeof value === "number" ? value.toLocaleString("en-US", { minimumFractionDigits: decimals }) : escape(value)
}

function escape(value) {
  return String(value).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/(\d) %/g, "$1\u00a0%")
}
