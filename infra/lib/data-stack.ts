import { tableDefinition } from '@aftercare/adapters/dynamodb/table-definition';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { capacityPlanFor } from './capacity-plan.ts';
import type { DeploymentSettings } from './settings.ts';
import { indexBilling, scaleTable, tableBilling } from './table-capacity.ts';

/** What must outlive every deployment: the table, the system secret and the key of both. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly table: Table;
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: DeploymentSettings }) {
    super(scope, id, { ...props, terminationProtection: true });
    const { stage, provisionedFor } = props.settings;
    const plan = provisionedFor === undefined ? undefined : capacityPlanFor(provisionedFor);

    this.key = new Key(this, 'DataKey', {
      description: `Aftercare ${stage}: patient data at rest`,
      alias: `aftercare-${stage}-data`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });

    this.table = new Table(this, 'Table', {
      partitionKey: { name: tableDefinition.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableDefinition.sortKey, type: AttributeType.STRING },
      ...tableBilling(plan),
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      stream: StreamViewType[tableDefinition.stream],
      timeToLiveAttribute: tableDefinition.expiryAttribute,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: tableDefinition.workIndex.name,
      partitionKey: { name: tableDefinition.workIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableDefinition.workIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
      ...indexBilling(plan),
    });
    if (plan !== undefined) scaleTable(this.table, plan);
    acknowledge(
      this.table,
      'Continuous backups for 35 days, deletion protection, stack termination protection; a backup vault ' +
        'is named in docs/security.md as the next step for clinics that ask for one.',
      ['HIPAA.Security-DynamoDBInBackupPlan'],
    );

    this.secret = new Secret(this, 'SystemSecret', {
      secretName: `aftercare/${stage}/system`,
      description:
        'Twilio account and tokens, phone pepper, data keys. Filled by hand once (docs/deploy.md).',
      encryptionKey: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this.secret,
      'Twilio issues its own tokens and the pepper must never change, so no function can rotate it. ' +
        'docs/runbook.md rotates by overlap: two tokens and two data keys are active at once, no redeploy.',
      ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled'],
    );

    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'SystemSecretName', { value: this.secret.secretName });
  }
}
