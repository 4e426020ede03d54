import { submitContent } from '#server/twilio/simulator/content/approval.ts';
import { readSubmission } from '#server/twilio/simulator/content/submission.ts';
import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { findContent } from '#server/twilio/simulator/resources/content.ts';
import { showApproval } from '#server/twilio/simulator/resources/content-json.ts';

const APPROVALS = '/v1/Content/{Sid}/ApprovalRequests';

/** Approvals by WhatsApp: ask for one, see how it stands. */
export const approvalRequestRoutes: ApiRoute[] = [
  { method: 'POST', host: 'content.twilio.com', path: `${APPROVALS}/whatsapp`, answer: requestApproval },
  { method: 'GET', host: 'content.twilio.com', path: APPROVALS, answer: fetchApproval },
];

function requestApproval(request: ApiRequest): Reply {
  const content = findContent(request);
  submitContent(request.simulator, request.account, content, readSubmission(request.body, content));
  return { status: 201, body: showApproval(content) };
}

function fetchApproval(request: ApiRequest): Reply {
  const content = findContent(request);
  const url = `${request.origin}/v1/Content/${content.sid}/ApprovalRequests`;
  return { status: 200, body: { sid: content.sid, account_sid: content.accountSid, whatsapp: { type: 'whatsapp', ...showApproval(content) }, url } };
}
