import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts one finding of a rule pack on one construct, by its full id, with a reason for a security reviewer. */
export function acknowledge(construct: IConstruct, reason: string, ids: readonly string[]): void {
  const validations = Validations.of(construct);
  for (const id of ids) validations.acknowledge({ id, reason });
}
