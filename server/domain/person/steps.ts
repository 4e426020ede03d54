import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { channels, type ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import type { ContactRow, Step } from '#server/domain/person/may-message.ts';
import type { TwilioSide } from '#server/domain/person/twilio-side.ts';
import { openAmong } from '#server/domain/sender/window.ts';

export const step = (code: Step['code'], status: Step['status'], title: string, detail = '', until: Date | null = null): Step => ({ code, status, title, detail, until: until?.toISOString() ?? null });

export function numberStep({ phone }: ContactRow): Step {
  if (phone === null) return step('number', 'fail', 'No phone number', 'Add one to reach them.');
  const reading = readPhone(phone, null, { refuseLandlines: true });
  if (reading.phone === null && reading.kind === 'landline') return step('number', 'warn', 'Their number is a landline', 'Most landlines get no texts.');
  if (reading.phone === null) return step('number', 'warn', 'Their number is in no known range', `${reading.problem} It is tried all the same.`);
  return step('number', 'pass', 'Number is known and valid');
}

/** `left`: what the intent transaction asks, opt-outs from the one sender included. */
export function optOutStep({ phone, optedOut, optedOutAt }: ContactRow, left: Set<string>, sender: string | null): Step {
  if (optedOut) return step('opt_out', 'fail', 'Opted out', optedOutAt ? `On ${optedOutAt.toISOString().slice(0, 10)}. Only a new consent ends it.` : 'Only a new consent ends it.');
  if (phone !== null && left.has(phone)) return step('opt_out', 'fail', `Left this sender`, `They want nothing from ${sender}. Another sender may write to them.`);
  return step('opt_out', 'pass', 'Not opted out');
}

export function twilioStep({ isBlocked, words }: TwilioSide): Step {
  if (isBlocked) return step('twilio', 'fail', 'Blocked by Twilio', words ?? '');
  return words ? step('twilio', 'warn', 'Twilio is not told yet', words) : step('twilio', 'pass', 'No block at Twilio that we know of');
}

/** Whether somebody agreed is for people to know: nothing that was recorded is no lie, and no proof either. */
export function consentStep({ consentSource, consentAt }: ContactRow): Step {
  if (!consentSource) return step('consent', 'warn', 'No consent recorded', 'Broadcasts reach them all the same. Record where they agreed, so that you can prove it.');
  return step('consent', 'pass', 'Consent recorded', `${consentSource}${consentAt ? `, ${consentAt.toISOString().slice(0, 10)}` : ''}`);
}

/** P69-P72: openAmong decides, as it does for each message. */
export async function windowStep(tx: Tx, ctx: Context, channel: ChannelId, sender: string | null, recipient: string): Promise<Step> {
  const { windowSeconds: seconds, label } = channels[channel];
  if (seconds === null) return step('window', 'pass', `${label} has no window`, 'They need not have written first.');
  const open = await openAmong(tx, ctx, { sender, seconds }, [recipient]);
  if (!open.has(recipient)) return step('window', 'warn', 'Approved templates only', 'They have not written within 24 hours.');
  const [last] = await rows<{ until: string }>(tx, sql`
    select last_inbound_at + make_interval(secs => ${seconds}) as until from conversation where organization_id = ${ctx.organizationId} and sender = ${sender} and recipient = ${recipient}`);
  return step('window', 'pass', 'Window is open', 'Anything may be written until it closes.', last ? new Date(last.until) : null);
}
