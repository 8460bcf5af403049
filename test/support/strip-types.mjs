import { stripTypeScriptTypes } from "node:module";

/** Jest transformer: removes type annotations in place, so line and column numbers stay true. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
