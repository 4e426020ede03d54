/** Remembers the folded rail, in a cookie so that the first paint is already right. */
export const RAIL_COOKIE = 'rail';
