/**
 * What a failure asks of us. retry: later, by itself · suppress: this person must not be written to again on this channel · configuration: account or
 * number, the broadcast stands still until somebody acts · content: the text or template, likewise · none: this recipient only.
 */
export type ErrorClass = 'retry' | 'suppress' | 'configuration' | 'content' | 'none';

/** Whose turn it is: fix the list, the sender and its registration, or the text; try again later; or nothing at all. */
export type ErrorGroup = 'fix_list' | 'fix_registration' | 'fix_text' | 'try_later' | 'nothing';

/** A failure in words: what happened, what it means, what to do. */
export type ErrorWords = { title: string; help: string; action: string; class: ErrorClass; group: ErrorGroup };

type Entry = [codes: number[], errorClass: ErrorClass, title: string, help: string, action: string];

// Source: facts of Twilio's error dictionary. The words are ours; the code is shown beside them, small.
const catalogue: Entry[] = [
  // People and their numbers
  [[21211], 'suppress', 'Not a phone number', 'Twilio does not know a number like this.', 'Correct the number'],
  [[21265], 'suppress', 'A short code, not a person', 'Short codes cannot get texts.', 'Remove from list'],
  [[21266, 63031], 'none', 'The recipient is the sender', 'A number cannot text itself.', 'Remove from list'],
  [[21268], 'suppress', 'Premium-rate number', 'Twilio does not deliver to premium-rate numbers.', 'Remove from list'],
  [[21610], 'suppress', 'This person opted out', 'They texted STOP. They can return by texting START.', 'Nothing to do'],
  [[21614, 21635, 30006], 'suppress', 'Landline or number that cannot get texts', 'Retrying costs money and will fail.', 'Remove from list'],
  [[30003], 'none', 'Phone was off or out of reach', 'Usually temporary. After several times in a row the number is probably gone.', 'Retry after 24 h'],
  [[30004], 'suppress', 'Blocked by the carrier or the person', 'The number does not take texts from you: a block, a do-not-contact list, or STOP to a toll-free number.', 'Remove from list'],
  [[30005], 'suppress', 'This number is not in use', 'The carrier does not know the number any more.', 'Remove from list'],
  [[30008], 'none', 'The carrier gave no reason', 'The message did not arrive, and the carrier did not say why.', 'Retry once'],
  [[30010], 'none', 'Costs more than the price limit', 'The message was dearer than the highest price set for it.', 'Raise the price limit'],
  [[30410], 'none', 'The carrier did not answer in time', 'Twilio does not try again by itself, so that nobody gets it twice.', 'Retry once'],
  [[21612], 'none', 'Your number cannot reach this number', 'Twilio has no route from your sender to this carrier or country.', 'Use another sender'],
  [[30409], 'none', 'Too late to cancel', 'The message had already left Twilio.', 'Nothing to do'],
  // Carrier, capacity
  [[30007], 'content', 'The carrier filtered this message', 'Look at links and wording; check the registration of the number.', 'Compare with delivered texts'],
  [[30011, 30019], 'content', 'The carrier does not take this media', 'It is too large, or pictures are not supported there.', 'Send a link instead'],
  [[20429, 63017], 'retry', 'Going slower to stay under the limit', 'Twilio took more messages at once than it allows. Nothing was lost.', 'Nothing to do'],
  [[21611, 30001], 'retry', 'The queue at Twilio is full', 'The number has more messages waiting than Twilio keeps.', 'Wait 15 minutes'],
  [[30017], 'retry', 'The carrier is congested', 'Usually over within minutes.', 'Retry later'],
  [[30022], 'retry', 'Faster than the campaign allows', 'The carrier takes fewer messages per second from this 10DLC campaign.', 'Lower the pace'],
  [[30023], 'retry', 'Daily cap of the campaign is reached', 'The carrier takes more after midnight, Pacific time.', 'Retry tomorrow'],
  [[30025, 30026], 'none', 'Part of the daily cap is used', 'The carrier warns before it blocks.', 'Nothing to do'],
  [[30027], 'configuration', 'T-Mobile daily cap is used up', 'T-Mobile takes more after midnight, Pacific time.', 'Resume tomorrow'],
  [[30036], 'retry', 'Waited too long in the queue', 'The message became too old before its turn.', 'Retry later'],
  [[30450], 'retry', 'Stopped by fraud protection', 'Twilio saw unusual traffic to this range of numbers. It lasts 15 to 30 minutes.', 'Retry after 30 minutes'],
  [[12400, 20500, 20503, 20504, 21619], 'retry', 'Twilio had a fault', 'It may still have taken the message; we look it up before anything is sent again.', 'Nothing to do'],
  // Account and connection
  [[20001, 21602, 21603, 21604, 21609, 21624, 30045, 90007], 'configuration', 'Twilio did not understand the request', 'This is a fault of the application or of its address.', 'Check the connection'],
  [[20003], 'configuration', 'Twilio refused the keys', 'The API key was deleted, or it lacks the permission.', 'Connect Twilio again'],
  [[10001, 20005, 30002, 90010], 'configuration', 'The Twilio account is not active', 'It is suspended or closed; Twilio says why in its console.', 'Open Twilio'],
  [[20008], 'configuration', 'These are test keys', 'Test credentials send nothing.', 'Connect live keys'],
  [[20404], 'configuration', 'Twilio does not find what the message names', 'The Messaging Service or the template is not in this account.', 'Check the connection'],
  [[21408, 30018], 'configuration', 'This country is switched off', 'The account may not send to this country yet, or the sender has to be registered there.', 'Open geo permissions in Twilio'],
  [[21608], 'configuration', 'Trial account: this number is not verified in Twilio', 'Verify it or upgrade.', 'Open Twilio'],
  [[21267], 'configuration', 'Trial account: no text sender names', 'Sender names need a paid account.', 'Upgrade in Twilio'],
  [[30454, 30500], 'none', 'Twilio blocked this message', 'Twilio gives no details.', 'Ask Twilio support'],
  // Senders and registration
  [[21212, 21601, 21606, 21657, 21659, 21660, 21661, 63002, 63007], 'configuration', 'This sender cannot send this', 'The number is not in this Twilio account, or it cannot text to this country.', 'Choose another sender'],
  [[21701, 21703, 21704, 21705], 'configuration', 'The Messaging Service has no fitting number', 'The service is missing, empty, or none of its numbers fits.', 'Add the number to the service'],
  [[30024, 30035], 'configuration', 'The number is still being set up', 'Carriers take up to a few days after a registration.', 'Wait, then resume'],
  [[30032], 'configuration', 'Toll-free number is not verified', 'Carriers block it until the verification is approved.', 'Open the registration'],
  [[30033], 'configuration', 'The 10DLC campaign is suspended', 'Carriers block the number until it is approved again.', 'Open the registration'],
  [[30034, 30125], 'configuration', 'The number is not registered for texts in the US', 'Carriers block it until its 10DLC campaign is approved.', 'Open the registration'],
  [[63001, 63008, 63020, 63022, 63026], 'configuration', 'The WhatsApp sender is not in order', 'Meta refuses its name, its account or its quality.', 'Open the sender'],
  [[63050, 63051, 63062, 63112], 'configuration', 'Meta has locked the WhatsApp account', 'Meta Business Manager says what it asks for.', 'Open Business Manager'],
  // Text and template
  [[21617], 'content', 'The text is too long', 'A message may have 1,600 characters.', 'Shorten the text'],
  [[21620, 21623, 63019, 63034, 63037], 'content', 'The media cannot be loaded', 'The address does not answer, or the file is too large.', 'Check the media'],
  [[21621, 21622], 'configuration', 'This sender cannot send pictures', 'The number or the account is not enabled for media.', 'Choose another sender'],
  [[21654, 21655, 21656, 21658, 63028, 63030], 'content', 'The template and its variables do not fit', 'A variable is missing, empty or too long.', 'Check the variables'],
  [[63005, 63006, 63013, 63021], 'content', 'WhatsApp refused the content', 'A rule of Meta is broken: wording, length, or more than four blanks in a variable.', 'Fix the text'],
  [[63016], 'none', 'More than 24 hours since their last message', 'WhatsApp allows only approved templates now.', 'Choose a template'],
  [[63027], 'content', 'The template does not exist in this language', 'Meta knows the template, but not in this language.', 'Submit the language'],
  [[63040, 63041, 63042], 'content', 'Meta rejected, paused or disabled the template', 'Broadcasts that use it wait.', 'Open the template'],
  // People on WhatsApp
  [[63003, 63024], 'suppress', 'Not on WhatsApp', 'This number has no WhatsApp account.', 'Send an SMS instead'],
  [[63014, 63033], 'suppress', 'This person blocked you on WhatsApp', 'Only they can lift it.', 'Nothing to do'],
  [[63015], 'none', 'This phone has not joined the sandbox', 'In the sandbox people join first by sending a code.', 'Send the join code'],
  [[63032, 63049], 'none', 'Meta chose not to deliver it', 'Meta limits how many marketing messages a person gets; in the US it delivers none.', 'Retry after 24 h'],
  [[63018, 63038], 'retry', 'The daily limit of the sender is reached', 'Recipients beyond it wait; they do not fail.', 'Wait a day'],
  [[63009, 63010, 63011, 63012, 63023, 63029], 'retry', 'WhatsApp had a fault', 'Usually over within minutes.', 'Retry later'],
  // Our webhooks
  [[11200, 11205, 11750, 12300, 14107], 'configuration', 'Twilio cannot reach this application', 'Receipts and replies get lost until the public address answers.', 'Check the connection'],
];

const groupOfClass: Record<ErrorClass, ErrorGroup> = { suppress: 'fix_list', configuration: 'fix_registration', content: 'fix_text', retry: 'try_later', none: 'nothing' };

/** Codes whose remedy is another than their class suggests. */
const groupOfCode = new Map<number, ErrorGroup>(Object.entries({
  fix_list: [21266, 63031], fix_registration: [21612, 30010], fix_text: [63016], try_later: [30003, 30008, 30410, 63032, 63049, 30027],
  nothing: [21610, 63014, 63033],
} satisfies Partial<Record<ErrorGroup, number[]>>).flatMap(([group, codes]) => codes.map((code) => [code, group as ErrorGroup] as const)));

const byCode = new Map<number, ErrorWords>(
  catalogue.flatMap(([codes, errorClass, title, help, action]) => codes.map((code) => [code, { title, help, action, class: errorClass, group: groupOfCode.get(code) ?? groupOfClass[errorClass] }] as const)),
);

export const knownErrorCodes: readonly number[] = catalogue.flatMap(([codes]) => codes);

/** The words for one of Twilio's error codes. A code that nobody here knows has words too, and touches this recipient only. */
export function describeError(code: number | null): ErrorWords {
  const known = code === null ? undefined : byCode.get(code);
  if (known) return known;
  return {
    title: code === null ? 'Not delivered, no reason given' : `Twilio error ${code}`,
    help: code === null ? 'Neither Twilio nor the carrier said why.' : 'Twilio describes this code in its error dictionary.',
    action: code === null ? 'Retry once' : 'Look up the code', class: 'none', group: code === null ? 'try_later' : 'nothing',
  };
}

/** Our own reasons for not sending, or for not knowing. Keys are what broadcast_delivery.reason and broadcast.excluded hold. */
const reasons: Record<string, Pick<ErrorWords, 'title' | 'help' | 'action'>> = {
  opted_out: { title: 'Opted out', help: 'They can return by texting START.', action: 'Nothing to do' },
  no_phone: { title: 'No phone number', help: 'The contact has no number for this channel.', action: 'Add a number' },
  invalid_number: { title: 'Number cannot be used', help: 'The number is not a complete international number.', action: 'Correct the number' },
  excluded: { title: 'Excluded', help: 'They are on a list, or match a filter, that this broadcast leaves out.', action: 'Nothing to do' },
  duplicate: { title: 'Same number twice', help: 'Each number gets a broadcast once, whoever shares it.', action: 'Nothing to do' },
  missing_variable: { title: 'Text has a blank for this person', help: 'A field that the text uses is empty and has no default.', action: 'Fill the field or add a default' },
  empty_message: { title: 'Nothing left to send', help: 'With the data of this person the text is empty.', action: 'Check the text' },
  message_too_long: { title: 'Text is too long for this person', help: 'With their data filled in it passes 1,600 characters.', action: 'Shorten the text' },
  cannot_render: { title: 'Text cannot be filled for this person', help: 'A formula in the text fails with their data.', action: 'Check the text with this contact' },
  outside_24h_window: { title: 'More than 24 hours since their last message', help: 'WhatsApp allows only approved templates now.', action: 'Choose a template' },
  marketing_not_delivered: { title: 'Meta delivers no marketing in the US', help: 'Marketing templates to numbers of the United States do not arrive, so nothing was sent and nothing charged.', action: 'Send an SMS, or a utility template' },
  tier: { title: 'Waits for room in the sender’s daily limit', help: 'WhatsApp lets the sender write first to so many people in 24 hours. This one’s turn comes by itself.', action: 'Nothing to do' },
  pair_rate: { title: 'Got a message a moment ago', help: 'WhatsApp takes one message to a person in six seconds.', action: 'Nothing to do' },
  window_closed: { title: 'Is sent again, as template', help: 'Their 24 hours were over in Meta’s eyes, so the text was refused.', action: 'Nothing to do' },
  budget_reached: { title: 'Monthly budget reached', help: 'The broadcast waits; nothing failed.', action: 'Raise the budget' },
  broadcast_cancelled: { title: 'Stopped before it was sent', help: 'Somebody cancelled the broadcast.', action: 'Nothing to do' },
  frequency_cap: { title: 'Got another broadcast too recently', help: 'Settings → Sending rules allows one broadcast per person within a number of hours.', action: 'Nothing to do' },
  quiet_hours: { title: 'Waits for the end of the quiet hours', help: 'It is night where this person is. The message leaves by itself when their quiet hours end.', action: 'Nothing to do' },
  local_time: { title: 'Waits for the chosen hour', help: 'The message leaves when it is that hour in this person’s time zone.', action: 'Nothing to do' },
  conflict: { title: 'Waits for another message', help: 'Another message to this number is under way; its outcome comes first.', action: 'Nothing to do' },
  retry: { title: 'Is tried again in a moment', help: 'Twilio did not take it at the first try.', action: 'Nothing to do' },
  number_changed: { title: 'Number was changed', help: 'The contact got another number before their turn. The old one may be somebody else’s now, so nothing was sent.', action: 'Send it to them again' },
  contact_deleted: { title: 'Contact was deleted', help: 'The person was removed before their turn.', action: 'Nothing to do' },
  erased: { title: 'The person was erased', help: 'They were erased before their turn. What is left of them is counted, and tells nothing.', action: 'Nothing to do' },
  answer_held: { title: 'This answer was not sent', help: 'Something held it back when its turn came.', action: 'Write it again' },
  outcome_unknown: { title: 'Outcome not known', help: 'Twilio did not answer. We look for the message there and never send it twice on a guess.', action: 'Wait, or look in Twilio' },
  twilio_error: { title: 'Twilio refused the message', help: 'The code says why.', action: 'Look up the code' },
};

const groupOfReason: Record<string, ErrorGroup> = {
  no_phone: 'fix_list', invalid_number: 'fix_list', missing_variable: 'fix_text', empty_message: 'fix_text', message_too_long: 'fix_text', cannot_render: 'fix_text', outside_24h_window: 'fix_text', marketing_not_delivered: 'fix_text',
  twilio_error: 'try_later',
};

/** The words for one of our own reasons, whatever stands in the column. */
export function describeReason(reason: string): Omit<ErrorWords, 'class'> {
  const known = Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  const group = (Object.hasOwn(groupOfReason, reason) ? groupOfReason[reason] : undefined) ?? 'nothing';
  if (known) return { ...known, group };
  const words = reason.replaceAll('_', ' ').trim();
  return { title: words.charAt(0).toUpperCase() + words.slice(1), help: '', action: '', group };
}
