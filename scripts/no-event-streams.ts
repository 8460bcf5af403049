/**
 * Stands in for the SDK's event streams in bundles, which only S3's SelectObjectContent needs, an operation that nothing here
 * calls. They would be loaded when such an answer comes: none does.
 */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export function eventStreamSerdeProvider(): never {
  throw new Error("event streams are not in this bundle");
}

export const EventStreamSerde = eventStreamSerdeProvider;
