/** The loudhailer, as in app/icon.svg. Decorative: the name stands beside it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7" className="fill-primary" />
      <g className="fill-on-primary">
        <path d="M7 13.5h3.2L18 8.6v14.8l-7.8-4.9H7z" />
        <path d="m10.6 19.6 1.2 4.6h2.9l-1-3.2z" />
      </g>
      <path
        d="M21 12.6a4.6 4.6 0 0 1 0 6.8M23.8 9.8a8.6 8.6 0 0 1 0 12.4"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="stroke-on-primary"
      />
    </svg>
  );
}
