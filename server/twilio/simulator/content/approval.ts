import { variablesIn, whatsAppTypeOf, type Approval, type ApprovalStatus, type ApprovalStep, type Content, type ContentCategory } from '#server/twilio/simulator/content/content.ts';
import type { Submission } from '#server/twilio/simulator/content/submission.ts';
import { reportApproval } from '#server/twilio/simulator/events/approval-event.ts';
import type { Account } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { TwilioError } from '#server/twilio/simulator/twilio-error.ts';

/** Seconds after the submit. */
const PENDING_AFTER = 3;
const DECIDED_AFTER = 10;
const PAUSED_AFTER = 20;
const RESUMED_AFTER = 40;
const DISABLED_AFTER = 30;

/** Why Meta says no, by a word in the template's name. The first is for a name that only says `reject`. */
export const REJECTIONS: Record<string, string> = {
  reject_category:
    'INCORRECT_CATEGORY: The content of this template does not match the category that was chosen. A template that promotes an offer or a product belongs to MARKETING.',
  reject_format: 'INVALID_FORMAT: The variable parameters, the formatting or the sample content of this template are not valid.',
  reject_end: 'INVALID_FORMAT: Variable parameters can not be at the start or at the end of the template.',
  reject_scam: 'SCAM: This template asks people for money, passwords or other sensitive information, which the WhatsApp Commerce Policy does not allow.',
};

/** Sends a content to the reviewers. A name of the same language never comes back; a content goes there once. Throws 20001. */
export function submitContent(simulator: Simulator, account: Account, content: Content, submission: Submission): Approval {
  const { name, category } = submission;
  const used = `${name}|${content.language}`;
  if (content.approval) throw new TwilioError(20001, `Invalid parameter: ${content.sid} was submitted for approval before, as ${content.approval.name}`);
  if (account.usedTemplateNames.includes(used)) throw new TwilioError(20001, `Invalid parameter: the name ${name} was used before for a template in ${content.language}`);
  account.usedTemplateNames.push(used);
  const approval: Approval = { name, category, contentType: whatsAppTypeOf(content).name, status: 'received', rejectionReason: '', steps: [] };
  approval.steps = plan(simulator, account, content, approval);
  content.approval = approval;
  content.updatedAt = simulator.clock.now();
  simulator.revision++;
  armApproval(simulator, account, content);
  return approval;
}

/** Waits for the next decision on a content, after its submit or after a restart. */
export function armApproval(simulator: Simulator, account: Account, content: Content): void {
  const step = content.approval?.steps[0];
  if (!step) return;
  simulator.clock.at(step.at, () => {
    if (content.approval?.steps[0] !== step || !account.contents.includes(content)) return;
    content.approval.steps.shift();
    changeApproval(simulator, account, content, step);
    armApproval(simulator, account, content);
  });
}

/** Applies a decision at once and reports each change to the event sinks; a status other than rejected takes the reason away. */
export function changeApproval(simulator: Simulator, account: Account, content: Content, change: Omit<ApprovalStep, 'at'>): void {
  const { approval } = content;
  if (!approval) return;
  const before = { status: approval.status, category: approval.category };
  approval.category = change.category ?? approval.category;
  approval.status = change.status ?? approval.status;
  approval.rejectionReason = approval.status === 'rejected' ? (change.reason ?? (approval.rejectionReason || rejectionOf(approval.name))) : '';
  content.updatedAt = simulator.clock.now();
  simulator.revision++;
  if (approval.category !== before.category) reportApproval(simulator, account, content, { kind: 'category_update', before: before.category, after: approval.category });
  if (approval.status !== before.status) reportApproval(simulator, account, content, { kind: 'status_update', before: before.status, after: approval.status });
}

/** Forces a status or category at once and drops what was still to come, as a reviewer out of turn. */
export function forceApproval(simulator: Simulator, account: Account, content: Content, change: { status?: ApprovalStatus; category?: ContentCategory; reason?: string }): void {
  content.approval ??= { name: content.friendlyName, category: change.category ?? 'UTILITY', contentType: whatsAppTypeOf(content).name, status: 'unsubmitted', rejectionReason: '', steps: [] };
  content.approval.steps = [];
  changeApproval(simulator, account, content, change);
}

function plan(simulator: Simulator, account: Account, content: Content, approval: Approval): ApprovalStep[] {
  const { name } = approval;
  const at = (seconds: number) => simulator.clock.now() + (seconds * 1000) / simulator.config.all.speed;
  const pending: ApprovalStep = { at: at(PENDING_AFTER), status: 'pending' };
  const reason = name.includes('reject') ? rejectionOf(name) : objectionTo(account, content);
  if (reason) return [pending, { at: at(DECIDED_AFTER), status: 'rejected', reason }];
  const steps: ApprovalStep[] = [pending, { at: at(DECIDED_AFTER), status: 'approved', ...(name.includes('recat') ? { category: 'MARKETING' } : {}) }];
  if (name.includes('pause')) steps.push({ at: at(PAUSED_AFTER), status: 'paused' }, { at: at(RESUMED_AFTER), status: 'approved' });
  if (name.includes('disable')) steps.push({ at: at(PAUSED_AFTER), status: 'paused' }, { at: at(DISABLED_AFTER), status: 'disabled' });
  return steps;
}

function rejectionOf(name: string): string {
  const word = Object.keys(REJECTIONS).find((one) => name.includes(one)) ?? 'reject_category';
  return REJECTIONS[word] ?? '';
}

/** What Meta's own machine finds in any template. */
function objectionTo(account: Account, content: Content): string | null {
  const { name, type } = whatsAppTypeOf(content);
  const text = JSON.stringify([content.language, content.types]);
  const twin = account.contents.find((one) => one !== content && one.approval && one.approval.status !== 'rejected' && JSON.stringify([one.language, one.types]) === text);
  if (twin) return `INVALID_FORMAT: This template has the same content as an existing template, ${twin.approval?.name}.`;
  const body = type.body ?? '';
  const words = body.replace(/\{\{\s*\w+\s*\}\}/g, ' ').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const variables = variablesIn(body).length;
  // Scripts without blanks between words would always look too short.
  const hasBlanks = /[A-Za-z]/.test(body);
  if (name !== 'whatsapp/authentication' && variables > 0 && hasBlanks && words < 2 * variables + 1) {
    return 'INVALID_FORMAT: This template contains too many variable parameters relative to the message length. Decrease the number of variable parameters or increase the message length.';
  }
  return null;
}
