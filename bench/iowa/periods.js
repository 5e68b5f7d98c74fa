/** From here on nearly all sales can be placed. */
export const FIRST_YEAR = "2018"
/** The year that has not ended, and how far it goes. */
export const PARTIAL = "2022"
export const PARTIAL_MONTHS = "Jan-Oct"
export const LAST_MONTH = "10"
