import { rfc2822, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import { fromUnits } from '#server/twilio/simulator/price.ts';

/** The account itself, its balance and what it used. */
export const accountRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}.json', answer: fetchAccount },
  { method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}/Balance.json', answer: fetchBalance },
  { method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}/Usage/Records.json', answer: listUsage },
];

function fetchAccount({ account }: ApiRequest): Reply {
  const path = `/2010-04-01/Accounts/${account.sid}`;
  const body = {
    sid: account.sid,
    owner_account_sid: account.sid,
    friendly_name: account.friendlyName,
    auth_token: account.authToken,
    status: 'active',
    type: 'Full',
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    uri: `${path}.json`,
    subresource_uris: {
      messages: `${path}/Messages.json`,
      incoming_phone_numbers: `${path}/IncomingPhoneNumbers.json`,
      available_phone_numbers: `${path}/AvailablePhoneNumbers.json`,
      balance: `${path}/Balance.json`,
    },
  };
  return { status: 200, body };
}

function fetchBalance({ account }: ApiRequest): Reply {
  return { status: 200, body: { account_sid: account.sid, balance: fromUnits(account.balance), currency: 'USD' } };
}

/** Two categories, all time: enough to compare with the application's ledger. */
function listUsage(request: ApiRequest): Reply {
  const wanted = request.query.get('Category');
  const records = ['sms-outbound', 'sms-inbound'].filter((category) => !wanted || wanted === category).map((category) => usageOf(request, category));
  const body = {
    usage_records: records,
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, records.length - 1),
    uri: request.path,
    first_page_uri: `${request.path}?PageSize=50&Page=0`,
    next_page_uri: null,
    previous_page_uri: null,
  };
  return { status: 200, body };
}

function usageOf({ simulator, account, path }: ApiRequest, category: string) {
  let count = 0;
  let segments = 0;
  let units = 0;
  for (const message of simulator.messages.newestFirst(account.sid, null)) {
    if ((message.direction === 'inbound') !== (category === 'sms-inbound')) continue;
    count++;
    segments += message.segments;
    if (message.price) units += Math.round(Number(message.price.replace('-', '').replace('.', '')));
  }
  const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
  return {
    account_sid: account.sid,
    api_version: '2010-04-01',
    as_of: new Date(simulator.clock.now()).toISOString().replace(/\.\d+Z$/, '+00:00'),
    category,
    description: category === 'sms-inbound' ? 'Inbound SMS' : 'Outbound SMS',
    count: String(count),
    count_unit: 'messages',
    usage: String(segments),
    usage_unit: 'segments',
    price: fromUnits(units),
    price_unit: 'usd',
    start_date: new Date(account.createdAt).toISOString().slice(0, 10),
    end_date: today,
    subresource_uris: {},
    uri: `${path}?Category=${category}`,
  };
}
