import { environment as alertRung } from '@aftercare/functions/alert-rung/env';
import { environment as deliverWebhook } from '@aftercare/functions/deliver-webhook/env';
import { environment as deliveryStatus } from '@aftercare/functions/delivery-status/env';
import { environment as inboundFallback } from '@aftercare/functions/inbound-fallback/env';
import { environment as inboundMessage } from '@aftercare/functions/inbound-message/env';
import { environment as inboundReplay } from '@aftercare/functions/inbound-replay/env';
import { environment as intake } from '@aftercare/functions/intake/env';
import { environment as processInbound } from '@aftercare/functions/process-inbound/env';
import { environment as publishEvents } from '@aftercare/functions/publish-events/env';
import { environment as reconcile } from '@aftercare/functions/reconcile/env';
import { environment as sendReminder } from '@aftercare/functions/send-reminder/env';
import { environment as staffApi } from '@aftercare/functions/staff-api/env';
import { environment as sweep } from '@aftercare/functions/sweep/env';
import { environment as testPages } from '@aftercare/functions/test-pages/env';
import { describe, expect, it } from 'vitest';
import { ofType, type Resource, type Resources, targetOf } from './synthesized.ts';

const environments = {
  intake,
  'staff-api': staffApi,
  'send-reminder': sendReminder,
  'delivery-status': deliveryStatus,
  'inbound-message': inboundMessage,
  'process-inbound': processInbound,
  'alert-rung': alertRung,
  'publish-events': publishEvents,
  'deliver-webhook': deliverWebhook,
  sweep,
  reconcile,
  'test-pages': testPages,
  'inbound-fallback': inboundFallback,
  'inbound-replay': inboundReplay,
};

const nameOf = (resource: Resource): string => resource.Properties.FunctionName.replace('aftercare-dev-', '');

/** What every function of a deployment has, and that its environment is what it reads. */
export function checkFunctions(app: Resources): void {
  const functions = ofType(app, 'AWS::Lambda::Function');
  const alarms = ofType(app, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);

  describe('every function', () => {
    it('is one of those that exist in functions/, and none is missing', () => {
      expect(functions.map(([, resource]) => nameOf(resource)).sort()).toEqual(
        Object.keys(environments).sort(),
      );
    });

    it.each(functions.map(([id, resource]) => [nameOf(resource), id, resource] as const))(
      '%s has the house defaults, a role, a log group and an alarm of its own',
      (name, _id, resource) => {
        const { Properties } = resource;
        expect(Properties).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          Handler: 'index.handler',
          TracingConfig: { Mode: 'Active' },
          LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
          FunctionName: `aftercare-dev-${name}`,
        });
        expect(Properties.Timeout).toBeLessThanOrEqual(15);
        expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
        const roles = functions.map(([, other]) => targetOf(other.Properties.Role));
        expect(roles.filter((role) => role === targetOf(Properties.Role))).toHaveLength(1);
        const logGroup = app.get(Properties.LoggingConfig.LogGroup.Ref);
        expect(logGroup?.Properties).toMatchObject({
          LogGroupName: `/aws/lambda/aftercare-dev-${name}`,
          RetentionInDays: 90,
        });
        expect(logGroup?.Properties.KmsKeyId).toBeDefined();
        const errors = alarms.filter(
          (alarm) => alarm.MetricName === 'Errors' && targetOf(alarm.Dimensions).includes(_id),
        );
        expect(errors).toHaveLength(1);
      },
    );

    it.each(functions.map(([, resource]) => [nameOf(resource), resource] as const))(
      '%s finds in its environment what it reads at start',
      (name, resource) => {
        const variables: Record<string, unknown> = resource.Properties.Environment.Variables;
        const resolved = Object.fromEntries(
          Object.entries(variables).map(([key, value]) => [key, plainText(key, value)]),
        );
        const schema = environments[name as keyof typeof environments];
        expect(schema.safeParse(resolved)).toMatchObject({ success: true });
        expect(Object.keys(variables).filter((key) => !(key in schema.shape))).toEqual([]);
      },
    );

    it('has one home for its failures: dead letters of a queue or stream, its own, or a caller', () => {
      const mappings = ofType(app, 'AWS::Lambda::EventSourceMapping').map(
        ([, mapping]) => mapping.Properties,
      );
      const integrations = ofType(app, 'AWS::ApiGatewayV2::Integration').map(([, one]) => one.Properties);
      for (const [id, resource] of functions) {
        const mapping = mappings.find((candidate) => targetOf(candidate.FunctionName).includes(id));
        const queue = mapping === undefined ? undefined : queueBehind(app, mapping.EventSourceArn);
        const homes = [
          queue?.Properties.RedrivePolicy?.deadLetterTargetArn,
          mapping?.DestinationConfig?.OnFailure?.Destination,
          resource.Properties.DeadLetterConfig?.TargetArn,
          integrations.find((one) => targetOf(one.IntegrationUri).includes(id)),
        ].filter((home) => home !== undefined);
        expect(homes, nameOf(resource)).toHaveLength(1);
      }
    });
  });
}

/** A reference as the text that it will be. */
function plainText(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  return key.endsWith('URL') ? 'https://texts.example.com' : 'resolved-at-deployment';
}

function queueBehind(app: Resources, arn: { 'Fn::GetAtt'?: [string, string] }): Resource | undefined {
  const id = arn['Fn::GetAtt']?.[0];
  return id === undefined ? undefined : app.get(id);
}
