import { Stack, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts one finding of a rule pack on one construct, by its full id, with a reason for a security reviewer.
 */
export function acknowledge(construct: IConstruct, reason: string, ids: readonly string[]): void {
  const validations = Validations.of(construct);
  for (const id of ids) validations.acknowledge({ id, reason });
}

/**
 * The full id of the finding on a wildcard in one resource: an unknown account and partition stand in it by
 * name.
 */
export function wildcardFinding(construct: IConstruct, resourceArn: string): string {
  const { account, partition } = Stack.of(construct);
  const named = [
    [account, '<AWS::AccountId>'],
    [partition, '<AWS::Partition>'],
  ].reduce<string>(
    (arn, [token = '', name = '']) => (Token.isUnresolved(token) ? arn.replaceAll(token, name) : arn),
    resourceArn,
  );
  return `AwsSolutions-IAM5[Resource::${named}]`;
}
