import type { Cause } from "./cause.ts";
import type { Message } from "./messages.ts";

function indeterminate(cause: Cause, da: [text: string, remedy: string], en: [text: string, remedy: string]): Message {
  return { outcome: "indeterminate", cause, text: { da: da[0], en: en[0] }, remedy: { da: da[1], en: en[1] } };
}

/** What the engine says when an observation that a check needs was not made, by cause. `detail` is ours, never the asset's. */
export const CAUSE_MESSAGES: Readonly<Record<Cause, Message>> = {
  internal: indeterminate(
    "internal",
    [
      "{target} kunne ikke vurderes på grund af en fejl hos os: {detail}.",
      "Fejlen er vores. Meld den, hvis den kommer igen.",
    ],
    [
      "{target} could not be judged because of a fault of ours: {detail}.",
      "The fault is ours. Report it if it comes back.",
    ],
  ),
  "no-authorisation": indeterminate(
    "no-authorisation",
    [
      "{target} må ikke scannes uden en gyldig tilladelse: {detail}.",
      "Registrér en skriftlig tilladelse, der dækker adressen og datoen.",
    ],
    [
      "{target} must not be scanned without a valid authorisation: {detail}.",
      "Record a written authorisation that covers the address and the date.",
    ],
  ),
  "no-inventory": indeterminate(
    "no-inventory",
    [
      "Fortegnelsen mangler det, der skal til for at vurdere {target}: {detail}.",
      "Tilføj de manglende oplysninger i fortegnelsen.",
    ],
    ["The inventory lacks what it takes to judge {target}: {detail}.", "Add the missing entries to the inventory."],
  ),
  "asset-not-found": indeterminate(
    "asset-not-found",
    ["{target} findes ikke: {detail}.", "Ret navnet i fortegnelsen, eller genregistrér det."],
    ["{target} does not exist: {detail}.", "Correct the name in the inventory, or register it again."],
  ),
  "vantage-blocked": indeterminate(
    "vantage-blocked",
    ["{target} kan ikke nås herfra: {detail}.", "Mål fra et sted med adgang, eller åbn for målingens adresse."],
    [
      "{target} cannot be reached from here: {detail}.",
      "Measure from a place with access, or admit the measuring address.",
    ],
  ),
  "port25-egress-blocked": indeterminate(
    "port25-egress-blocked",
    [
      "{target} kan ikke spørges, fordi udgående port 25 er spærret her: {detail}.",
      "Mål fra et sted, hvor udgående TCP-port 25 er åben.",
    ],
    [
      "{target} cannot be asked because outgoing port 25 is blocked here: {detail}.",
      "Measure from a place where outgoing TCP port 25 is open.",
    ],
  ),
  "dns-timeout": indeterminate(
    "dns-timeout",
    [
      "DNS gav intet svar om {target}: {detail}.",
      "Undersøg, om domænets navneservere svarer. Tavshed tæller hverken for eller imod.",
    ],
    [
      "DNS gave no answer about {target}: {detail}.",
      "Find out whether the domain's name servers answer. Silence counts neither for nor against.",
    ],
  ),
  "dns-servfail": indeterminate(
    "dns-servfail",
    ["DNS svarede om {target}, men uden et brugbart svar: {detail}.", "Ret navneserverne, så de svarer for zonen."],
    [
      "DNS replied about {target}, but with no usable answer: {detail}.",
      "Mend the name servers so that they answer for the zone.",
    ],
  ),
  "tcp-timeout": indeterminate(
    "tcp-timeout",
    [
      "Målingen af {target} fik ikke svar i tide: {detail}.",
      "Undersøg, om tjenesten kører, og om en firewall taber forbindelsen.",
    ],
    [
      "Measuring {target} got no answer in time: {detail}.",
      "Find out whether the service runs and whether a firewall drops the connection.",
    ],
  ),
  "connection-reset": indeterminate(
    "connection-reset",
    [
      "Forbindelsen blev brudt under målingen af {target}: {detail}.",
      "Undersøg, hvad der afbryder forbindelsen undervejs.",
    ],
    ["The connection was reset while measuring {target}: {detail}.", "Find out what breaks the connection on the way."],
  ),
  "connection-refused": indeterminate(
    "connection-refused",
    [
      "Forbindelsen blev afvist under målingen af {target}: {detail}.",
      "Undersøg, om tjenesten kører på adressen og porten.",
    ],
    [
      "The connection was refused while measuring {target}: {detail}.",
      "Find out whether the service runs at that address and port.",
    ],
  ),
  "tls-failed": indeterminate(
    "tls-failed",
    [
      "Målingen af {target} kunne ikke få en TLS-forbindelse: {detail}.",
      "Undersøg certifikat og TLS-opsætning på tjenesten.",
    ],
    [
      "Measuring {target} could get no TLS connection: {detail}.",
      "Examine the service's certificate and TLS settings.",
    ],
  ),
  "protocol-error": indeterminate(
    "protocol-error",
    ["Målingen af {target} fik et svar, der ikke kan læses: {detail}.", "Undersøg, hvad der svarer på adressen."],
    ["Measuring {target} got a reply that cannot be read: {detail}.", "Find out what is answering at that address."],
  ),
  greylisted: indeterminate(
    "greylisted",
    [
      "{target} bad os vente (greylisting): {detail}.",
      "Målingen gentages. Tillad målingens adresse, hvis det fortsætter.",
    ],
    [
      "{target} asked us to wait (greylisting): {detail}.",
      "The measurement is repeated. Admit the measuring address if it goes on.",
    ],
  ),
  "no-inside-probe": indeterminate(
    "no-inside-probe",
    [
      "{target} kan kun måles indefra, og der er ingen måling inde i netværket: {detail}.",
      "Kør målingen fra en maskine på netværket.",
    ],
    [
      "{target} can only be measured from inside, and there is no probe on the network: {detail}.",
      "Run the measurement from a machine on the network.",
    ],
  ),
  "probe-stale": indeterminate(
    "probe-stale",
    ["Den seneste måling af {target} er for gammel: {detail}.", "Få den indvendige måling til at køre igen."],
    ["The latest measurement of {target} is too old: {detail}.", "Get the inside probe running again."],
  ),
  "no-attestation": indeterminate(
    "no-attestation",
    [
      "Der mangler en erklæring om {target}: {detail}.",
      "Registrér en skriftlig erklæring med dokumentation og udløbsdato.",
    ],
    [
      "There is no attestation about {target}: {detail}.",
      "Record a written attestation with evidence and an end date.",
    ],
  ),
  "attestation-expired": indeterminate(
    "attestation-expired",
    ["Erklæringen om {target} er udløbet: {detail}.", "Forny erklæringen, hvis den stadig gælder."],
    ["The attestation about {target} has expired: {detail}.", "Renew the attestation if it still holds."],
  ),
  "not-observable": indeterminate(
    "not-observable",
    ["En del af {target} kan ikke ses herfra: {detail}.", "Slå målingen til, eller mål fra et sted, der kan se det."],
    [
      "Part of {target} cannot be seen from here: {detail}.",
      "Switch the measurement on, or measure from a place that can see it.",
    ],
  ),
  "tool-limit": indeterminate(
    "tool-limit",
    ["{target} er større, end en måling kan rumme: {detail}.", "Del aktivet op, eller hæv grænsen."],
    ["{target} is larger than one measurement can hold: {detail}.", "Split the asset, or raise the limit."],
  ),
};
