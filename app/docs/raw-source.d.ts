/** The text of a file, as it stands on the disk. */
declare module "*?raw" {
  const text: string;
  export default text;
}
