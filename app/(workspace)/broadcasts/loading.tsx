import { Card } from '#components/ui/card.tsx';
import { Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx';

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-5 h-9 w-48" />
      <Card isFlush><SkeletonRows label="Loading broadcasts" /></Card>
    </>
  );
}
