import * as z from "zod";
import { REQUIREMENT_IDS } from "../core/requirement-id.ts";
import { parseRange } from "./address-range.ts";
import { accepted, expected, type Leaf, leafForm } from "./leaf.ts";
import { parseEnd, parseStart } from "./moment.ts";
import { idForm, lineForm, pathForm, sha256Form, signatoryForm, textForm } from "./plain-values.ts";

const requirementForm = z.enum(REQUIREMENT_IDS).meta({ description: "One of the twelve requirements" });
const untilForm = leafForm(parseEnd, "Last day (in Denmark) or moment on which this counts");
const fromForm = leafForm(parseStart, "First day (in Denmark) or moment on which this counts");
const clauseForm = z
  .union([leafForm(parseClause, "A numbered part of the requirement"), z.int().min(1).max(9).transform(String)])
  .meta({ description: "A numbered part of the requirement, such as 2" });

/** A written declaration of something no probe can see. References are resolved later, against the assets. */
export const attestationForm = z.strictObject({
  requirement: requirementForm,
  clause: clauseForm,
  assets: z.union([lineForm, z.array(lineForm).min(1)]).meta({ description: "all, or the assets by id or name" }),
  statement: textForm,
  evidence: z.strictObject({ file: pathForm, sha256: sha256Form }).exactOptional(),
  by: signatoryForm,
  validUntil: untilForm,
});

/** A recorded decision to accept that one asset does not fulfil one requirement. */
export const exemptionForm = z.strictObject({
  requirement: requirementForm,
  asset: lineForm,
  reason: textForm,
  by: signatoryForm,
  validUntil: untilForm,
});

/** Permission to scan ranges, from a day to a day. */
export const authorisationForm = z
  .strictObject({
    id: idForm,
    ranges: z.array(leafForm(parseRange, "An address or prefix that may be scanned")).min(1),
    by: signatoryForm,
    validFrom: fromForm,
    validUntil: untilForm,
  })
  .superRefine(({ validFrom, validUntil }, context) => {
    if (validUntil >= validFrom) return;
    const wanted = { da: "en dato, der ikke ligger før validFrom", en: "a date that is not before validFrom" };
    context.addIssue({ code: "custom", path: ["validUntil"], params: { expected: wanted }, message: wanted.en });
  });

/** The declaration that the inventory is complete. */
export const inventoryAttestationForm = z.strictObject({ by: signatoryForm, validUntil: untilForm });

function parseClause(text: string): Leaf<string> {
  if (/^(?:[1-9]|[a-z][a-z0-9-]{0,15})$/u.test(text)) return accepted(text);
  return expected('nummeret på et delkrav, f.eks. "2"', 'the number of a part of the requirement, such as "2"');
}
