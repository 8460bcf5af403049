import { certificateMessages } from "./cert-messages.ts";
import { profileMessages } from "./profile-messages.ts";
import { versionMessages } from "./tls-version-messages.ts";

/** Everything S27 says of TLS servers: versions (clause b), the profile (clause c) and certificates. */
export const tlsMessages = { ...versionMessages, ...profileMessages, ...certificateMessages } as const;
