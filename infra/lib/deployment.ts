import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, ServerlessChecks } from 'cdk-nag';
import { AppStack } from './app-stack.ts';
import { DataStack } from './data-stack.ts';
import { readSettings } from './settings.ts';

export type Deployment = {
  readonly app: App;
  readonly regions: readonly { readonly data: DataStack; readonly app: AppStack }[];
};

/**
 * Every stack of a deployment under all three rule packs: a finding that is not acknowledged fails the synth.
 */
export function createDeployment(props: AppProps = {}, account?: string): Deployment {
  const app = new App(props);
  const settings = readSettings(app);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new HIPAASecurityChecks(app),
    new ServerlessChecks(app),
  );
  const regions = settings.regions.map((region) => {
    const env = { region, ...(account === undefined ? {} : { account }) };
    const suffix = `${settings.stage}-${region}`;
    const data = new DataStack(app, `aftercare-data-${suffix}`, { env, settings });
    return { data, app: new AppStack(app, `aftercare-app-${suffix}`, { env, settings, data }) };
  });
  // A dashboard takes no tags in CloudFormation.
  const taggable = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('project', 'aftercare', taggable);
  Tags.of(app).add('stage', settings.stage, taggable);
  return { app, regions };
}
