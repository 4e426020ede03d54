import { APPROVAL_STATUSES, CATEGORIES, type Content } from '#server/twilio/simulator/content/content.ts';
import { forceApproval } from '#server/twilio/simulator/content/approval.ts';
import { readOneOf, readOptionalText, readText, type Fields } from '#server/twilio/simulator/control/fields.ts';
import type { ControlRequest } from '#server/twilio/simulator/control/routes.ts';
import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** The templates of one account, or of all, with their approvals as the simulator keeps them. */
export function listTemplates(simulator: Simulator, { query }: ControlRequest): { contents: Content[] } {
  const accountSid = query.get('accountSid');
  const accounts = [...simulator.accounts.values()].filter((account) => !accountSid || account.sid === accountSid);
  return { contents: accounts.flatMap((account) => account.contents) };
}

/** `{sid, status?, category?, reason?}` or `{name, …}`: decides about a template at once; what was scripted for it is dropped. */
export function decideTemplate(simulator: Simulator, _: ControlRequest, body: Fields): { content: Content } {
  const { account, content } = find(simulator, body);
  const change = {
    status: readOneOf(body, 'status', [...APPROVAL_STATUSES]),
    category: readOneOf(body, 'category', [...CATEGORIES]),
    reason: readOptionalText(body, 'reason'),
  };
  forceApproval(simulator, account, content, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
  return { content };
}

function find(simulator: Simulator, body: Fields): { account: Account; content: Content } {
  const { sid, name } = { sid: readOptionalText(body, 'sid'), name: readOptionalText(body, 'name') };
  if (!sid && !name) readText(body, 'sid');
  for (const account of simulator.accounts.values()) {
    const content = account.contents.find((one) => (sid ? one.sid === sid : one.approval?.name === name));
    if (content) return { account, content };
  }
  throw new Error(`no template ${sid ?? name}`);
}
