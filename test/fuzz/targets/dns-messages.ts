import { altered } from "../alterations.ts";
import { exerciseDecoding } from "../decoding.ts";
import { randomMessage } from "../random-messages.ts";
import { gatherAnswers, type PracticeAnswers } from "../signed-answers.ts";
import type { MakeInput, Target } from "../target.ts";
import { exerciseValidation } from "../validation.ts";

/** Odd inputs are messages to decode, even ones are replies that were altered on their way. */
export function dnsInputs(practice: PracticeAnswers): MakeInput {
  const samples = [...practice.messages.values()];
  return (random, number) => {
    if (number % 2 === 1) {
      const message = randomMessage(random, samples);
      return { message, run: () => exerciseDecoding(message) };
    }
    const answer = random.pick(practice.answers);
    const key = random.pick(answer.used);
    const original = practice.messages.get(key);
    if (original === undefined) throw new Error("a reply that validation read was not kept");
    const message = altered(random, original, samples);
    return { message, run: () => `validated: ${exerciseValidation(answer, key, message, practice)}` };
  };
}

export const DNS_MESSAGES: Target = {
  name: "dns-messages",
  about:
    "DNS messages are decoded, and altered replies of the practice internet validated: nothing unsigned is ever secure",
  endings: ["decoded", "malformed", "validated: bogus", "validated: indeterminate", "validated: secure"],
  prepare: async () => dnsInputs(await gatherAnswers()),
};
