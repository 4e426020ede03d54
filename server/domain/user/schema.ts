import * as z from 'zod';
import { timeZoneName } from '#server/domain/time-zone/schema.ts';

export const email = z.string().trim().toLowerCase().normalize('NFKC').pipe(z.email('Enter an e-mail address, like name@example.com.').max(254));
export const newPassword = z.string().min(10, 'Use at least 10 characters.').max(128, 'Use at most 128 characters.');

export const signUpInput = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(100),
  email,
  password: newPassword,
  organizationName: z.string().trim().min(1, 'Enter the name of your organisation.').max(100),
  timeZone: timeZoneName.default('UTC'),
});
export type SignUpInput = z.input<typeof signUpInput>;

export const signInInput = z.object({ email: z.string().max(254), password: z.string().max(1000) });
export type SignInInput = z.infer<typeof signInInput>;

/** Answer of POST /profile/signin. */
export const tokenView = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  organizations: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.string() })),
});
export type TokenView = z.infer<typeof tokenView>;

/** One place where a person is signed in. */
export const sessionView = z.object({
  id: z.uuid(), kind: z.enum(['browser', 'token']), address: z.string().nullable(), userAgent: z.string().nullable(),
  createdAt: z.iso.datetime(), lastSeenAt: z.iso.datetime(), isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

/** What the sign-in page and the frame of all pages need to know about the installation. */
export type InstanceView = { demoAccount: { email: string; password: string } | null; isSimulated: boolean };
