import type { ContentCreateRequest } from 'twilio/lib/rest/content/v1/content.js';
import type { ContentApprovalRequest } from 'twilio/lib/rest/content/v1/content/approvalCreate.js';
import { reading, type Reading } from '#server/twilio/account.ts';
import type { TwilioClient } from '#server/twilio/client.ts';

/** The types of a Content by Twilio's name, such as twilio/text, with the fields that each has. */
export type ContentTypes = Record<string, Record<string, unknown>>;
export type NewContent = { friendlyName: string; language: string; /** Samples by position. */ variables: Record<string, string>; types: ContentTypes };

/** Where a Content stands with WhatsApp; `status` is Twilio's word, `unsubmitted` until an approval was asked for. */
export type Approval = { name: string; category: string; status: string; reason: string | null };
export type ContentState = NewContent & { sid: string; approval: Approval | null };

const MOST_CONTENTS = 20_000;
const PAGE = 500;

/** Makes a Content: POST /v1/Content, a JSON body. Nobody outside of the account knows of it until an approval is asked for. */
export const createContent = (client: TwilioClient, { friendlyName, language, variables, types }: NewContent): Promise<Reading<{ sid: string }>> =>
  reading(async () => {
    // The SDK writes its fields as they are given, so the request has Twilio's own names, which the SDK's type has not.
    const body = { friendly_name: friendlyName, language, variables, types } as unknown as ContentCreateRequest;
    const { sid } = await client.content.v1.contents.create(body);
    if (!/^HX[0-9a-f]{32}$/i.test(sid ?? '')) throw new Error('Twilio answered without the SID of the content.');
    return { sid };
  });

/** Asks Meta for its approval through Twilio. The name is Meta's for ever: it cannot be asked for twice. */
export const submitApproval = (client: TwilioClient, sid: string, { name, category }: { name: string; category: string }): Promise<Reading<Approval>> =>
  reading(async () => {
    const body = { name, category: category.toUpperCase() } as unknown as ContentApprovalRequest;
    return approvalOf({ ...(await client.content.v1.contents(sid).approvalCreate.create(body)).toJSON() }, { name, category });
  });

/** All contents of the account with their approvals, in one listing (facts/twilio.md §7.6). */
export const listContents = (client: TwilioClient): Promise<Reading<ContentState[]>> =>
  reading(async () => (await client.content.v1.contentAndApprovals.list({ limit: MOST_CONTENTS, pageSize: PAGE })).map((content) => ({
    sid: content.sid, friendlyName: content.friendlyName ?? '', language: content.language, variables: textsOf(content.variables), types: typesOf(content.types),
    approval: isRecord(content.approvalRequests) ? approvalOf(content.approvalRequests) : null,
  })));

/** The approval of one content. */
export const fetchApproval = (client: TwilioClient, sid: string): Promise<Reading<Approval | null>> =>
  reading(async () => {
    const { whatsapp } = await client.content.v1.contents(sid).approvalFetch().fetch();
    return isRecord(whatsapp) ? approvalOf(whatsapp) : null;
  });

/** Deletes it at Twilio, and with it the template at Meta. One that is not there is deleted. */
export const deleteContent = (client: TwilioClient, sid: string): Promise<Reading<null>> =>
  reading(async () => {
    try { await client.content.v1.contents(sid).remove(); } catch (error) {
      if ((error as { status?: unknown }).status !== 404) throw error;
    }
    return null;
  });

/** Field names as the JSON has them, or as the SDK renames those that it knows. */
function approvalOf(given: Record<string, unknown>, asked: { name: string; category: string } = { name: '', category: '' }): Approval {
  const reason = given.rejection_reason ?? given.rejectionReason;
  return {
    name: textOf(given.name) || asked.name, category: (textOf(given.category) || asked.category).toLowerCase(), status: textOf(given.status).toLowerCase(),
    reason: textOf(reason) || null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown) => (isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textOf(text)])) : {});
const typesOf = (value: unknown): ContentTypes => (isRecord(value) ? Object.fromEntries(Object.entries(value).flatMap(([name, fields]) => (isRecord(fields) ? [[name, fields]] : []))) : {});
