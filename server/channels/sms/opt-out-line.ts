/** A text that names STOP as a word tells people how to leave by itself. */
export const namesStop = (text: string): boolean => /(?<![\p{L}\p{N}_])stop(?![\p{L}\p{N}_])/iu.test(text);

/** The text with the line under it, unless it says the same already or there is no line. */
export const withOptOutLine = (text: string, line: string | null): string => (!line || namesStop(text) ? text : `${text}\n${line}`);
