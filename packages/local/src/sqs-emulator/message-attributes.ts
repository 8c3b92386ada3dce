import { createHash } from 'node:crypto';
import * as z from 'zod';

const attributeSchema = z.object({
  DataType: z.string().min(1),
  StringValue: z.string().optional(),
  /** Base64, as it travels in the JSON protocol. */
  BinaryValue: z.string().optional(),
});

export const messageAttributesSchema = z.record(z.string(), attributeSchema);
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

/** Reads what the engine itself stored. */
export function parseMessageAttributes(text: string): MessageAttributes {
  return messageAttributesSchema.parse(JSON.parse(text));
}

export function md5Hex(body: string): string {
  return createHash('md5').update(body, 'utf8').digest('hex');
}

/**
 * The digest SQS returns over message attributes: per attribute in name order length-prefixed name, type,
 * transport byte (1 text, 2 binary) and length-prefixed value. Source: the SQS developer guide,
 * "Calculating the MD5 message digest for message attributes". Undefined when there are none.
 */
export function md5OfMessageAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    const binary = attribute.DataType.startsWith('Binary');
    hash.update(Buffer.from([binary ? 2 : 1]));
    add(
      binary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''),
    );
  }
  return hash.digest('hex');
}
