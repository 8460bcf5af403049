import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in for the SDK's search for credentials in bundles: Lambda puts a function's credentials into its environment, and
 * what would look for them elsewhere (profiles, single sign-on, metadata services) is a tenth of the bundle.
 */
export const defaultProvider: typeof fromEnv = (init) => fromEnv(init);
