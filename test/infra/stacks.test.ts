import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it, vi } from 'vitest';
import { checkFunctions } from './function-checks.ts';
import {
  actionsOf,
  appWith,
  deploymentWith,
  ofType,
  resourcesIn,
  resourcesOf,
  statementsOf,
  targetOf,
} from './synthesized.ts';

// A whole deployment is synthesized up to eight times; seconds each on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const [dev] = deploymentWith().regions;
if (dev === undefined) throw new Error('a deployment has a region');
const data = resourcesOf(dev.data);
const app = resourcesOf(dev.app);
const alarms = ofType(app, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);

describe('the table', () => {
  const [table] = ofType(data, 'AWS::DynamoDB::Table').map(([, resource]) => resource);

  it('can be restored, is encrypted under our key and cannot be deleted by a deployment', () => {
    expect(table?.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      DeletionProtectionEnabled: true,
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(targetOf(table?.Properties.SSESpecification.KMSMasterKeyId)).toContain('DataKey');
    expect([table?.DeletionPolicy, table?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(dev.data.terminationProtection).toBe(true);
  });

  it('has the stream, the expiry and the sparse index that the code relies on', () => {
    expect(table?.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'work',
          KeySchema: [
            { AttributeName: 'workShard', KeyType: 'HASH' },
            { AttributeName: 'attendAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  });

  it('keeps the system secret under our key, and both keys rotate', () => {
    const [secret] = ofType(data, 'AWS::SecretsManager::Secret').map(([, resource]) => resource);
    expect(targetOf(secret?.Properties.KmsKeyId)).toContain('DataKey');
    expect(secret?.DeletionPolicy).toBe('Retain');
    for (const [, key] of [...ofType(data, 'AWS::KMS::Key'), ...ofType(app, 'AWS::KMS::Key')]) {
      expect(key.Properties.EnableKeyRotation).toBe(true);
      expect(key.DeletionPolicy).toBe('Retain');
    }
  });
});

checkFunctions(app);

describe('every queue', () => {
  const queues = ofType(app, 'AWS::SQS::Queue');

  it('is encrypted under our key and refuses plain connections', () => {
    const policies = ofType(app, 'AWS::SQS::QueuePolicy').map(([, policy]) => policy.Properties);
    for (const [id, queue] of queues) {
      expect(targetOf(queue.Properties.KmsMasterKeyId), id).toContain('AppKey');
      const policy = policies.find((candidate) => targetOf(candidate.Queues).includes(`"${id}"`));
      expect(policy?.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
      expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * 15);
    }
  });

  it('has dead letters after five tries, or is dead letters itself and has an alarm', () => {
    for (const [id, queue] of queues) {
      const redrive = queue.Properties.RedrivePolicy;
      if (redrive !== undefined) {
        expect(redrive.maxReceiveCount).toBe(5);
        continue;
      }
      const watched = alarms.filter(
        (alarm) =>
          alarm.MetricName === 'ApproximateNumberOfMessagesVisible' &&
          targetOf(alarm.Dimensions).includes(id),
      );
      expect(watched, id).toHaveLength(1);
      expect(watched[0]).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    }
    expect(queues.filter(([, queue]) => queue.Properties.RedrivePolicy !== undefined)).toHaveLength(5);
  });
});

describe('what roles may do', () => {
  const statements = [...statementsOf(app), ...statementsOf(data)];

  it('names every action, and every resource where the service knows resources', () => {
    expect(statements.length).toBeGreaterThan(60);
    for (const { policy, statement } of statements) {
      expect(statement.Effect).toBe('Allow');
      for (const action of actionsOf(statement)) expect(action, policy).not.toContain('*');
      for (const resource of resourcesIn(statement).map(targetOf)) {
        if (!resource.includes('*')) continue;
        const known = [
          statement.Sid === 'Traces' && resource === '"*"',
          statement.Sid === 'OwnLogs' && resource.includes(':log-stream:*'),
          statement.Sid === 'Schedules' && resource.includes(':schedule/aftercare-dev-patients/*'),
        ];
        expect(known, `${policy} ${statement.Sid} ${resource}`).toContain(true);
      }
    }
  });

  it('passes one role to one service', () => {
    const passing = statements.filter(({ statement }) => actionsOf(statement).includes('iam:PassRole'));
    expect(passing.length).toBeGreaterThan(0);
    for (const { statement } of passing) {
      expect(actionsOf(statement)).toEqual(['iam:PassRole']);
      expect(targetOf(statement.Resource)).toMatch(/^\{"Fn::GetAtt":\["SchedulesRole\w+","Arn"\]\}$/);
      expect(statement.Condition).toEqual({
        StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
      });
    }
  });

  it('uses a key only through the service that it is for', () => {
    for (const { policy, statement } of statements) {
      if (!actionsOf(statement).some((action) => action.startsWith('kms:'))) continue;
      const service = statement.Condition?.StringEquals?.['kms:ViaService'];
      expect(service, `${policy} ${statement.Sid}`).toMatch(/^(dynamodb|sqs|secretsmanager)\.us-east-1\./);
    }
  });

  it('lets only its own group’s schedules take on the scheduler’s roles', () => {
    const roles = ofType(app, 'AWS::IAM::Role').filter(([, role]) =>
      targetOf(role.Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
    );
    expect(roles).toHaveLength(2);
    for (const [, role] of roles) {
      const [statement] = role.Properties.AssumeRolePolicyDocument.Statement;
      expect(targetOf(statement.Condition.StringEquals['aws:SourceArn'])).toMatch(
        /:schedule-group\/aftercare-dev-(patients|clockwork)"/,
      );
      expect(statement.Condition.StringEquals['aws:SourceAccount']).toBeDefined();
    }
  });

  it('has no inline policy, user or access key', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::User', 'AWS::IAM::AccessKey']) {
      expect(ofType(app, type)).toEqual([]);
    }
    for (const [, role] of ofType(app, 'AWS::IAM::Role')) expect(role.Properties.Policies).toBeUndefined();
  });
});

describe('every alarm', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const headings = new Set(
    [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.trim().toLowerCase().replaceAll(' ', '-'),
    ),
  );

  it('tells somebody whom it hurts and where to read on', () => {
    expect(alarms.length).toBeGreaterThan(40);
    for (const alarm of alarms) {
      const section = /^(.{20,}\.) Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(alarm.AlarmDescription)?.[2];
      expect(section, alarm.AlarmDescription).toBeDefined();
      expect(headings.has(section ?? ''), `docs/runbook.md lacks the section ${section}`).toBe(true);
      expect(alarm.AlarmActions).toHaveLength(1);
    }
  });

  it('counts no clinic: metrics have the service as their only dimension', () => {
    for (const alarm of alarms.filter((candidate) => candidate.Namespace === 'Aftercare/dev')) {
      expect(alarm.Dimensions).toEqual([{ Name: 'service', Value: 'aftercare' }]);
    }
  });

  it('watches only what the code counts', () => {
    const folder = fileURLToPath(new URL('../../packages/usecases/src', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const code = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
    const handlers = readFileSync(
      new URL('../../functions/inbound-fallback/handler.ts', import.meta.url),
      'utf8',
    );
    for (const { MetricName } of alarms.filter((candidate) => candidate.Namespace === 'Aftercare/dev')) {
      expect(code + handlers, `nobody counts ${MetricName}`).toMatch(
        new RegExp(`metrics\\.(count|seconds)\\(\\s*'${MetricName}'`),
      );
    }
  });

  it('takes silence for failure where something must always happen', () => {
    const silent = alarms.filter((alarm) => alarm.TreatMissingData === 'breaching');
    expect(silent.map((alarm) => alarm.MetricName).sort()).toEqual(['reconcile_runs', 'sweep_runs']);
  });
});

describe('the HTTP API', () => {
  const [stage] = ofType(app, 'AWS::ApiGatewayV2::Stage').map(([, resource]) => resource.Properties);
  const keys = ofType(app, 'AWS::ApiGatewayV2::Route').map(([, route]) => route.Properties.RouteKey);

  it('has a throttle for every route and for all others', () => {
    expect(Object.keys(stage?.RouteSettings).sort()).toEqual([...keys].sort());
    for (const settings of Object.values<Record<string, number>>(stage?.RouteSettings)) {
      expect(settings.ThrottlingRateLimit).toBeGreaterThan(0);
    }
    expect(stage?.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(keys).toContain('$default');
  });

  it('logs no path, query, address or body', () => {
    const format: string = stage?.AccessLogSettings.Format ?? '';
    const words = [...format.matchAll(/\$context\.([\w.]+)/g)].map(([, word]) => word);
    expect(words.length).toBeGreaterThan(5);
    for (const word of words) expect(word).not.toMatch(/path|query|ip|agent|body|header|error/i);
  });
});

describe('the stages', () => {
  it('reserves concurrency in prod only, and only when told that the limit was checked', () => {
    const reserved = (context: Record<string, unknown>) =>
      ofType(appWith(context), 'AWS::Lambda::Function').filter(
        ([, resource]) => resource.Properties.ReservedConcurrentExecutions !== undefined,
      ).length;
    expect(reserved({ stage: 'prod' })).toBe(0);
    expect(reserved({ stage: 'dev', reserveConcurrency: 'true' })).toBe(0);
    expect(reserved({ stage: 'prod', reserveConcurrency: 'true' })).toBe(4);
  });

  it('can be two regions that share nothing', () => {
    const { regions } = deploymentWith({ regions: 'us-east-1,us-west-2' });
    expect(regions.map(({ app: stack }) => stack.region)).toEqual(['us-east-1', 'us-west-2']);
  });

  it('serves under a host of the operator’s own, and says where DNS must point', () => {
    const resources = appWith({
      publicBaseUrl: 'https://texts.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
    });
    const [domain] = ofType(resources, 'AWS::ApiGatewayV2::DomainName').map(([, one]) => one.Properties);
    expect(domain).toMatchObject({
      DomainName: 'texts.example.com',
      DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
    });
    expect(ofType(resources, 'AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
    const inbound = [...resources.values()].find(
      (one) => one.Properties.FunctionName === 'aftercare-dev-inbound-message',
    );
    expect(inbound?.Properties.Environment.Variables.PUBLIC_BASE_URL).toBe('https://texts.example.com');
  });

  it('refuses a context that names no deployment', () => {
    expect(() => deploymentWith({ stage: 'staging' })).toThrow('stage is dev or prod');
    expect(() => deploymentWith({ publicBaseUrl: 'http://x' })).toThrow('publicBaseUrl is https://');
  });
});

describe('the rule packs', () => {
  it('pass for prod with everything switched on, in a known account', () => {
    const context = { stage: 'prod', reserveConcurrency: 'true', alarmEmail: 'ops@example.com' };
    expect(() => deploymentWith(context, '123456789012').app.synth()).not.toThrow();
  });

  it('fail the synth over one wildcard action', () => {
    const deployment = deploymentWith();
    const [service] = deployment.regions[0]?.app.functions ?? [];
    service?.functionRole.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:*'], resources: ['arn:aws:sqs:::x'] }),
    );
    expect(() => deployment.app.synth()).toThrow();
  });

  it('fail the synth over a table that cannot be restored', () => {
    const deployment = deploymentWith();
    const table = deployment.regions[0]?.data.table.node.defaultChild;
    if (!(table instanceof CfnTable)) throw new Error('the table is a CfnTable');
    table.pointInTimeRecoverySpecification = undefined;
    expect(() => deployment.app.synth()).toThrow();
  });
});
