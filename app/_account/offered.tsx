"use client";

import { createContext, type ReactNode, useContext } from "react";

/** The features that a site may have turned off. */
export interface Offers {
  mail: boolean;
  signUps: boolean;
}

const OffersContext = createContext<Offers>({ mail: true, signUps: true });

/** Tells the components below which features the site has. */
export function OffersProvider({ offers, children }: { offers: Offers; children: ReactNode }) {
  return <OffersContext value={offers}>{children}</OffersContext>;
}

export interface OfferedProps {
  needs: keyof Offers;
  /** Shown instead where the site does not have the feature. */
  otherwise?: ReactNode;
  children: ReactNode;
}

/** A link, a button or a sentence that leads to something which a site may have turned off. */
export function Offered({ needs, otherwise = null, children }: OfferedProps) {
  return useContext(OffersContext)[needs] ? children : otherwise;
}
