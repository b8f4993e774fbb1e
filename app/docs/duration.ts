const units = [
  { seconds: 86_400, name: "day" },
  { seconds: 3_600, name: "hour" },
  { seconds: 60, name: "minute" },
  { seconds: 1, name: "second" },
];

/** A length of time in the largest unit that it has whole, such as "15 minutes". */
export function duration(seconds: number): string {
  const unit = units.find((candidate) => seconds % candidate.seconds === 0);
  const count = seconds / (unit?.seconds ?? 1);
  return `${count} ${unit?.name ?? "second"}${count === 1 ? "" : "s"}`;
}
