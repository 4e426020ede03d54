// The limit that dispatch is measured against: the same POSTs by undici alone, no database, no pace, no protocol.
import { Agent, request } from 'undici';

const [url = '', accountSid = '', authorization = '', from = '', messagingServiceSid = '', total = '0'] = process.argv.slice(2);
const agent = new Agent({ connections: 256, pipelining: 1 });
const headers = { authorization: `Basic ${Buffer.from(authorization).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' };
let next = 0;

async function run() {
  while (next < Number(total)) {
    const i = next++;
    const body = new URLSearchParams({
      To: `+1${2024000000 + i}`, From: from, MessagingServiceSid: messagingServiceSid, Body: `Name${i}, 20% off this weekend with code MAR20`, ValidityPeriod: '900',
      StatusCallback: `http://localhost:3000/connect/webhook/twilio/status?orgid=00000000-0000-0000-0000-000000000000&attempt=${String(i).padStart(32, '0')}#rc=5&rp=all`,
    }).toString();
    const answer = await request(`${url}/2010-04-01/Accounts/${accountSid}/Messages.json`, { method: 'POST', headers, body, dispatcher: agent });
    await answer.body.json();
  }
}
await Promise.all(Array.from({ length: 256 }, run));
await agent.close();
