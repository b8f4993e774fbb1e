"use client";

import { createContext, type ReactNode, useContext } from "react";

/** What a site may have turned off, and what is offered needs. */
export interface Offers {
  mail: boolean;
  signUps: boolean;
}

const OffersContext = createContext<Offers>({ mail: true, signUps: true });

/** Tells everything below what the site has. */
export function OffersProvider({ offers, children }: { offers: Offers; children: ReactNode }) {
  return <OffersContext value={offers}>{children}</OffersContext>;
}

export interface OfferedProps {
  needs: keyof Offers;
  /** What stands in its place where the site does not have that. */
  otherwise?: ReactNode;
  children: ReactNode;
}

/** A link, a button or a sentence that leads to something which a site may have turned off. */
export function Offered({ needs, otherwise = null, children }: OfferedProps) {
  return useContext(OffersContext)[needs] ? children : otherwise;
}
