import * as z from "zod";
import { ASSET_FORMS } from "./asset-form.ts";
import { contactsForm, insideForm, municipalityForm, networkForm, readingForm, settingsForm } from "./settings-form.ts";
import { attestationForm, authorisationForm, exemptionForm, inventoryAttestationForm } from "./statement-form.ts";

/** The whole inventory as one form: the list of its fields, and the source of docs/schemas/inventory.schema.json. */
export const inventoryForm = z.strictObject({
  version: z.literal(1),
  municipality: municipalityForm.exactOptional(),
  reading: readingForm.exactOptional(),
  contacts: contactsForm.exactOptional(),
  assets: z.array(z.union(Object.values(ASSET_FORMS))),
  attestations: z.array(attestationForm).exactOptional(),
  exemptions: z.array(exemptionForm).exactOptional(),
  authorisations: z.array(authorisationForm).exactOptional(),
  inside: insideForm.exactOptional(),
  network: networkForm.exactOptional(),
  settings: settingsForm.exactOptional(),
  inventoryAttestation: inventoryAttestationForm.exactOptional(),
});

/** The fields an inventory may have, in the order in which the help names them. */
export const INVENTORY_FIELDS: readonly string[] = Object.keys(inventoryForm.shape);
