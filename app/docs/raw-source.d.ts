/** The text of a file, as it is on the disk. */
declare module "*?raw" {
  const text: string;
  export default text;
}
