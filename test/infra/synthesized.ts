import { readFileSync } from 'node:fs';
import { createDeployment, type Deployment } from '@aftercare/infra/lib/deployment';
import { Template } from 'aws-cdk-lib/assertions';

/** Whatever a template holds: its shape is what the tests find out. */
type Parsed = ReturnType<typeof JSON.parse>;

export type Resource = {
  readonly Type: string;
  readonly Properties: Record<string, Parsed>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};
export type Resources = ReadonlyMap<string, Resource>;

const settings = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

/** A deployment as `cdk.json` makes it, without bundling: that is looked at by bundles.test.ts. */
export function deploymentWith(context: Record<string, unknown> = {}, account?: string): Deployment {
  return createDeployment(
    { context: { ...settings.context, 'aws:cdk:bundling-stacks': [], ...context } },
    account,
  );
}

export function resourcesOf(stack: Parameters<typeof Template.fromStack>[0]): Resources {
  return new Map(Object.entries(Template.fromStack(stack).toJSON().Resources));
}

/** The application stack of a deployment in one region. */
export function appWith(context: Record<string, unknown>): Resources {
  const [region] = deploymentWith(context).regions;
  if (region === undefined) throw new Error('a deployment has a region');
  return resourcesOf(region.app);
}

export function ofType(resources: Resources, type: string): [string, Resource][] {
  return [...resources].filter(([, resource]) => resource.Type === type);
}

/** Where a reference leads: the logical id, or the output of another stack. */
export function targetOf(value: unknown): string {
  return JSON.stringify(value);
}

export type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
};

/** Every statement that a role carries. */
export function statementsOf(
  resources: Resources,
): { readonly policy: string; readonly statement: Statement }[] {
  const policies = ofType(resources, 'AWS::IAM::ManagedPolicy').concat(ofType(resources, 'AWS::IAM::Policy'));
  return policies.flatMap(([policy, resource]) =>
    resource.Properties.PolicyDocument.Statement.map((statement: Statement) => ({ policy, statement })),
  );
}

export const actionsOf = (statement: Statement): readonly string[] => [statement.Action].flat();
export const resourcesIn = (statement: Statement): readonly unknown[] => [statement.Resource].flat();
