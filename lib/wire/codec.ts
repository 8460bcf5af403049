export { decodeMessage, type DecodedMessage } from "./decode.ts";
export { encodeMessage, encodeQuery, type MessageOptions, type QueryOptions } from "./encode.ts";
