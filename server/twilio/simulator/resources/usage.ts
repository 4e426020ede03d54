import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import type { Message } from '#server/twilio/simulator/model.ts';
import { fromUnits } from '#server/twilio/simulator/price.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const ROOT = '/2010-04-01/Accounts/{AccountSid}/Usage/Records';

/** What an account used: all time, or by UTC day. Carrier fees are not simulated, so that category is empty. */
export const usageRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: `${ROOT}.json`, answer: listUsage },
  { method: 'GET', host: 'api.twilio.com', path: `${ROOT}/Daily.json`, answer: listDailyUsage },
];

const DESCRIPTIONS = { 'sms-outbound': 'Outbound SMS', 'sms-inbound': 'Inbound SMS', 'sms-messages-carrierfees': 'SMS Carrier Fees', 'channels-whatsapp-outbound': 'WhatsApp Outbound', 'channels-whatsapp-inbound': 'WhatsApp Inbound' } as const;
type Category = keyof typeof DESCRIPTIONS;
type Sums = { count: number; segments: number; units: number };

function listUsage(request: ApiRequest): Reply {
  const first = dayOf(request.account.createdAt);
  const records = categories(request).map((category) => record(request, category, first, today(request), total(messagesOf(request, category))));
  return listOf(request, records);
}

function listDailyUsage(request: ApiRequest): Reply {
  const from = request.query.get('StartDate') ?? dayOf(request.account.createdAt);
  const to = request.query.get('EndDate') ?? today(request);
  const records = categories(request).flatMap((category) => {
    const byDay = Map.groupBy(messagesOf(request, category), (message) => dayOf(message.createdAt));
    return [...byDay].filter(([day]) => day >= from && day <= to).sort(([one], [other]) => (one < other ? 1 : -1)).map(([day, messages]) => record(request, category, day, day, total(messages)));
  });
  return listOf(request, records);
}

const categories = ({ query }: ApiRequest) => (Object.keys(DESCRIPTIONS) as Category[]).filter((category) => (query.get('Category') ?? category) === category);

/** What is counted: messages that left, and those that came in. */
function messagesOf({ simulator, account }: ApiRequest, category: Category): Message[] {
  if (category === 'sms-messages-carrierfees') return [];
  const isWanted = (message: Message) => isWhatsApp(message.to) === category.startsWith('channels-whatsapp') && (message.direction === 'inbound') === category.endsWith('-inbound');
  return [...simulator.messages.newestFirst(account.sid, null)].filter((message) => isWanted(message) && !['scheduled', 'canceled'].includes(message.status));
}

function total(messages: Message[]): Sums {
  const sums = { count: 0, segments: 0, units: 0 };
  for (const { segments, price } of messages) {
    sums.count++;
    sums.segments += segments;
    if (price) sums.units += Math.round(Number(price.replace('-', '').replace('.', '')));
  }
  return sums;
}

function record({ simulator, account, path }: ApiRequest, category: Category, start: string, end: string, { count, segments, units }: Sums) {
  return {
    account_sid: account.sid, api_version: '2010-04-01', as_of: new Date(simulator.clock.now()).toISOString().replace(/\.\d+Z$/, '+00:00'),
    category, description: DESCRIPTIONS[category], count: String(count), count_unit: 'messages', usage: String(segments), usage_unit: 'segments',
    price: fromUnits(units), price_unit: 'usd', start_date: start, end_date: end, subresource_uris: {}, uri: `${path}?Category=${category}`,
  };
}

function listOf(request: ApiRequest, records: object[]): Reply {
  const size = Number(request.query.get('PageSize')) || 50;
  const page = Number(request.query.get('Page')) || 0;
  const shown = records.slice(page * size, (page + 1) * size);
  const uri = (n: number) => { const query = new URLSearchParams(request.query); query.set('Page', String(n)); query.set('PageSize', String(size)); return `${request.path}?${query}`; };
  const body = {
    usage_records: shown, page, page_size: size, start: page * size, end: page * size + Math.max(0, shown.length - 1), uri: uri(page), first_page_uri: uri(0),
    next_page_uri: (page + 1) * size < records.length ? uri(page + 1) : null, previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
  return { status: 200, body };
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const today = ({ simulator }: ApiRequest) => dayOf(simulator.clock.now());
