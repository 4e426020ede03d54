import type { DeliveryFile } from '#server/domain/delivery/export.ts';
import { faultOf, log } from '#server/log.ts';

/** A file that streams: the next piece is made when the last one has left, and none any more once the reader is gone. */
export function fileResponse({ fileName, contentType, pieces }: DeliveryFile): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        log.error(faultOf(error), 'an export broke off');
        controller.error(error);
      }
    },
    async cancel() { await pieces.return(undefined); },
  }, { highWaterMark: 1 });
  return new Response(body, { headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"`, 'cache-control': 'no-store' } });
}
