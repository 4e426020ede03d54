import * as z from 'zod';

/** What a rule does when it wins, in this order. */
export const ruleAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reply'), text: z.string().trim().min(1).max(1600) }),
  z.object({ type: z.literal('add_tag'), tag: z.string().trim().toLowerCase().min(1).max(50) }),
  z.object({ type: z.literal('remove_tag'), tag: z.string().trim().toLowerCase().min(1).max(50) }),
  z.object({ type: z.literal('add_to_list'), listId: z.uuid() }),
  /** Records their consent with the words that they agreed to; a stranger becomes a contact. */
  z.object({ type: z.literal('subscribe'), consentText: z.string().trim().min(10).max(1000) }),
  z.object({ type: z.literal('notify'), text: z.string().trim().min(1).max(200) }),
  z.object({ type: z.literal('webhook'), url: z.url().max(2000) }),
]);
export type RuleAction = z.infer<typeof ruleAction>;
