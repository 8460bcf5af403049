/** The twelve requirements in scope, by their number in "Anbefalinger om tekniske minimumskrav i kommuner 2024". */
export const REQUIREMENT_IDS = [
  "S17",
  "S18",
  "S19",
  "S20",
  "S21",
  "S22",
  "S23",
  "S26",
  "S27",
  "S28",
  "K10",
  "K11",
] as const;

export type RequirementId = (typeof REQUIREMENT_IDS)[number];

/** How the text is read where the municipal and the state wording differ (requirements.md section 1.2). */
export const READINGS = ["kommune-2024", "stat-2024-10"] as const;

export type Reading = (typeof READINGS)[number];
