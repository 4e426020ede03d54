import { expect, test } from 'vitest';
import { fileResponse } from './file-response.ts';

/** Counts how far it was read. */
function fileOf(state: { made: number; ended: boolean }) {
  async function* pieces() {
    try {
      for (;;) { state.made += 1; yield 'x'.repeat(1_000); }
    } finally { state.ended = true; }
  }
  return { fileName: 'a.csv', contentType: 'text/csv', pieces: pieces() };
}

test('pieces are made as they are read, and a reader that goes away ends the work', async () => {
  const state = { made: 0, ended: false };
  const response = fileResponse(fileOf(state));
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.csv"');
  const reader = response.body!.getReader();
  for (let i = 0; i < 5; i++) await reader.read();
  expect(state.made).toBeLessThanOrEqual(7);
  await reader.cancel();
  expect(state.ended).toBe(true);
});
