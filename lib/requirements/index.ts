import type { Requirement } from "../core/requirement.ts";
import { k11 } from "./k11/requirement.ts";
import { s17 } from "./s17/requirement.ts";
import { s18 } from "./s18/requirement.ts";
import { s19 } from "./s19/requirement.ts";
import { s20 } from "./s20/requirement.ts";
import { s23 } from "./s23/requirement.ts";
import { s27 } from "./s27/requirement.ts";

/** Every requirement that is built, in the order of the source text. A new one is a folder and a line here. */
export const REQUIREMENTS: readonly Requirement[] = [s17, s18, s19, s20, s23, s27, k11];
