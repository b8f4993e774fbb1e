const widths = ["w-3/5", "w-2/5", "w-1/2", "w-1/3"];

/** Rows that are on their way. Screen readers hear one sentence instead. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <div className="w-full">
      <p className="sr-only">Loading tasks</p>
      {Array.from({ length: count }, (_, index) => widths[index % widths.length]).map((width) => (
        <div key={width} aria-hidden="true" className="flex min-h-11 items-center gap-2.5 px-2.5">
          <span className="size-5 shrink-0 rounded-full bg-hover" />
          <span className={`h-3 rounded-sm bg-hover ${width}`} />
        </div>
      ))}
    </div>
  );
}
