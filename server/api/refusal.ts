import { isFromOurPages } from '#server/api/same-origin.ts';

/** Forms, files and foreign pages are turned away before anything is read: tRPC itself would take them, and browsers send the cookie along. */
export function refuse(request: Request, publicUrl: string): Response | null {
  if (!isFromOurPages(request, publicUrl)) return refusal(403, `This address answers pages of ${publicUrl} only. Programs use the REST API: see /api/docs.`);
  if (request.method !== 'POST') return null;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? null : refusal(415, 'Send application/json.');
}

export const refusal = (status: number, message: string) => Response.json({ message }, { status, headers: { 'cache-control': 'no-store' } });
