'use client';

import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { PaceBin } from './pace-series.ts';

const axis = { tick: { fill: 'var(--muted-foreground)', fontSize: 12 }, tickLine: false, axisLine: false } as const;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Messages per second beside what is allowed. A picture only: the table twin and the sentence carry the figures. */
export default function PaceChart({ bins }: { bins: PaceBin[] }) {
  return (
    <ResponsiveContainer width="100%" height={160}>
      <ComposedChart data={bins} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis dataKey="at" {...axis} tickFormatter={(at: number) => clock.format(at)} minTickGap={40} />
        <YAxis {...axis} width={44} domain={[0, (most: number) => Math.max(1, Math.ceil(most * 1.1))]} allowDecimals={false} />
        <Area dataKey="rate" stroke="var(--chart-1)" strokeWidth={2} fill="var(--chart-1)" fillOpacity={0.15} isAnimationActive={false} />
        <Line dataKey="allowed" stroke="var(--chart-2)" strokeWidth={2} strokeDasharray="5 4" dot={false} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
