import { defineMessages } from "../../core/messages.ts";

/** What S27 says of clause (c). Each names the profile, and the row's source. */
export const profileMessages = defineMessages({
  S27_PROFILE_MET: {
    outcome: "pass",
    text: {
      da: "{target} følger profilen {profile} med {versions} og {suites} ciphersuiter.",
      en: "{target} follows the profile {profile} with {versions} and {suites} cipher suites.",
    },
  },
  S27_PROFILE_INFERRED: {
    outcome: "warn",
    text: { da: "{target}: {caveat}", en: "{target}: {caveat}" },
    remedy: {
      da: "Der er intet at ændre på serveren. Profilen er {profile}, version {profileVersion} ({profileHash}); foreligger bilaget, byttes den, og gemte målinger bedømmes igen.",
      en: "There is nothing to change on the server. The profile is {profile}, version {profileVersion} ({profileHash}); once the annex is at hand it is replaced, and stored observations are judged again.",
    },
  },
  S27_PROFILE_WARNING: {
    outcome: "warn",
    text: {
      da: "{target}: {value}. {profile} har forbehold.",
      en: "{target}: {value}. {profile} has reservations.",
    },
    remedy: {
      da: "{change} Det tæller ikke imod kravet i dag.",
      en: "{change} It does not count against the requirement today.",
    },
  },
  S27_PROFILE_MAIL_RELAY: {
    outcome: "not-applicable",
    text: {
      da: "{target} tager imod mail fra andre servere. Dens TLS er S9's sag og vises kun til oplysning.",
      en: "{target} takes in mail from other servers. Its TLS is the matter of S9 and shown for information only.",
    },
  },
  S27_PROFILE_ADVICE: {
    outcome: "warn",
    text: {
      da: "{target}: {profile} ville afvise {count} valg. Det første: {value}.",
      en: "{target}: {profile} would refuse {count} choices. The first: {value}.",
    },
    remedy: {
      da: "Skift dem, næste gang opsætningen røres. {profile} er råd, ikke krav, men viser, hvad der ventes som det næste.",
      en: "Change them the next time the set-up is touched. {profile} is advice, not a requirement, but shows what is to be expected next.",
    },
  },
  S27_PROFILE_VERSION: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} tager imod {value}, som {profile} ikke godtager ({source}).",
      en: "{target} accepts {value}, which {profile} does not ({source}).",
    },
    remedy: {
      da: "Slå {value} fra, og behold TLS 1.2 og 1.3. Klienter, der er ældre end det, kan så ikke komme ind.",
      en: "Disable {value} and keep TLS 1.2 and 1.3. Clients that are older than that can no longer enter.",
    },
  },
  S27_PROFILE_SUITE: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} tager imod {value}, som {profile} ikke godtager ({source}).",
      en: "{target} accepts {value}, which {profile} does not ({source}).",
    },
    remedy: {
      da: "Slå {value} fra. Behold ECDHE med AES-GCM eller ChaCha20-Poly1305. Meget gamle klienter kan så ikke komme ind.",
      en: "Disable {value}. Keep ECDHE with AES-GCM or ChaCha20-Poly1305. Very old clients can no longer enter.",
    },
  },
  S27_PROFILE_GROUP: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} udveksler nøgler med {value}, som {profile} ikke godtager ({source}).",
      en: "{target} exchanges keys by {value}, which {profile} does not accept ({source}).",
    },
    remedy: {
      da: "Begræns serverens grupper til x25519, secp256r1 og secp384r1.",
      en: "Restrict the server's groups to x25519, secp256r1 and secp384r1.",
    },
  },
  S27_PROFILE_DH: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} bruger {value} til DHE, og det godtager {profile} ikke ({source}).",
      en: "{target} uses {value} for DHE, which {profile} does not accept ({source}).",
    },
    remedy: {
      da: "Slå DHE-suiterne fra, eller sæt gruppen til ffdhe3072 eller større (RFC 7919).",
      en: "Disable the DHE suites, or set the group to ffdhe3072 or larger (RFC 7919).",
    },
  },
  S27_PROFILE_CERTIFICATE_KEY: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} viser et certifikat med nøglen {value}, som {profile} ikke godtager ({source}).",
      en: "{target} presents a certificate with the key {value}, which {profile} does not accept ({source}).",
    },
    remedy: {
      da: "Udsted certifikatet med en ny nøgle: RSA på mindst 3072 bit eller ECDSA secp256r1. Er det en udsteders, så skift udsteder.",
      en: "Issue the certificate with a new key: RSA of at least 3072 bits or ECDSA secp256r1. If it is an issuer's, change issuers.",
    },
  },
  S27_PROFILE_CERTIFICATE_HASH: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target} viser et certifikat, der er signeret med {value}. Det godtager {profile} ikke ({source}).",
      en: "{target} presents a certificate that is signed with {value}. {profile} does not accept that ({source}).",
    },
    remedy: {
      da: "Udsted certifikatet igen, signeret med SHA-256, og send den kæde, der følger med.",
      en: "Issue the certificate again, signed with SHA-256, and send the chain that comes with it.",
    },
  },
  S27_PROFILE_SETTING: {
    outcome: "fail",
    about: "target",
    text: {
      da: "{target}: {value}. Det godtager {profile} ikke ({source}).",
      en: "{target}: {value}. {profile} does not accept that ({source}).",
    },
    remedy: { da: "{change}", en: "{change}" },
  },
});
