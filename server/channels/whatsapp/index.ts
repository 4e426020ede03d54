import type { Channel, DraftProblem } from '../channel.ts';
import { compileText } from '../text.ts';

/** WhatsApp drafts exist; sending them (templates, window, tiers) is not built yet, so `isSendable` is false. */
export const whatsapp: Channel = {
  label: 'WhatsApp',
  agreementService: 'bulk-sms',
  isSendable: false,
  toAddress: (phone) => `whatsapp:${phone}`,
  toSender: (typed) => (/^whatsapp:\+[1-9]\d{6,14}$/.test(typed) ? typed : null),
  problems: (): DraftProblem[] => [],
  warnings: () => [],
  prepare(draft) {
    const text = compileText(draft.content, draft.missingValues);
    return { text, compose: (person) => ({ method: 'freeform', segments: 1, body: text.render(person).text, missing: [] }) };
  },
};
