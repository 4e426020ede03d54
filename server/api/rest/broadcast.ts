import { operation, type Operation } from '#server/api/rest/operation.ts';
import { smsExample, whatsappExample } from '#server/api/rest/examples.ts';
import { cancelBroadcast } from '#server/domain/broadcast/cancel.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';
import { decideApproval } from '#server/domain/broadcast/decide-approval.ts';
import { deleteBroadcast } from '#server/domain/broadcast/delete.ts';
import { listBroadcasts } from '#server/domain/broadcast/list.ts';
import { pauseBroadcast } from '#server/domain/broadcast/pause.ts';
import { previewBroadcast } from '#server/domain/broadcast/preview.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import { releaseBroadcast } from '#server/domain/broadcast/release.ts';
import { reportBroadcast } from '#server/domain/broadcast/report.ts';
import { requestApproval } from '#server/domain/broadcast/request-approval.ts';
import { resumeBroadcast } from '#server/domain/broadcast/resume.ts';
import { retryFailed } from '#server/domain/broadcast/retry-failed.ts';
import {
  approvalView, broadcastInput, broadcastPage, broadcastView, createBroadcastInput, listBroadcastsInput, previewView,
  reportView, resumeBroadcastInput, retryFailedInput, sendBroadcastInput, sendView, updateBroadcastInput,
} from '#server/domain/broadcast/schema.ts';
import { setBudgetInput } from '#server/domain/budget/schema.ts';
import { decideApprovalInput, testSendInput, testSendView } from '#server/domain/review/schema.ts';
import { sendBroadcast } from '#server/domain/broadcast/send.ts';
import { setBudget } from '#server/domain/broadcast/set-budget.ts';
import { testSend } from '#server/domain/broadcast/test-send.ts';
import { updateBroadcast } from '#server/domain/broadcast/update.ts';
import { exportDeliveries } from '#server/domain/delivery/export.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { deliveryPage, exportBroadcastInput, listDeliveriesInput } from '#server/domain/delivery/schema.ts';

const tag = 'Broadcasts';
const one = { tag, input: broadcastInput };

export const broadcastOperations: Operation[] = [
  operation({
    method: 'post', path: '/broadcast', aliases: ['/repository/create/email_broadcast'], tag, status: 201, summary: 'Create a draft',
    description: '`channel` decides how it is sent; `type` repeats it and may be left out. Lists are named by slug or id; a person in several lists gets one message.',
    input: createBroadcastInput, output: broadcastView, examples: { sms: smsExample, whatsapp: whatsappExample }, run: createBroadcast,
  }),
  operation({ method: 'get', path: '/broadcast', tag, summary: 'List broadcasts, newest first', input: listBroadcastsInput, output: broadcastPage, shape: 'page', run: listBroadcasts }),
  operation({ ...one, method: 'get', path: '/broadcast/{id}', summary: 'Read a broadcast', output: broadcastView, run: readBroadcast }),
  operation({
    method: 'patch', path: '/broadcast/{id}', tag, summary: 'Change a draft', description: 'What is left out stays. With `version` the change is refused when somebody else saved meanwhile (409 `version_conflict`).',
    input: updateBroadcastInput, output: broadcastView, run: updateBroadcast,
  }),
  operation({ ...one, method: 'delete', path: '/broadcast/{id}', summary: 'Delete a draft', status: 204, shape: 'nothing', run: deleteBroadcast }),
  operation({ ...one, method: 'post', path: '/broadcast/{id}/preview', summary: 'Count recipients, segments, cost and time; sends nothing', output: previewView, run: previewBroadcast }),
  operation({
    method: 'post', path: '/broadcast/{id}/send', tag, status: 202, summary: 'Send, now or later',
    description: '`scheduledAt` books one moment for all, `timeZone` names the zone in which it was chosen. `localSendAt` books the same hour on each recipient\'s own wall clock. With `fixAudience` who joins after the booking gets nothing. Without any of them it leaves at once; booking again moves the start.\n\n'
      + 'Checked in order: token, organisation, broadcast, state (409), agreement (402), Twilio, sender, template, recipients (422), a second person\'s approval where the organisation asks for one (409 `approval_required`). With an `Idempotency-Key` a repeat gets the same answer and sends nothing twice.',
    input: sendBroadcastInput, fromHeaders: { idempotencyKey: 'Idempotency-Key' }, isBodyOptional: true, output: sendView, run: sendBroadcast,
    examples: { now: {}, later: { scheduledAt: '2027-03-08T09:00:00-05:00', timeZone: 'America/New_York' }, localTime: { localSendAt: '2027-03-08T09:00', fixAudience: true } },
  }),
  operation({ ...one, method: 'post', path: '/broadcast/{id}/pause', summary: 'Pause a broadcast that is sending', output: broadcastView, run: pauseBroadcast }),
  operation({
    method: 'post', path: '/broadcast/{id}/resume', tag, summary: 'Go on with a paused broadcast', description: 'With `more` so many messages, then it pauses again.',
    input: resumeBroadcastInput, isBodyOptional: true, output: broadcastView, run: resumeBroadcast,
  }),
  operation({ ...one, method: 'post', path: '/broadcast/{id}/release', summary: 'End the hold of `holdSeconds` now', output: broadcastView, run: releaseBroadcast }),
  operation({ method: 'patch', path: '/broadcast/{id}/budget', tag, summary: 'Change the budget of a broadcast on its way', input: setBudgetInput, output: broadcastView, run: setBudget }),
  operation({
    method: 'post', path: '/broadcast/{id}/retry', tag, status: 201, summary: 'Make a draft for the failed recipients', description: 'By `causes`, or all that may pass. Landlines and people who opted out are never among them.',
    input: retryFailedInput, isBodyOptional: true, output: broadcastView, run: retryFailed,
  }),
  operation({ ...one, method: 'post', path: '/broadcast/{id}/cancel', summary: 'Cancel; what Twilio has not taken yet is not sent', output: broadcastView, run: cancelBroadcast }),
  operation({ method: 'get', path: '/broadcast/{id}/deliveries', tag, summary: 'One row per recipient', input: listDeliveriesInput, output: deliveryPage, shape: 'page', run: listDeliveries }),
  operation({
    method: 'get', path: '/broadcast/{id}/deliveries.csv', tag, shape: 'file', summary: 'One row per recipient, as a CSV file that streams',
    description: 'UTF-8 with a byte order mark. `search` takes the operators of the delivery log, for example `code:30007 to:US`. A viewer gets numbers masked.',
    input: exportBroadcastInput, run: (ctx, { id, ...filter }) => exportDeliveries(ctx, { ...filter, broadcastId: id }),
  }),
  operation({ ...one, method: 'get', path: '/broadcast/{id}/report', summary: 'Counts, cost per currency, errors by reason', output: reportView, run: reportBroadcast }),
  operation({
    method: 'post', path: '/broadcast/{id}/test', tag, status: 202, summary: 'Send a draft to at most five numbers, to try it',
    description: 'With the values of `contactId`, or of the first of the audience. Paced, checked and charged as every send, in no list, report or cap. `testId` names a broadcast whose deliveries can be read.',
    input: testSendInput, output: testSendView, run: testSend,
  }),
  operation({
    ...one, method: 'post', path: '/broadcast/{id}/approval', summary: 'Ask a second person to approve the draft as it stands',
    description: 'Where the organisation sets a threshold of recipients or cost. The approval is bound to text, recipients, sender, rules and ceilings: any change makes it void.', output: approvalView, run: requestApproval,
  }),
  operation({ method: 'post', path: '/broadcast/approvals/{approvalId}/decision', tag, summary: 'Approve or reject, as another owner or admin', input: decideApprovalInput, output: approvalView, run: decideApproval }),
];
