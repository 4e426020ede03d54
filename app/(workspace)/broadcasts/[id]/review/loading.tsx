import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';

export default function Loading() {
  return (
    <SkeletonGroup label="Counting recipients" className="grid gap-4">
      <Skeleton className="h-9 w-72" />
      <Skeleton className="h-64" />
      <Skeleton className="h-40" />
    </SkeletonGroup>
  );
}
