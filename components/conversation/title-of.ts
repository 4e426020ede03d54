import { formatPhone } from '#components/format/phone.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';

/** Their name; a number in the form in which people read it. */
export const titleOf = ({ title }: Pick<ConversationView, 'title'>): string => formatPhone(title);
