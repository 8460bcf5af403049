import { ehloKeywords } from "../../parsers/smtp-reply.ts";
import {
  ftpLogin,
  imapLogin,
  keptCapabilities,
  type PlainLogin,
  pop3Login,
  smtpLogin,
  tidyCapabilities,
} from "../../services/plain-login.ts";
import {
  type FtpReply,
  readFtpReply,
  readImapAnswer,
  readImapGreeting,
  readPop3Answer,
} from "../../services/text-answers.ts";
import { readSmtpReply } from "../smtp/smtp-dialogue.ts";
import type { TimedDialogue } from "./timed-dialogue.ts";
import { afterLogin, besides, type Dialog, putOff, turnedAwayWith } from "./dialogue-speech.ts";

const GREETING = "waiting for the greeting";
const READY = 220;
const READY_SOON = 120;
const HELLO_HEARD = 250;
/** RFC 4217 section 4. */
const SECURITY_ACCEPTED = 234;
/** RFC 2389 section 3.2. */
const FEATURES_HEARD = 211;
/** For what only shows something besides. */
const BESIDES_MS = 3_000;

/** RFC 5321, RFC 3207, RFC 4954. The end is a QUIT that nothing waits for. */
export const smtpDialogue: Dialog = async (dialogue, { hello }) => {
  const greeting = await dialogue.hear(readSmtpReply, GREETING);
  if (greeting.code !== READY) throw turnedAwayWith(greeting.code);
  const offer = await dialogue.ask(hello, readSmtpReply);
  if (offer.code >= 400 && offer.code < 500) throw putOff(offer.code);
  const capabilities = tidyCapabilities(offer.code === HELLO_HEARD ? offer.lines.slice(1) : []);
  const kept = keptCapabilities(capabilities);
  const said = { protocol: "smtp", capabilities: kept, plainLogin: smtpLogin(capabilities) } as const;
  if (!ehloKeywords(offer).includes("STARTTLS")) {
    dialogue.say("QUIT\r\n");
    return { ...said, startTls: "not-offered", undecided: null };
  }
  return afterLogin(said, async () => {
    const { code } = await dialogue.ask("STARTTLS", readSmtpReply);
    if (code >= 400 && code < 500) throw putOff(code);
    return code === READY ? "accepted" : "refused";
  });
};

/**
 * RFC 9051. Capabilities of the greeting are asked for once more, so that they are whole; a mechanism that stands in either is
 * offered.
 */
export const imapDialogue: Dialog = async (dialogue) => {
  const greeting = await dialogue.hear(readImapGreeting, GREETING);
  if (greeting.state === "BYE") throw putOff("BYE");
  const offer = await dialogue.ask("a1 CAPABILITY", readImapAnswer("a1"));
  if (offer.state === "BYE") throw putOff("BYE");
  const greeted = capabilitiesIn(greeting.lines, /\[CAPABILITY (?<list>[^\]]*)\]/iu);
  const told = capabilitiesIn(offer.lines, /^\* CAPABILITY (?<list>.*)$/iu);
  const onlyGreeted = greeted.filter((each) => each.startsWith("AUTH=") && !told.includes(each));
  const capabilities = told.length === 0 ? greeted : [...told, ...onlyGreeted];
  const isKnown = capabilities.length > 0;
  const login = isKnown ? imapLogin(capabilities) : "unknown";
  const plainLogin = greeting.state === "PREAUTH" ? "offered" : login;
  const said = { protocol: "imap", capabilities: keptCapabilities(capabilities), plainLogin } as const;
  if (isKnown && !capabilities.includes("STARTTLS")) {
    dialogue.say("a2 LOGOUT\r\n");
    return { ...said, startTls: "not-offered", undecided: null };
  }
  return afterLogin(said, async () => {
    const { state } = await dialogue.ask("a2 STARTTLS", readImapAnswer("a2"));
    if (state === "BYE") throw putOff("BYE");
    return state === "OK" ? "accepted" : "refused";
  });
};

function capabilitiesIn(lines: readonly string[], form: RegExp): readonly string[] {
  const lists = lines.flatMap((line) => form.exec(line)?.groups?.list ?? []);
  return tidyCapabilities(lists.flatMap((list) => list.split(" ")));
}

/** RFC 1939, RFC 2449, RFC 2595. A server that knows no CAPA may still know STLS. */
export const pop3Dialogue: Dialog = async (dialogue) => {
  const greeting = await dialogue.hear(readPop3Answer("one line"), GREETING);
  if (!greeting.isOk) throw putOff("-ERR");
  const offer = await dialogue.ask("CAPA", readPop3Answer("list"));
  const capabilities = tidyCapabilities(offer.isOk ? offer.lines.slice(1) : []);
  const plainLogin = offer.isOk ? pop3Login(capabilities, greeting.lines.join(" ")) : "unknown";
  const said = { protocol: "pop3", capabilities: keptCapabilities(capabilities), plainLogin } as const;
  const isListed = capabilities.includes("STLS");
  return afterLogin(said, async () => {
    const { isOk } = await dialogue.ask("STLS", readPop3Answer("one line"));
    if (isOk) return "accepted";
    dialogue.say("QUIT\r\n");
    return isListed ? "refused" : "not-offered";
  });
};

/**
 * RFC 2389, RFC 4217. Where AUTH TLS is taken, a USER that names nobody shows on a connection of its own whether a password would
 * be asked for in clear.
 */
export const ftpDialogue: Dialog = async (dialogue, { again }) => {
  await greetedByFtp(dialogue);
  const offer = await dialogue.ask("FEAT", readFtpReply);
  const features = tidyCapabilities(offer.code === FEATURES_HEARD ? offer.lines.slice(1, -1) : []);
  const said = { protocol: "ftp", capabilities: keptCapabilities(features), plainLogin: ftpLogin(offer) } as const;
  const isListed = features.some((each) => /^AUTH .*\b(?:TLS|SSL)\b/u.test(each));
  const speech = await afterLogin(said, async () => {
    const answer = await dialogue.ask("AUTH TLS", readFtpReply);
    if (answer.code === SECURITY_ACCEPTED) return "accepted";
    dialogue.say("QUIT\r\n");
    if (answer.code < 500) throw putOff(answer.code);
    return isListed ? "refused" : "not-offered";
  });
  if (speech.startTls !== "accepted" || speech.plainLogin !== "unknown") return speech;
  return { ...speech, plainLogin: await besides(again, userInClear) };
};

async function userInClear(dialogue: TimedDialogue): Promise<PlainLogin> {
  await greetedByFtp(dialogue);
  dialogue.say("USER \r\n");
  const answer = await dialogue.hear(readFtpReply, "waiting for the reply to USER", BESIDES_MS);
  dialogue.say("QUIT\r\n");
  return ftpLogin(answer);
}

async function greetedByFtp(dialogue: TimedDialogue): Promise<FtpReply> {
  let greeting = await dialogue.hear(readFtpReply, GREETING);
  if (greeting.code === READY_SOON) greeting = await dialogue.hear(readFtpReply, GREETING);
  if (greeting.code !== READY) throw turnedAwayWith(greeting.code);
  return greeting;
}
