export type Step = { title: string; text: string; label: string; code: string };

/** From nothing to a sent broadcast, in lines that work when pasted one after the other. */
export function quickStart(baseUrl: string, email: string): Step[] {
  return [
    {
      title: 'Get a token', label: 'Sign in', text: 'It is good for 12 hours. Ending its session in Settings → Organisation ends it at once.',
      code: `TOKEN=$(curl -s ${baseUrl}/profile/signin \\
  -H 'Content-Type: application/json' \\
  -d '{"data":{"email":"${email}","password":"YOUR PASSWORD"}}' \\
  | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    },
    {
      title: 'Create a draft', label: 'Create', text: 'Lists are named by their slug. The line keeps the id of the broadcast for the next ones.',
      code: `ID=$(curl -s ${baseUrl}/broadcast \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"data":{
    "broadcastName": "March promo",
    "channel": "sms",
    "content": "{{firstName}}, 20% off this weekend with code MAR20: https://acme.app/m",
    "recipientMethod": "lists",
    "selectedLists": ["sms-promotions"]
  }}' \\
  | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')`,
    },
    {
      title: 'Look before you send', label: 'Preview', text: 'Recipients, segments, cost and time, and every check that would stop the send. Nothing is sent.',
      code: `curl -s -X POST ${baseUrl}/broadcast/$ID/preview \\
  -H "Authorization: Bearer $TOKEN"`,
    },
    {
      title: 'Send', label: 'Send', text: 'With the same Idempotency-Key a repeat gets the same answer and sends nothing twice. 402 means that the agreement is not accepted yet.',
      code: `curl -s -X POST ${baseUrl}/broadcast/$ID/send \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Idempotency-Key: march-promo-1'`,
    },
    {
      title: 'See what became of it', label: 'Report', text: 'Counts and cost; /deliveries in place of /report has one row per recipient.',
      code: `curl -s ${baseUrl}/broadcast/$ID/report \\
  -H "Authorization: Bearer $TOKEN"`,
    },
  ];
}
