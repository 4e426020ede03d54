import * as z from 'zod';

/** Page number and size as the REST surface names them: `p` from 1, `ps` up to 200. */
export const pageInput = z.object({
  p: z.coerce.number().int().min(1).max(1_000_000).default(1),
  ps: z.coerce.number().int().min(1).max(200).default(50),
});

/** The envelope of every numbered list. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), total: z.number().int(), hasNext: z.boolean(), page: z.number().int(), pageSize: z.number().int() });

export type Page<Row> = { data: Row[]; total: number; hasNext: boolean; page: number; pageSize: number };

export const page = <Row>(data: Row[], total: number, { p, ps }: z.infer<typeof pageInput>): Page<Row> =>
  ({ data, total, hasNext: p * ps < total, page: p, pageSize: ps });

/** A search box: trimmed, short enough to be one. */
export const searchText = z.string().trim().max(200).default('');

/** A page of rows that are all at hand. */
export const slice = <Row>(rows: Row[], at: z.infer<typeof pageInput>): Page<Row> => page(rows.slice((at.p - 1) * at.ps, at.p * at.ps), rows.length, at);
