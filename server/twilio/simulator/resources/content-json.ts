import type { Approval, Content } from '#server/twilio/simulator/content/content.ts';
import { whatsAppTypeOf } from '#server/twilio/simulator/content/content.ts';
import { iso, type ApiRequest } from '#server/twilio/simulator/http.ts';

/** A content in Twilio's JSON. */
export function showContent(request: ApiRequest, content: Content) {
  const url = `${request.origin}/v1/Content/${content.sid}`;
  return {
    ...coreOf(content),
    url,
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
  };
}

/** A content with its approval, as the ContentAndApprovals lists have it. */
export function showContentAndApproval(content: Content) {
  return { ...coreOf(content), approval_requests: { type: 'whatsapp', ...showApproval(content) } };
}

/** Where a content stands with WhatsApp; one that nobody submitted is `unsubmitted`. */
export function showApproval(content: Content) {
  const approval: Approval = content.approval ?? { name: '', category: 'UTILITY', contentType: whatsAppTypeOf(content).name, status: 'unsubmitted', rejectionReason: '', steps: [] };
  return {
    name: approval.name,
    category: content.approval ? approval.category : '',
    content_type: approval.contentType,
    status: approval.status,
    rejection_reason: approval.rejectionReason,
    allow_category_change: true,
  };
}

function coreOf(content: Content) {
  return {
    sid: content.sid,
    account_sid: content.accountSid,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: iso(content.createdAt),
    date_updated: iso(content.updatedAt),
  };
}
