const minuteMilliseconds = 60_000;

/** How long ago a moment was, in words. A moment that the clock here has ahead counts as now. */
export function minutesAgo(moment: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - moment.getTime()) / minuteMilliseconds);
  if (minutes < 1) {
    return "Just now";
  }
  return minutes === 1 ? "A minute ago" : `${minutes} minutes ago`;
}
