import type { Content } from '#server/twilio/simulator/content/content.ts';
import { readContentRequest } from '#server/twilio/simulator/content/content-request.ts';
import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { showContent, showContentAndApproval } from '#server/twilio/simulator/resources/content-json.ts';
import { notFound, TwilioError } from '#server/twilio/simulator/twilio-error.ts';

const ONE = '/v1/Content/{Sid}';

/** Content templates: create, list, fetch, change, delete. JSON bodies, unlike the rest of Twilio. */
export const contentRoutes: ApiRoute[] = [
  { method: 'GET', host: 'content.twilio.com', path: '/v1/Content', answer: (request) => list(request, request.account.contents) },
  { method: 'POST', host: 'content.twilio.com', path: '/v1/Content', answer: createContent },
  { method: 'GET', host: 'content.twilio.com', path: ONE, answer: (request) => ({ status: 200, body: showContent(request, findContent(request)) }) },
  { method: 'PUT', host: 'content.twilio.com', path: ONE, answer: updateContent },
  { method: 'DELETE', host: 'content.twilio.com', path: ONE, answer: deleteContent },
  { method: 'GET', host: 'content.twilio.com', path: '/v1/ContentAndApprovals', answer: (request) => listWithApprovals(request, request.account.contents) },
  { method: 'GET', host: 'content.twilio.com', path: '/v2/Content', answer: (request) => list(request, matching(request)) },
  { method: 'GET', host: 'content.twilio.com', path: '/v2/ContentAndApprovals', answer: (request) => listWithApprovals(request, matching(request)) },
];

/** The content of the path, if this account has it; else 20404. */
export function findContent(request: ApiRequest): Content {
  const content = request.account.contents.find((one) => one.sid === request.params.Sid);
  if (!content) throw notFound(request.path);
  return content;
}

function createContent(request: ApiRequest): Reply {
  const { simulator, account } = request;
  const now = simulator.clock.now();
  const wanted = readContentRequest(request.body);
  const content: Content = { ...wanted, sid: simulator.newSid('HX'), accountSid: account.sid, createdAt: now, updatedAt: now, approval: null };
  // Newest first, as the lists show them.
  account.contents.unshift(content);
  simulator.revision++;
  return { status: 201, body: showContent(request, content) };
}

function updateContent(request: ApiRequest): Reply {
  const content = findContent(request);
  if (content.approval) throw new TwilioError(20001, `Invalid parameter: ${content.sid} was submitted for approval and can not be changed any more`);
  Object.assign(content, readContentRequest(request.body), { updatedAt: request.simulator.clock.now() });
  request.simulator.revision++;
  return { status: 200, body: showContent(request, content) };
}

/** The template goes too, its name stays taken. */
function deleteContent(request: ApiRequest): Reply {
  const content = findContent(request);
  request.account.contents = request.account.contents.filter((one) => one !== content);
  request.simulator.revision++;
  return { status: 204 };
}

function list(request: ApiRequest, contents: Content[]): Reply {
  const page = pageOf(request, contents, (content) => content.sid);
  return { status: 200, body: metaEnvelope(request, 'contents', page, (content) => showContent(request, content)) };
}

function listWithApprovals(request: ApiRequest, contents: Content[]): Reply {
  const page = pageOf(request, contents, (content) => content.sid);
  return { status: 200, body: metaEnvelope(request, 'contents', page, showContentAndApproval) };
}

/** The search of version 2. Twilio takes patterns for names and texts; here they are parts of them. */
function matching({ query, account }: ApiRequest): Content[] {
  const holds = (text: string, name: string) => text.toLowerCase().includes((query.get(name) ?? '').toLowerCase());
  const isOneOf = (words: string[], name: string) => query.getAll(name).length === 0 || words.some((word) => query.getAll(name).includes(word));
  const after = Date.parse(query.get('DateCreatedAfter') ?? '') || -Infinity;
  const before = Date.parse(query.get('DateCreatedBefore') ?? '') || Infinity;
  const found = account.contents.filter((content) =>
    holds(content.friendlyName, 'ContentName') && holds(JSON.stringify(content.types), 'Content') && isOneOf([content.language], 'Language') &&
    isOneOf(Object.keys(content.types), 'ContentType') && isOneOf([`whatsapp:${content.approval?.status ?? 'unsubmitted'}`], 'ChannelEligibility') &&
    content.createdAt >= after && content.createdAt <= before);
  return sorted(found, query);
}

function sorted(contents: Content[], query: URLSearchParams): Content[] {
  const byName = query.get('SortByContentName');
  const byDate = query.get('SortByDate');
  if (byName) return contents.toSorted((a, b) => a.friendlyName.localeCompare(b.friendlyName) * (byName === 'desc' ? -1 : 1));
  return byDate ? contents.toSorted((a, b) => (a.updatedAt - b.updatedAt) * (byDate === 'desc' ? -1 : 1)) : contents;
}
