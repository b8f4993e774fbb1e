import { holdForeignElements } from "@/app/_ui/foreign-elements";

// Next runs this file before React takes over the page.
holdForeignElements();
