import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, ServerlessChecks } from 'cdk-nag';
import { AppStack } from '../lib/app-stack.ts';
import { DataStack } from '../lib/data-stack.ts';
import { readSettings } from '../lib/settings.ts';

const app = new App();
const settings = readSettings(app);
Validations.of(app).addPlugins(
  new AwsSolutionsChecks(app),
  new HIPAASecurityChecks(app),
  new ServerlessChecks(app),
);

for (const region of settings.regions) {
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const env = { region, ...(account === undefined ? {} : { account }) };
  const suffix = `${settings.stage}-${region}`;
  const data = new DataStack(app, `aftercare-data-${suffix}`, { env, settings });
  new AppStack(app, `aftercare-app-${suffix}`, { env, settings, data });
}
Tags.of(app).add('project', 'aftercare');
Tags.of(app).add('stage', settings.stage);
