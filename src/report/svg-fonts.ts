import { markup, type Markup } from "./markup.js"

/** The reader's own sans serif: nothing is fetched. */
export const SVG_FONTS: Markup = markup`system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif`
