/** Asks for the figure in the frame of all pages, where the list itself is not shown. */
export const unreadInput = { ps: 1 } as const;
