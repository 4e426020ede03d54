import type { FieldError } from '#components/ui/error-summary.tsx';
import type { RuleAction, RuleView } from '#server/domain/automation/schema.ts';
import type { ActionType, Match } from './words.ts';

/** A rule as it stands in the form: what is typed stays typed. `key`: for the list of actions on the page only. */
export type RuleDraft = { name: string; match: Match; keywords: string; senders: string[]; isEnabled: boolean; onceHours: string; actions: Array<RuleAction & { key: number }> };

let keys = 0;
const keyed = (action: RuleAction) => ({ ...action, key: keys++ });

const empties: Readonly<Record<ActionType, RuleAction>> = {
  reply: { type: 'reply', text: '' }, add_tag: { type: 'add_tag', tag: '' }, remove_tag: { type: 'remove_tag', tag: '' }, add_to_list: { type: 'add_to_list', listId: '' },
  subscribe: { type: 'subscribe', consentText: '' }, notify: { type: 'notify', text: '' }, webhook: { type: 'webhook', url: '' },
};
export const emptyAction = (type: ActionType) => keyed(empties[type]);

const emptyDraft = (): RuleDraft => ({ name: '', match: 'exact', keywords: '', senders: [], isEnabled: true, onceHours: '24', actions: [emptyAction('reply')] });

/** Three rules to start from. */
export const examples = {
  join: {
    title: 'JOIN', description: 'Subscribe people, with proof, and welcome them.',
    draft: (): RuleDraft => ({ ...emptyDraft(), name: 'Join', keywords: 'JOIN', actions: [
      keyed({ type: 'subscribe', consentText: 'By texting JOIN you agree to get offers by text, up to 4 a month. Reply STOP to leave.' }),
      keyed({ type: 'reply', text: 'Welcome, {{firstName | default: "friend"}}! You will hear from us up to 4 times a month. Reply STOP to leave, HELP for help.' }),
    ] }),
  },
  hours: {
    title: 'HOURS', description: 'Answer a question that comes every day.',
    draft: (): RuleDraft => ({ ...emptyDraft(), name: 'Opening hours', keywords: 'HOURS, OPEN', actions: [keyed({ type: 'reply', text: 'We are open Monday to Friday, 9 to 5.' })] }),
  },
  'call-me': {
    title: 'CALL ME', description: 'Tag the person and tell your team.',
    draft: (): RuleDraft => ({ ...emptyDraft(), name: 'Call me', match: 'contains', keywords: 'CALL ME', actions: [keyed({ type: 'add_tag', tag: 'call back' }), keyed({ type: 'notify', text: 'Somebody asks to be called' })] }),
  },
} as const;

export const isExample = (name: string): name is keyof typeof examples => Object.hasOwn(examples, name);
export const newDraft = (example: string): RuleDraft => (isExample(example) ? examples[example].draft() : emptyDraft());

export const draftOf = ({ name, match, keywords, senders, isEnabled, onceHours, actions }: RuleView): RuleDraft => ({
  name, match, keywords: keywords.map((keyword) => keyword.toUpperCase()).join(', '), senders, isEnabled, onceHours: String(onceHours), actions: actions.map(keyed),
});

/** As the server takes it; keys of the page are none of its business, and it leaves them out. */
export const inputOf = ({ keywords, onceHours, ...draft }: RuleDraft) => ({ ...draft, keywords: wordsIn(keywords), onceHours: Number(onceHours) });

/** Words with commas or line breaks between them. */
const wordsIn = (text: string): string[] => text.split(/[,\n]/).map((word) => word.trim()).filter(Boolean);

/** What is missing, before the server is asked. Ids of the controls are the fields. */
export function faultsOf(draft: RuleDraft): FieldError[] {
  const hours = Number(draft.onceHours);
  return [
    ...(draft.name.trim() === '' ? [{ field: 'name', message: 'Enter a name for the rule.' }] : []),
    ...(wordsIn(draft.keywords).length === 0 ? [{ field: 'keywords', message: 'Enter the word that people send.' }] : []),
    ...(!Number.isInteger(hours) || hours < 1 || hours > 8760 ? [{ field: 'onceHours', message: 'Enter a number of hours from 1 to 8760.' }] : []),
    ...(draft.actions.length === 0 ? [{ field: 'add-action', message: 'Choose what the rule does.' }] : []),
    ...draft.actions.flatMap(actionFault),
  ];
}

const missing: Record<ActionType, { field: string; message: string }> = {
  reply: { field: 'text', message: 'Write the answer.' }, add_tag: { field: 'tag', message: 'Enter the tag to add.' }, remove_tag: { field: 'tag', message: 'Enter the tag to remove.' },
  add_to_list: { field: 'listId', message: 'Choose a list.' }, subscribe: { field: 'consentText', message: 'Write what people agree to: it is the proof.' },
  notify: { field: 'text', message: 'Write what the notice says.' }, webhook: { field: 'url', message: 'Enter the address to call.' },
};

function actionFault(action: RuleAction, n: number): FieldError[] {
  const { field, message } = missing[action.type];
  const value = Object.entries(action).find(([name]) => name === field)?.[1];
  return typeof value === 'string' && value.trim() === '' ? [{ field: `actions.${n}.${field}`, message }] : [];
}
