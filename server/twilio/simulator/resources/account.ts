import { rfc2822, type ApiRequest, type ApiRoute, type Reply } from '#server/twilio/simulator/http.ts';
import { fromUnits } from '#server/twilio/simulator/price.ts';

/** The account itself and its balance. */
export const accountRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}.json', answer: fetchAccount },
  { method: 'GET', host: 'api.twilio.com', path: '/2010-04-01/Accounts/{AccountSid}/Balance.json', answer: fetchBalance },
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
