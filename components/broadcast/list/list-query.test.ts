import { expect, test } from 'vitest';
import { listInputFrom } from './list-query.ts';

const inputOf = (query: string) => listInputFrom(new URLSearchParams(query));

test('sender, author and days stand in the address', () => {
  const author = '01900000-0000-7000-8000-000000000001';
  expect(inputOf(`sender=%2B12025550111&author=${author}&from=2026-11-01&to=2026-11-30`)).toMatchObject({ sender: '+12025550111', author, from: '2026-11-01', to: '2026-11-30' });
});

test('what fits no filter is left out, so that a mangled address still shows a list', () => {
  expect(inputOf('sender=%20&author=ann&from=2026-02-30&to=0002-01-01')).toMatchObject({ sender: undefined, author: undefined, from: undefined, to: undefined });
});
