import { forceApproval, REJECTIONS } from '#server/twilio/simulator/content/approval.ts';
import { whatsAppTypeOf, type ApprovalStatus, type Content } from '#server/twilio/simulator/content/content.ts';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { pageReply } from '#server/twilio/simulator/phones/frame.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

const NEWEST_SHOWN = 100;

/** What one can do to a template here, by the status that it has. */
const DECISIONS: Record<ApprovalStatus, ApprovalStatus[]> = {
  unsubmitted: [],
  received: ['approved', 'rejected'],
  pending: ['approved', 'rejected'],
  approved: ['paused', 'disabled'],
  rejected: ['approved'],
  paused: ['approved', 'disabled'],
  disabled: ['approved'],
};

const DECISION_WORDS: Partial<Record<ApprovalStatus, string>> = { approved: 'Approve', rejected: 'Reject', paused: 'Pause', disabled: 'Disable' };

/** The templates of all accounts, newest first, where one decides in Meta's place. */
export function templatesPage(simulator: Simulator): Reply {
  const contents = [...simulator.accounts.values()].flatMap((account) => account.contents).toSorted((a, b) => b.createdAt - a.createdAt);
  const content = html`
<h1>Templates at Meta</h1>
<p class="lead">A template is approved ten seconds after it was submitted. A word in its name makes it go otherwise: ${Object.keys(REJECTIONS).join(', ')}, recat (approved as marketing), pause (approved, paused, approved again), disable. Or decide here.</p>
<div id="templates" data-live>${contents.slice(0, NEWEST_SHOWN).map(card)}
${contents.length === 0 ? html`<p class="empty" id="none">No account has a template yet. Submit one, and it waits here for its approval.</p>` : null}</div>`;
  return pageReply('/templates', 'Templates', content);
}

/** Decides as the form of this page says; false when there is no such template any more. */
export function decide(simulator: Simulator, form: URLSearchParams): boolean {
  const status = Object.keys(DECISION_WORDS).find((one) => one === form.get('status')) as ApprovalStatus | undefined;
  for (const account of simulator.accounts.values()) {
    const content = account.contents.find((one) => one.sid === form.get('sid'));
    if (!content || !status) continue;
    forceApproval(simulator, account, content, { status });
    return true;
  }
  return false;
}

function card(content: Content): Html {
  const { approval } = content;
  const { name, type } = whatsAppTypeOf(content);
  const status = approval?.status ?? 'unsubmitted';
  const tone = status === 'approved' ? 'good' : status === 'rejected' || status === 'disabled' ? 'bad' : '';
  const decisions = DECISIONS[status].map((one) => html`<button class="plain small" name="status" value="${one}" id="${one}-${content.sid}">${DECISION_WORDS[one] ?? one}</button> `);
  return html`<section class="card" id="${content.sid}" aria-label="${approval?.name ?? content.friendlyName}">
<h2>${approval?.name ?? content.friendlyName} <span class="${tone}">${status}</span></h2>
<p dir="auto">${type.body ?? type.title ?? ''}</p>
<p class="hint">${approval ? `${approval.category.toLowerCase()} · ` : ''}${content.language} · ${name} · ${content.sid}</p>
${approval?.rejectionReason ? html`<p class="hint bad">${approval.rejectionReason}</p>` : null}
<form method="post" action="/templates"><input type="hidden" name="sid" value="${content.sid}">${decisions}</form>
</section>`;
}
