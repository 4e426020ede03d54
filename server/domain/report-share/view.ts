import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { users, type reportShares } from '#db/schema/index.ts';
import type { ShareView } from '#server/domain/report-share/schema.ts';

export async function viewShare(tx: Tx, { id, showsCost, createdBy, createdAt, expiresAt }: typeof reportShares.$inferSelect): Promise<ShareView> {
  const [user] = createdBy ? await tx.select({ name: users.name }).from(users).where(eq(users.id, createdBy)) : [];
  return { id, showsCost, createdBy: user?.name ?? null, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
