/** Every way in which the product refuses, and the HTTP status of each (product.md §3). */
export const problemStatus = {
  malformed_request: 400,
  missing_authorization_header: 401,
  token_expired: 401,
  token_invalid: 401,
  sign_in_failed: 401,
  agreement_required: 402,
  forbidden: 403,
  bad_signature: 403,
  not_found: 404,
  invalid_state: 409,
  version_conflict: 409,
  already_exists: 409,
  approval_required: 409,
  idempotency_key_reused: 409,
  payload_too_large: 413,
  validation_failed: 422,
  twilio_not_configured: 422,
  sender_not_found: 422,
  sender_not_registered: 422,
  template_not_approved: 422,
  template_variable_unmapped: 422,
  no_recipients: 422,
  channel_not_supported: 422,
  budget_reached: 422,
  opted_out: 422,
  outside_24h_window: 422,
  too_many_requests: 429,
  twilio_failed: 502,
} as const;

export type ProblemCode = keyof typeof problemStatus;
export type ProblemDetail = { field: string; code: string; message: string };

/**
 * A refusal that a person or a program can act on. Verbs throw it; the doors translate it once (TRPCError, REST body).
 * `message` says what happened and what to do; `data` carries more for programs (e.g. acceptUrl of a 402).
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetail[];
  readonly data: Record<string, unknown>;

  constructor(code: ProblemCode, message: string, more: { details?: ProblemDetail[]; data?: Record<string, unknown> } = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.details = more.details ?? [];
    this.data = more.data ?? {};
  }

  get status(): number {
    return problemStatus[this.code];
  }
}

export const notFound = (what: string) => new Problem('not_found', `This ${what} does not exist. It may have been deleted, or it belongs to another organisation.`);

/** One field that does not fit: 422 with the field named. */
export const invalidField = (field: string, message: string, code = 'invalid') =>
  new Problem('validation_failed', message, { details: [{ field, code, message }] });
