import * as z from 'zod';

const sid = (prefix: string, what: string) =>
  z.string().trim().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `Enter the ${what}. It starts with ${prefix} and has 34 characters.`);
const blankAsMissing = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema);

/** Body of POST /upstream/save-integration. Secrets left out keep what is stored; they can be written, never read. */
export const connectTwilioInput = z.object({
  type: z.literal('twilio').default('twilio'),
  credentials: z.object({
    accountSid: sid('AC', 'Account SID'),
    authToken: blankAsMissing(z.string().trim().min(16, 'The auth token has 32 characters.').max(100).optional()),
    apiKeySid: blankAsMissing(sid('SK', 'API key SID').optional()),
    apiKeySecret: blankAsMissing(z.string().trim().min(16, 'The API key secret has 32 characters.').max(100).optional()),
  }),
  publicConfig: z.object({
    messagingServiceSid: blankAsMissing(sid('MG', 'Messaging Service SID').optional()),
    defaultSenderNumber: blankAsMissing(z.string().trim().max(20).optional()),
  }).default({}),
});
export type ConnectTwilioInput = z.input<typeof connectTwilioInput>;

/** What the page can do itself about a link: take_replies asks Twilio to hand replies here, edit_keys leads to the keys. */
export const checkAction = z.enum(['take_replies', 'edit_keys']);

/** One tested link of the chain. `fix` says what to do about a warning or failure. */
export const checkView = z.object({ name: z.string(), status: z.enum(['pass', 'warn', 'fail']), detail: z.string(), fix: z.string().nullable(), action: checkAction.optional() });
export type CheckView = z.infer<typeof checkView>;

export const twilioAccountView = z.object({
  accountSid: z.string(), apiKeySid: z.string().nullable(), hasApiKeySecret: z.boolean(), hasAuthToken: z.boolean(),
  messagingServiceSid: z.string().nullable(), defaultSenderNumber: z.string().nullable(),
  status: z.enum(['unchecked', 'connected', 'broken']), checks: z.array(checkView), checkedAt: z.iso.datetime().nullable(),
  /** True when Twilio tells of decided templates at once; otherwise their status is read from time to time. */
  pushesTemplates: z.boolean(),
  /** True when TWILIO_BASE_URL points elsewhere than real Twilio: nothing reaches a phone. */
  isSimulated: z.boolean(),
});
export type TwilioAccountView = z.infer<typeof twilioAccountView>;

/** Where this installation's Twilio is, for people who have not connected an account yet. */
export const twilioSetupView = z.object({
  isSimulated: z.boolean(),
  /** The simulator's page with accounts to connect; null for real Twilio. */
  simulatedAccountsUrl: z.string().nullable(),
});
export type TwilioSetupView = z.infer<typeof twilioSetupView>;
