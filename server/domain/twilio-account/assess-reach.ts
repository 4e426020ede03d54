import type { DoorProbe } from '#server/domain/twilio-account/probe-door.ts';
import type { CheckView } from '#server/domain/twilio-account/schema.ts';
import type { Reading } from '#server/twilio/account.ts';

/** What was tried beside the account itself. Null: it could not be tried. */
export type Reach = { door: DoorProbe | null; contents: Reading<null> | null; /** Seconds that our clock is ahead. */ clockSkew: Reading<number> };

/** The way between Twilio and this installation in words: our door, the Content API, the clocks. Pure. */
export function assessReach({ door, contents, clockSkew }: Reach, publicUrl: string, hasWhatsApp: boolean): CheckView[] {
  return [...(door ? [assessDoor(door, publicUrl)] : []), ...(contents ? [assessContents(contents, hasWhatsApp)] : []), assessClock(clockSkew)];
}

function assessDoor(door: DoorProbe, publicUrl: string): CheckView {
  const name = 'Webhook door';
  if ('failure' in door) {
    return { name, status: 'warn', detail: `This server cannot reach ${publicUrl} itself: ${door.failure}.`, fix: 'Open the address from another network. If it works there, your network keeps servers from calling their own address, and the callbacks below are the proof. Otherwise mend PUBLIC_URL, DNS or the proxy.' };
  }
  const { signed, unsigned, milliseconds } = door;
  if (unsigned !== 403) return { name, status: 'fail', detail: `A request without a signature was answered with ${unsigned} in place of 403: something other than this application answers at ${publicUrl}.`, fix: 'Have the proxy hand /connect/webhook to this application, unchanged.' };
  if (signed !== 204) return { name, status: 'fail', detail: `A request signed as Twilio signs was answered with ${signed} in place of 204, so statuses and replies are refused.`, fix: 'Have the proxy leave path, query and body as they are, and give all processes the same ENCRYPTION_KEY and PUBLIC_URL.' };
  return { name, status: 'pass', detail: `A signed request through ${publicUrl} was taken in ${milliseconds} ms, and one without a signature was refused.`, fix: null };
}

function assessContents(contents: Reading<null>, hasWhatsApp: boolean): CheckView {
  const name = 'Content API';
  if (contents.ok) return { name, status: 'pass', detail: 'Twilio shows the templates of the account.', fix: null };
  const detail = contents.status === null ? 'Twilio does not answer.' : `Twilio did not show the templates: ${contents.message}`;
  return { name, status: hasWhatsApp ? 'fail' : 'warn', detail, fix: 'WhatsApp templates cannot be read or submitted. Check status.twilio.com, and that the API key may use Content.' };
}

const OFF = 5; // s; the header has whole seconds, and the answer took its time
const FAR_OFF = 60; // s; schedules and expiry go visibly wrong

function assessClock(skew: Reading<number>): CheckView {
  const name = 'Clock';
  if (!skew.ok) return { name, status: 'warn', detail: 'Twilio did not tell its time.', fix: 'Check the network of this server, and test again.' };
  const seconds = Math.abs(skew.value);
  if (seconds <= OFF) return { name, status: 'pass', detail: `This server and Twilio agree to within ${OFF} seconds.`, fix: null };
  const detail = `This server's clock is ${seconds} seconds ${skew.value > 0 ? 'ahead of' : 'behind'} Twilio's.`;
  return { name, status: seconds > FAR_OFF ? 'fail' : 'warn', detail, fix: 'Switch on time synchronisation (NTP) on this server: schedules and quiet hours follow its clock.' };
}
