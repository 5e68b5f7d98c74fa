import { markup, type Markup } from "./markup.js"

/**
 * The page's look: light and dark, screen and paper. Fonts are the reader's own; nothing is fetched. Maps stay light on a
 * dark page: their colors are chosen to be told apart on white.
 */
export const REPORT_STYLE: Markup = markup`
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6675; --paper: #fff; --card: #f5f7f9; --line: #dfe4ea; --bar: #5b84b1; --band: #d9e4ef; --good: #1f7a4d; --bad: #b3382c; --flag: #fdf1ee }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --paper: #14181e; --card: #1d232b; --line: #323b47; --bar: #6f9bcb; --band: #2b3a4b; --good: #5cc492; --bad: #f08a7c; --flag: #33211f } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif }
main { max-width: 1240px; margin: 0 auto; padding: 32px 28px 48px }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere }
h2 { font-size: 19px; margin: 44px 0 6px; padding-top: 14px; border-top: 1px solid var(--line) }
h3 { font-size: 15px; margin: 22px 0 6px; overflow-wrap: anywhere }
p { margin: 0 0 10px; max-width: 78ch; overflow-wrap: anywhere }
.lead, .more, figcaption, footer { color: var(--soft) }
.more { margin-top: 6px; font-size: 13px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 22px 0 0 }
.card { background: var(--card); border-radius: 8px; padding: 14px 16px; min-width: 0 }
.card dt { color: var(--soft); font-size: 13px; overflow-wrap: anywhere }
.card dd { margin: 2px 0 0; font-size: 25px; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums }
.card dd + dd { font-size: 13px; font-weight: 400; line-height: 1.4; color: var(--soft); margin-top: 4px }
.good { color: var(--good) }
.bad { color: var(--bad) }
.alert { background: var(--flag); border-left: 4px solid var(--bad); border-radius: 4px; padding: 12px 16px; margin: 18px 0 0 }
.alert p:last-child, .alert ul:last-child { margin-bottom: 0 }
.alert h3 { margin-top: 0 }
ul { margin: 0 0 10px; padding-left: 20px }
li { overflow-wrap: anywhere }
.pair, .stack { display: grid; gap: 8px 28px }
.pair { grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)) }
figure { margin: 10px 0 0; min-width: 0 }
figcaption { font-size: 13px; margin-bottom: 4px }
figcaption b { color: var(--ink); font-size: 15px }
svg.map, svg.chart { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); vertical-align: middle }
th { font-weight: 600; color: var(--soft); vertical-align: bottom; line-height: 1.3 }
table.wide { width: 100% }
table:not(.wide) th, table:not(.wide) td { padding-right: 26px }
td { max-width: 340px; overflow-wrap: break-word }
th.number, td.number { text-align: right; white-space: nowrap }
th.number { white-space: normal }
td.drawing { width: 40%; min-width: 150px; padding-left: 4px }
tfoot td { font-weight: 600; border-bottom: 0 }
.plot { display: block; width: 100%; height: 16px; overflow: visible }
.plot .band { fill: var(--band) }
.plot .bar { fill: var(--bar) }
.plot .out { fill: var(--bad) }
.plot .tick { stroke: var(--soft) }
.plot .mid { stroke: var(--ink) }
.plot .range { stroke: var(--soft) }
.plot .above { fill: var(--good); stroke: var(--good) }
.plot .below { fill: var(--bad); stroke: var(--bad) }
.plot .open { fill: var(--paper); stroke: var(--soft) }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 7px; vertical-align: baseline }
footer { margin-top: 44px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 13px }
@media (max-width: 560px) { main { padding: 20px 16px 32px } h1 { font-size: 23px } th, td { padding-right: 10px } }
@media print {
  :root { color-scheme: light }
  body { font-size: 11px } main { max-width: none; padding: 0 } table { font-size: 10px }
  h2, h3, .lead { break-after: avoid } figure, .card, .alert, tr { break-inside: avoid } .scroll { overflow: visible }
  .pair { grid-template-columns: 1fr 1fr } .card, .alert, .plot { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
