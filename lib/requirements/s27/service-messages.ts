import { defineMessages } from "../../core/messages.ts";

/** What the head clause says of a declared service at one address. */
export const serviceMessages = defineMessages({
  S27_SERVICE_ENCRYPTED: {
    outcome: "pass",
    text: {
      da: "{service} ({address}) er krypteret med TLS fra første byte.",
      en: "{service} ({address}) is encrypted by TLS from the first octet.",
    },
  },
  S27_SERVICE_LOGIN_PROTECTED: {
    outcome: "pass",
    text: {
      da: "{service} ({address}) afviser login, indtil forbindelsen er krypteret med TLS.",
      en: "{service} ({address}) refuses logins until the connection is encrypted by TLS.",
    },
  },
  S27_SERVICE_CLOSED: {
    outcome: "not-applicable",
    text: {
      da: "{service} ({address}) er lukket udefra.",
      en: "{service} ({address}) is closed from outside.",
    },
  },
  S27_SERVICE_OWN: {
    outcome: "not-applicable",
    text: {
      da: "{service} ({address}) krypterer selv ({protocol}) og bedømmes ikke efter TLS.",
      en: "{service} ({address}) encrypts by itself ({protocol}) and is not judged by TLS.",
    },
  },
  S27_SERVICE_EXEMPT: {
    outcome: "not-applicable",
    text: {
      da: "{service} bruger en protokol, som kravet undtager ({protocol}).",
      en: "{service} uses a protocol that the requirement exempts ({protocol}).",
    },
  },
  S27_SERVICE_CLEAR: {
    outcome: "fail",
    about: "service",
    text: {
      da: "{service} ({address}) er åben og taler ukrypteret.",
      en: "{service} ({address}) is open and speaks in clear.",
    },
    remedy: {
      da: "Luk porten udefra, eller sæt en krypteret udgave i stedet. Skift adgangskoder, der kan være sendt i klartekst.",
      en: "Close the port from outside, or put an encrypted version in its place. Change passwords that may have been sent in clear.",
    },
  },
  S27_SERVICE_NO_TLS: {
    outcome: "fail",
    about: "service",
    text: {
      da: "{service} ({address}) kan kun anvendes ukrypteret: TLS {startTls}.",
      en: "{service} ({address}) can only be used in clear: TLS {startTls}.",
    },
    remedy: {
      da: "Slå TLS til og kræv det før login, eller luk porten udefra og brug protokollens TLS-port.",
      en: "Enable TLS and demand it before any login, or close the port from outside and use the protocol's TLS port.",
    },
  },
  S27_SERVICE_PLAIN_LOGIN: {
    outcome: "fail",
    about: "service",
    text: {
      da: "{service} ({address}) tilbyder TLS, men tager også imod login i klartekst.",
      en: "{service} ({address}) offers TLS but takes logins in clear, too.",
    },
    remedy: {
      da: "Afvis login, før TLS er i gang, eller luk porten og brug den, hvor TLS gælder fra første byte (RFC 8314).",
      en: "Refuse logins before TLS is there, or close the port and use the one with TLS from the first octet (RFC 8314).",
    },
  },
  S27_SERVICE_LOGIN_UNKNOWN: {
    outcome: "indeterminate",
    cause: "not-observable",
    about: "service",
    text: {
      da: "{service} ({address}) tilbyder TLS, men kun et loginforsøg kan vise, om klartekst afvises.",
      en: "{service} ({address}) offers TLS, but only a login would show whether clear text is refused.",
    },
    remedy: {
      da: "Kræv TLS før login, så serveren siger det selv, eller brug den port, hvor TLS gælder fra første byte.",
      en: "Demand TLS before any login, so that the server says so itself, or use the port with TLS from the first octet.",
    },
  },
  S27_SERVICE_TLS_BROKEN: {
    outcome: "indeterminate",
    cause: "tls-failed",
    about: "service",
    text: {
      da: "{service} ({address}) afviser login i klartekst, men krypteret adgang lykkes ikke: TLS {startTls}.",
      en: "{service} ({address}) refuses logins in clear, but encrypted access fails: TLS {startTls}.",
    },
    remedy: {
      da: "Ret TLS-opsætningen: certifikat, nøgle og STARTTLS. Som nu kan ingen logge ind.",
      en: "Repair the TLS set-up: certificate, key and STARTTLS. As it is, nobody can log in.",
    },
  },
  S27_SERVICE_MUTE: {
    outcome: "indeterminate",
    cause: "not-observable",
    about: "service",
    text: {
      da: "{service} ({address}) er åben, men siger intet og tager ikke imod TLS.",
      en: "{service} ({address}) is open but says nothing and takes no TLS.",
    },
    remedy: {
      da: "Brug TLS fra første byte, eller luk porten udefra. Er det en webtjeneste, så angiv den som url.",
      en: "Use TLS from the first octet, or close the port from outside. If it is a web service, declare it as a url.",
    },
  },
  S27_SERVICE_NOT_UNDERSTOOD: {
    outcome: "indeterminate",
    cause: "not-observable",
    about: "service",
    text: {
      da: "{service} ({address}) begynder i klartekst med en protokol, vi ikke kan bedømme.",
      en: "{service} ({address}) begins in clear with a protocol that we cannot judge.",
    },
    remedy: {
      da: "Brug TLS fra første byte, eller luk porten udefra. Se efter, om tjenesten er angivet med den rette protokol.",
      en: "Use TLS from the first octet, or close the port from outside. See whether the right protocol is declared.",
    },
  },
  S27_SERVICE_UDP: {
    outcome: "indeterminate",
    cause: "not-observable",
    about: "service",
    text: {
      da: "{service} bruger UDP uden egen kryptering, og det kan ikke ses udefra.",
      en: "{service} uses UDP without encryption of its own, and cannot be seen from outside.",
    },
    remedy: {
      da: "Luk tjenesten udefra, og tag den ud af fortegnelsen, eller angiv dens krypterede udgave.",
      en: "Close the service from outside and take it out of the inventory, or declare its encrypted version.",
    },
  },
});
