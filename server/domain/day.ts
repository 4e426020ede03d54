import * as z from 'zod';

/** A day as a form names it, within what the database counts. */
export const day = z.iso.date().refine((text) => text >= '2000-01-01', 'Choose a day from 2000-01-01 on.');
