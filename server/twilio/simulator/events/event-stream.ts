/** Event Streams as far as templates need them: sinks that are webhooks, and what they listen to. Plain data. */

export type EventSink = {
  sid: string;
  description: string;
  sinkType: string;
  configuration: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
};

export type EventSubscription = {
  sid: string;
  description: string;
  sinkSid: string;
  types: { type: string; schemaVersion: number }[];
  createdAt: number;
  updatedAt: number;
};
