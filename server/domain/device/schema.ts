import * as z from 'zod';
import { timeZoneName } from '#server/domain/time-zone/schema.ts';

export const deviceEventKinds = ['message', 'notice'] as const;
/** message: somebody wrote · notice: a keyword rule calls for a colleague. */
export type DeviceEventKind = (typeof deviceEventKinds)[number];

/** Seconds after its last heartbeat within which a device counts as there (P77). */
export const HEARTBEAT_TTL = 90;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time like 21:00.');
const events = z.array(z.enum(deviceEventKinds)).max(10).transform((kinds) => [...new Set(kinds)]);
const base64Url = (bytes: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}={0,2}$`), 'This is no key of a push subscription.');

/** A PushSubscription as browsers give it (W3C Push API): where to push, and the keys for RFC 8291. */
export const pushSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/, error: 'The endpoint must begin with https://.' }).max(2_000),
  keys: z.object({ /** P-256 point, uncompressed. */ p256dh: base64Url(65), auth: base64Url(16) }),
});
export type PushSubscriptionInput = z.infer<typeof pushSubscription>;

export const registerDeviceInput = z.object({
  /** Left out: a new device. */
  deviceId: z.uuid().optional(),
  name: z.string().trim().min(1, 'Enter a name.').max(60),
  platform: z.string().trim().max(60).default(''),
  capabilities: z.array(z.enum(['sms', 'whatsapp', 'voice'])).max(10).default([]),
  /** Left out: it listens to its stream only. */
  push: pushSubscription.optional(),
});
export type RegisterDeviceInput = z.input<typeof registerDeviceInput>;

export const deviceInput = z.object({ deviceId: z.uuid() });
export type DeviceInput = z.infer<typeof deviceInput>;

/** Both quiet times with their zone, or neither. */
export const updateDeviceInput = z.object({
  deviceId: z.uuid(),
  name: z.string().trim().min(1, 'Enter a name.').max(60).optional(),
  events: events.optional(),
  quietFrom: clock.nullable().optional(), quietUntil: clock.nullable().optional(), timeZone: timeZoneName.nullable().optional(),
  /** The events for which the quiet times hold. */
  quietEvents: events.optional(),
  showsText: z.boolean().optional(),
});
export type UpdateDeviceInput = z.input<typeof updateDeviceInput>;

/** The browser's push service gave the subscription a new address. */
export const renewDeviceInput = z.object({ oldEndpoint: z.string().min(1).max(2_000), push: pushSubscription });
export type RenewDeviceInput = z.input<typeof renewDeviceInput>;

export const deviceView = z.object({
  id: z.uuid(), name: z.string(), platform: z.string(), capabilities: z.array(z.string()),
  events: z.array(z.string()), quietFrom: z.string().nullable(), quietUntil: z.string().nullable(), timeZone: z.string().nullable(), quietEvents: z.array(z.string()), showsText: z.boolean(),
  /** The sign-in that it was last heard of with goes on; nothing is pushed after that. */
  isSignedIn: z.boolean(),
  /** Web Push is on. */
  isPushed: z.boolean(),
  /** Its heartbeat is not older than 90 seconds. */
  isPresent: z.boolean(),
  lastSeenAt: z.iso.datetime(), expiresAt: z.iso.datetime(), lastPushedAt: z.iso.datetime().nullable(), lastPushError: z.string().nullable(), createdAt: z.iso.datetime(),
});
export type DeviceView = z.infer<typeof deviceView>;

export const heartbeatView = z.object({ id: z.uuid(), lastSeenAt: z.iso.datetime(), /** Send the next one before. */ expiresAt: z.iso.datetime() });
export type HeartbeatView = z.infer<typeof heartbeatView>;

/** `lastEventId` of the header Last-Event-ID: what came after it comes first. Left out: only what comes from now on. */
export const watchDeviceInput = z.object({ deviceId: z.uuid(), lastEventId: z.string().regex(/^\d{1,15}$/, 'Send the id of the last event as it came.').optional() });
export type WatchDeviceInput = z.infer<typeof watchDeviceInput>;

/** Ids and short facts; texts and names are read by their ids. */
export const deviceEventView = z.object({
  id: z.string(), kind: z.enum(deviceEventKinds), at: z.iso.datetime(),
  messageId: z.uuid(), conversationId: z.uuid(), channel: z.string(), contactId: z.uuid().nullable(), assignedTo: z.uuid().nullable(), ruleId: z.uuid().nullable(),
});
export type DeviceEventView = z.infer<typeof deviceEventView>;
