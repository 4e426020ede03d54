import type { DeliveryFile } from '#server/domain/delivery/export.ts';
import { faultOf, log } from '#server/log.ts';

/** A file that is made while it is read. */
export function fileResponse({ fileName, contentType, pieces }: DeliveryFile): Response {
  return new Response(streamOf(pieces, 'an export broke off'), { headers: { 'content-type': contentType, 'content-disposition': `attachment; filename="${fileName}"`, 'cache-control': 'no-store' } });
}

/** The next piece is made when the last one has left, and none any more once the reader is gone. `fault`: for the log, what a failure in the middle was. */
export function streamOf(pieces: AsyncGenerator<string | Uint8Array>, fault: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
      } catch (error) {
        log.error(faultOf(error), fault);
        controller.error(error);
      }
    },
    async cancel() { await pieces.return(undefined); },
  }, { highWaterMark: 1 });
}
