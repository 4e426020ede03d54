/** A refusal in Twilio's words: HTTP status, Twilio code, text. Resources throw it, the server writes it. */
export class TwilioError extends Error {
  code: number;
  status: number;

  constructor(code: number, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** `{code, message, more_info, status}`, the error envelope of every Twilio API. */
export function errorBody(error: { code: number; message: string; status: number }) {
  return { code: error.code, message: error.message, more_info: `https://www.twilio.com/docs/errors/${error.code}`, status: error.status };
}

/** 20404: the resource of this path does not exist in this account. */
export function notFound(path: string): TwilioError {
  return new TwilioError(20404, `The requested resource ${path} was not found`, 404);
}

/** Texts of `error_message` for asynchronous failures. Applications must not branch on them. */
export const ERROR_MESSAGES: Record<number, string> = {
  21610: 'Attempt to send to unsubscribed recipient',
  21703: 'The Messaging Service does not have a phone number available to send a message',
  21704: 'The Messaging Service contains no phone numbers',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30032: 'Toll-Free Number Has Not Been Verified',
  30034: 'US A2P 10DLC - Message from an Unregistered Number',
  30036: 'Validity Period Expired',
  63003: 'Channel could not find To address',
  63007: 'Twilio could not find a Channel with the specified From address',
  63013: 'This message send failed because it violates Channel provider policy',
  63014: 'This message was blocked by a user action',
  63016: 'Failed to send freeform message because you are outside the allowed window. Use a Template',
  63018: 'Rate limit exceeded for Channel',
  63021: 'Channel invalid content error',
  63024: 'Invalid message recipient',
  63027: 'Template does not exist for a language and locale',
  63028: 'Number of parameters provided does not match the expected number of parameters',
  63032: 'We cannot send this message to this user because of a WhatsApp limitation',
  63040: 'Template Rejected',
  63041: 'Template Paused',
  63042: 'Template Disabled',
  63049: 'Meta chose not to deliver this WhatsApp marketing message',
};
