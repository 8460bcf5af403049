import type { Classification } from "../../../lib/dnssec/classification.ts";
import type { Lookup } from "../../../lib/dnssec/lookup.ts";
import { createValidator, type Validator } from "../../../lib/dnssec/validator.ts";
import type { ZoneWalk } from "../../../lib/dnssec/zone-walk.ts";
import type { Question } from "../../../lib/wire/message.ts";
import { name } from "../../../lib/wire/name.ts";
import { observed, type Observed } from "../../../lib/core/observation.ts";
import type { Reply } from "../../../lib/wire/message.ts";
import { lookupIn, respond } from "./responder.ts";
import { signedZones, testAnchors, TEST_TIME, type ZoneEdit, type Zones } from "./signed-zones.ts";

/** "www.kommune.dk/A" as a question. */
export function ask(text: string): Question {
  const [owner = "", type = ""] = text.split("/");
  return { name: name(owner), type };
}

export function validatorAt(at: number = TEST_TIME): Validator {
  return createValidator({ anchors: testAnchors(), at });
}

/** Classifies "name/type" against the signed zones, with edits to their text. */
export function judge(question: string, edits: Readonly<Record<string, ZoneEdit>> = {}, at?: number): Classification {
  return validatorAt(at).classify(ask(question), lookupIn(signedZones(edits)));
}

export function walk(target: string, edits: Readonly<Record<string, ZoneEdit>> = {}, at?: number): ZoneWalk {
  return validatorAt(at).walkToZone(name(target), lookupIn(signedZones(edits)));
}

/** The zones' answers, but for `question`, whose reply `change` makes from the right one. */
export function lookupWith(
  question: string,
  change: (reply: Reply) => Reply | Observed<Reply> | undefined,
  zones: Zones = signedZones(),
): Lookup {
  const special = ask(question);
  return (asked) => {
    if (asked.name !== special.name || asked.type !== special.type) return observed(respond(zones, asked));
    const changed = change(respond(zones, asked));
    return changed === undefined || "state" in changed ? changed : observed(changed);
  };
}

/** Judges `question` when the reply to `changed` (the question itself unless named) is another one. */
export function judgeChanged(
  question: string,
  change: (reply: Reply) => Reply | Observed<Reply> | undefined,
  changed: string = question,
): Classification {
  return validatorAt().classify(ask(question), lookupWith(changed, change));
}
