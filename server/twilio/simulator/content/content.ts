/** Content templates as Twilio keeps them, with their approval at Meta. Plain data; times are epoch ms of the simulator's clock. */

export const APPROVAL_STATUSES = ['unsubmitted', 'received', 'pending', 'approved', 'rejected', 'paused', 'disabled'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

export const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;
export type ContentCategory = (typeof CATEGORIES)[number];

/** A decision of the reviewers that is still to come: what is left out stays. */
export type ApprovalStep = { at: number; status?: ApprovalStatus; category?: ContentCategory; reason?: string };

export type Approval = {
  name: string;
  category: ContentCategory;
  contentType: string;
  status: ApprovalStatus;
  rejectionReason: string;
  steps: ApprovalStep[];
};

export type ContentAction = { type: string; title?: string; copy_code_text?: string; id?: string; url?: string; phone?: string; code?: string };

/** The fields that any of the types has; what a type does not have is missing. */
export type ContentType = {
  body?: string;
  title?: string;
  subtitle?: string;
  header_text?: string;
  footer?: string;
  media?: string[];
  actions?: ContentAction[];
  add_security_recommendation?: boolean;
  code_expiration_minutes?: number;
  [field: string]: unknown;
};

export type Content = {
  sid: string;
  accountSid: string;
  friendlyName: string;
  language: string;
  /** Samples by key; they stand in for what ContentVariables leaves out. */
  variables: Record<string, string>;
  types: Record<string, ContentType>;
  createdAt: number;
  updatedAt: number;
  approval: Approval | null;
};

/** The type that WhatsApp shows: the richest one. */
const RICHEST_FIRST = ['whatsapp/', 'twilio/carousel', 'twilio/card', 'twilio/call-to-action', 'twilio/quick-reply', 'twilio/list-picker', 'twilio/media'];

/** Name of the type that WhatsApp shows of this content, and the type. */
export function whatsAppTypeOf(content: Pick<Content, 'types'>): { name: string; type: ContentType } {
  const names = Object.keys(content.types);
  const name = RICHEST_FIRST.map((start) => names.find((one) => one.startsWith(start))).find((one) => one !== undefined) ?? names[0] ?? '';
  return { name, type: content.types[name] ?? {} };
}

/** What stands on a button; one that copies a code need not say it. */
export function titleOf(action: ContentAction): string {
  return action.title ?? action.copy_code_text ?? 'Copy code';
}

/** The numbers (or names) of all variables in a text, in order of first appearance. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}
