import type { RuleAction, RuleView } from '#server/domain/automation/schema.ts';

export type Match = RuleView['match'];
export type ActionType = RuleAction['type'];

export const matchNames: Readonly<Record<Match, string>> = { exact: 'Is exactly', starts_with: 'Starts with', contains: 'Contains' };
export const matchHints: Readonly<Record<Match, string>> = {
  exact: 'The whole message is the word. Case, blanks, quotes and full stops around it do not matter.',
  starts_with: 'The word comes first, as a whole word: “join us” starts with JOIN, “joining” does not.',
  contains: 'The word stands anywhere, as a whole word.',
};

export const actionNames: Readonly<Record<ActionType, string>> = {
  reply: 'Answer', add_tag: 'Add a tag', remove_tag: 'Remove a tag', add_to_list: 'Add to a list', subscribe: 'Subscribe', notify: 'Notify devices', webhook: 'Call a webhook',
};

/** What an action does, short: for a row of the list. */
export function describeAction(action: RuleAction, listNames: ReadonlyMap<string, string>): string {
  switch (action.type) {
    case 'reply': return `Answers “${action.text.length > 60 ? `${action.text.slice(0, 60)}…` : action.text}”`;
    case 'add_tag': return `Adds the tag ${action.tag}`;
    case 'remove_tag': return `Removes the tag ${action.tag}`;
    case 'add_to_list': return `Adds to ${listNames.get(action.listId) ?? 'a deleted list'}`;
    case 'subscribe': return 'Records consent';
    case 'notify': return 'Notifies devices';
    case 'webhook': return `Calls ${URL.canParse(action.url) ? new URL(action.url).host : action.url}`;
  }
}
