/** The reader's own sans serif: nothing is fetched. */
export const SVG_FONTS: string = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
