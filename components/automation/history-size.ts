/** Messages of a rule's history on a page. */
export const HISTORY_SIZE = 25;
