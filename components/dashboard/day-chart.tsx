'use client';

import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatDayLabel, type DayPoint, type DaySeries } from './day-series.ts';

export type DayChartProps = { kind: 'bars' | 'line'; points: DayPoint[]; series: DaySeries[]; formatAxis: (value: number) => string };

const axis = { tick: { fill: 'var(--muted-foreground)', fontSize: 12 }, tickLine: false, axisLine: false } as const;

/** One value per day and series. A picture only: the table twin and the sentence beside it carry the figures. */
export default function DayChart({ kind, points, series, formatAxis }: DayChartProps) {
  const shared = { data: points, margin: { top: 8, right: 8, bottom: 0, left: 0 }, accessibilityLayer: false };
  const frame = (
    <>
      <CartesianGrid vertical={false} stroke="var(--border)" />
      <XAxis dataKey="day" {...axis} tickFormatter={formatDayLabel} minTickGap={28} />
      <YAxis {...axis} width={52} tickFormatter={formatAxis} allowDecimals={kind === 'line'} domain={kind === 'line' ? [0, 100] : undefined} />
      <Tooltip cursor={{ fill: 'var(--hover)', stroke: 'var(--border)' }} content={<DayTooltip points={points} series={series} />} isAnimationActive={false} />
    </>
  );
  return (
    <ResponsiveContainer width="100%" height={220}>
      {kind === 'bars' ? (
        <BarChart {...shared}>
          {frame}
          {series.map((one, index) => <Bar key={one.name} dataKey={(point: DayPoint) => point.values[index] ?? 0} name={one.name} fill={one.color} stackId="day" maxBarSize={28} radius={2} isAnimationActive={false} />)}
        </BarChart>
      ) : (
        <LineChart {...shared}>
          {frame}
          {series.map((one, index) => <Line key={one.name} dataKey={(point: DayPoint) => point.values[index]} name={one.name} stroke={one.color} strokeWidth={2} dot={{ r: 2, fill: one.color }} connectNulls isAnimationActive={false} />)}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}

type DayTooltipProps = { points: DayPoint[]; series: DaySeries[]; active?: boolean; label?: string | number };

function DayTooltip({ points, series, active, label }: DayTooltipProps) {
  const point = points.find((each) => each.day === label);
  if (!active || !point) return null;
  return (
    <div className="rounded-control bg-overlay px-3 py-2 text-table shadow-overlay">
      <p className="font-medium">{formatDayLabel(point.day)}</p>
      {series.map((one, index) => (
        <p key={one.name} className="flex items-center gap-2 tabular-nums">
          <span aria-hidden className="size-2 rounded-full" style={{ background: one.color }} />
          <span className="text-muted-foreground">{one.name}</span> {point.texts[index]}
        </p>
      ))}
    </div>
  );
}
