import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SharedReportPage } from '#components/broadcast/report/shared-report.tsx';
import { sharedReportOf } from '#server/api/shared-report.ts';

type Props = { params: Promise<{ token: string }> };

/** No name of the broadcast in the title: it would stand in the browser's history of whoever looks over a shoulder, and in previews of chats. */
export const metadata: Metadata = { title: 'Report of a broadcast', robots: { index: false, follow: false, nocache: true }, referrer: 'no-referrer' };

/** A report for whoever has its link, without signing in. */
export default async function SharedReport({ params }: Props) {
  const report = await sharedReportOf((await params).token);
  if (!report) notFound();
  return <SharedReportPage report={report} />;
}
