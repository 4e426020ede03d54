import { callerOf } from '#server/api/caller.ts';
import { streamOf } from '#server/api/file-response.ts';
import { failure } from '#server/api/rest/answer.ts';
import { readMedia } from '#server/domain/conversation/read-media.ts';

/** Shown in the page or the browser's own viewer; whatever else somebody sent is a file to save. */
const shown = /^(?:image\/(?:jpeg|png|gif|webp)|(?:audio|video)\/[\w.+-]+|application\/pdf)$/;

/** GET of a file that came with a message: for the browser by its session, for programs by their token. */
export async function answerMedia(request: Request, { messageId, index }: { messageId: string; index: string }): Promise<Response> {
  try {
    const { bytes, length, kind, contentType } = await readMedia(await callerOf(request), { messageId, index: /^\d{1,2}$/.test(index) ? Number(index) : -1 });
    const type = (contentType || kind).split(';')[0]!.trim().toLowerCase();
    return new Response(streamOf(bytes, 'a file of a message broke off'), { headers: { ...headersOf(type, `${messageId.slice(0, 8)}-${index}`), ...(length !== null && { 'content-length': String(length) }) } });
  } catch (error) {
    return failure(error, crypto.randomUUID());
  }
}

/** What strangers send never becomes a page of ours: no guessing of types, no scripts, no origin. The browser's PDF viewer refuses a sandbox and runs nothing of the page. */
function headersOf(type: string, name: string): Record<string, string> {
  const isShown = shown.test(type);
  return {
    'content-type': isShown ? type : 'application/octet-stream', 'x-content-type-options': 'nosniff',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${name}${endings[type] ?? ''}"`,
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'${type === 'application/pdf' ? '' : '; sandbox'}`,
    'cross-origin-resource-policy': 'same-origin', 'cache-control': 'private, max-age=3600', vary: 'cookie, authorization',
  };
}

const endings: Record<string, string> = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/gif': '.gif', 'image/webp': '.webp', 'application/pdf': '.pdf', 'text/vcard': '.vcf', 'text/x-vcard': '.vcf', 'video/mp4': '.mp4', 'audio/mpeg': '.mp3', 'audio/ogg': '.ogg', 'text/plain': '.txt' };
