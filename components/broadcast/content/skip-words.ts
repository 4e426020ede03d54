import type { Skip } from '#server/channels/channel.ts';

const words: Record<Skip, string> = {
  missing_variable: 'gets nothing: a value is missing', empty_message: 'gets nothing: the text is empty for this person', message_too_long: 'gets nothing: the text is longer than 1,600 characters',
  outside_24h_window: 'gets nothing: silent for 24 hours, and there is no template', marketing_not_delivered: 'gets nothing: Meta delivers no marketing to the US',
};

/** Why a person gets no message, after their name. */
export const skipWords = (skip: string): string => Object.entries(words).find(([reason]) => reason === skip)?.[1] ?? 'gets nothing';
