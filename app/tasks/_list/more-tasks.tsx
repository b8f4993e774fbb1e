"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { SkeletonRows } from "./skeleton-rows";

const loadAheadPixels = 600;

export interface MoreTasksProps {
  isLoading: boolean;
  hasFailed: boolean;
  onLoad: () => void;
}

/** The end of the pages read so far: reads on when it comes near, or at the press of a button. */
export function MoreTasks({ isLoading, hasFailed, onLoad }: MoreTasksProps) {
  const end = useRef<HTMLDivElement>(null);
  const load = useRef(onLoad);
  useEffect(() => {
    load.current = onLoad;
  });

  useEffect(() => {
    const mark = end.current;
    if (!mark || isLoading || hasFailed) {
      return;
    }
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) {
          load.current();
        }
      },
      { rootMargin: `${loadAheadPixels}px` },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [isLoading, hasFailed]);

  return (
    <div ref={end} className="flex flex-col items-center gap-2 py-3">
      {isLoading ? <SkeletonRows count={3} /> : null}
      {hasFailed ? <p className="text-danger">The next tasks could not be loaded.</p> : null}
      {isLoading ? null : (
        <Button onClick={onLoad}>{hasFailed ? "Try again" : "Show more tasks"}</Button>
      )}
    </div>
  );
}
