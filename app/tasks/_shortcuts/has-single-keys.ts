import { createContext } from "react";

/** Whether letters, digits and signs alone are shortcuts for the person who is signed in. */
export const HasSingleKeys = createContext(true);
