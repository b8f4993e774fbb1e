/** The mark and the name. The mark alone is hidden from screen readers; the name is text. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-lead font-semibold tracking-tight text-ink">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7 text-accent">
        <rect width="32" height="32" rx="8" fill="currentColor" />
        <path
          d="M9.5 16.5l4.5 4.5 9-10"
          fill="none"
          className="stroke-on-accent"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Evo-TODO
    </span>
  );
}
