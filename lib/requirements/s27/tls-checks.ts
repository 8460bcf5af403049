import type { AnyCheck } from "../../core/requirement.ts";
import { certificateCheck } from "./cert-check.ts";
import { profileCheck } from "./profile-check.ts";
import { versionsCheck } from "./tls-versions-check.ts";

/** What S27 judges of TLS servers: versions, the profile, certificates. */
export const tlsChecks: readonly AnyCheck[] = [versionsCheck, profileCheck, certificateCheck];
